package io.github.requests4j.spring.session;

import java.util.concurrent.Executor;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.CacheStores;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionConcurrency;
import io.github.requests4j.spring.internal.session.SessionCookies;
import io.github.requests4j.spring.internal.session.SessionThrottles;
import io.github.requests4j.spring.internal.session.TokenSessions;

/**
 * Creates a {@link Session} for each entry under {@code requests.sessions}.
 */
@AutoConfiguration(after = SslAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(Session.class)
@Import(SessionBeansRegistrar.class)
public final class RequestsAutoConfiguration {

	static final String SESSION_FACTORY = "requestsSessionFactory";

	/**
	 * Each child context has its own, because its configuration may contain other
	 * sessions.
	 */
	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ConfiguredSessions requestsConfiguredSessions(Environment environment) {
		return new ConfiguredSessions(environment);
	}

	@Bean
	SessionMapper requestsSessionMapper(ConfiguredSessions sessions, BeanFactory beans, ResourceLoader resources,
			ObjectProvider<SslBundles> bundles, ObjectProvider<RegistrationAuths> registrations,
			ObjectProvider<EgressMapper.AddressFilter> addressFilters, ObjectProvider<ServiceBalancer> balancers,
			ObjectProvider<JsonMapper> jsonMappers,
			@Qualifier("applicationTaskExecutor") ObjectProvider<Executor> executors,
			ObjectProvider<CacheStores> cacheStores, LiveSessions live, ObjectProvider<SessionThrottles> throttles,
			ObjectProvider<SessionConcurrency> concurrency, ObjectProvider<SessionCookies> cookies) {
		TlsMapper tls = new TlsMapper(new PemLocations(resources), bundles);
		KeptParts kept = new KeptParts();
		AdapterMapper adapters = new AdapterMapper(tls,
				new EgressMapper(addressFilters.getIfAvailable(() -> EgressMapper.AddressFilter.NONE)), balancers,
				new CacheMapper(beans, cacheStores, executors, kept), live, throttles, concurrency, kept);
		return new SessionMapper(sessions, new AuthMapper(sessions, beans, registrations), tls, adapters, jsonMappers,
				cookies);
	}

	@Bean
	CallsInFlight requestsCallsInFlight() {
		return new CallsInFlight();
	}

	@Bean(SESSION_FACTORY)
	SessionFactory requestsSessionFactory(ConfiguredSessions sessions, SessionMapper mapper, CallsInFlight calls,
			LiveSessions live, ObjectProvider<SessionCustomizer> customizers, BeanFactory beans) {
		return new SessionFactory(sessions, mapper, calls, live, customizers, beans);
	}

	@Bean
	LiveSessions requestsLiveSessions(ConfiguredSessions sessions) {
		return new LiveSessions(sessions);
	}

	@Bean
	SessionChecks requestsSessionChecks(ConfiguredSessions sessions, SessionMapper mapper,
			ObjectProvider<TokenSessions> created) {
		return new SessionChecks(sessions, mapper, created);
	}

	@Bean
	CallsInFlight.Drain requestsSessionDrain(CallsInFlight calls) {
		return new CallsInFlight.Drain(calls);
	}

	@Bean
	static LazyInitializationExcludeFilter requestsEagerChecks() {
		return LazyInitializationExcludeFilter.forBeanTypes(SessionChecks.class, CallsInFlight.Drain.class);
	}

	/**
	 * Applies the address filter that Spring Boot's own clients use.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(InetAddressFilter.class)
	static final class AddressFilterConfiguration {

		@Bean
		EgressMapper.AddressFilter requestsAddressFilter(ObjectProvider<InetAddressFilter> filters) {
			InetAddressFilter filter = filters.getIfAvailable();
			return (filter != null) ? new EgressMapper.AddressFilter(filter::matches) : EgressMapper.AddressFilter.NONE;
		}

	}

	/**
	 * Keeps Spring MVC from hiding failed calls.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static final class WebMvcConfiguration {

		@Bean
		FailedCallsInWebMvc requestsFailedCallsInWebMvc() {
			return new FailedCallsInWebMvc();
		}

	}

}
