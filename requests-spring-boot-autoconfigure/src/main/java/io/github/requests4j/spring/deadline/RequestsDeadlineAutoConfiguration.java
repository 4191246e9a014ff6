package io.github.requests4j.spring.deadline;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import jakarta.servlet.DispatcherType;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Makes calls with {@code deadline: inherit} inherit the deadline of the request being
 * served. Creates nothing unless a session or a method has this setting.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnClass(Session.class)
@Conditional(RequestsDeadlineAutoConfiguration.OnInheritedDeadline.class)
public final class RequestsDeadlineAutoConfiguration {

	/** After the filters that count requests, and before those that serve them. */
	private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	SessionCustomizer requestsInheritedDeadlines(ConfiguredSessions sessions) {
		return (name, builder) -> builder.interceptor(new InheritStep(sessions.inheritsDeadline(name)));
	}

	/**
	 * Reads the headers of requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ FilterRegistrationBean.class, DispatcherType.class })
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static final class ServletConfiguration {

		@Bean
		FilterRegistrationBean<DeadlineFilter> requestsDeadlineFilter() {
			FilterRegistrationBean<DeadlineFilter> registration = new FilterRegistrationBean<>(new DeadlineFilter());
			registration.setOrder(FILTER_ORDER);
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
			return registration;
		}

	}

	/**
	 * Passes the deadline to other threads.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ThreadLocalAccessor.class)
	static final class PropagationConfiguration {

		@Bean
		@Lazy(false)
		DeadlineAccessor requestsDeadlineAccessor() {
			DeadlineAccessor accessor = new DeadlineAccessor();
			ContextRegistry.getInstance().registerThreadLocalAccessor(accessor);
			return accessor;
		}

	}

	/**
	 * Whether a session, the defaults or a method of a client inherits deadlines.
	 */
	static final class OnInheritedDeadline implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return ConfiguredSessions.inheritedDeadline(context.getEnvironment()) != null;
		}

	}

}
