package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Makes the beans of client interfaces. The session of a client is looked up when it is
 * first called, so that it stays lazy; that there is one is checked at once.
 */
final class RequestsClientFactory implements EmbeddedValueResolverAware {

	private final BeanFactory beans;

	private final ConfiguredSessions sessions;

	private final ClientSupport support;

	private final Fallbacks fallbacks;

	private final ClientKeyChecks keys;

	private final List<HttpServiceArgumentResolver> resolvers;

	private final ConversionService conversions = conversions();

	private @Nullable StringValueResolver placeholders;

	RequestsClientFactory(BeanFactory beans, ConfiguredSessions sessions, ClientSupport support, Fallbacks fallbacks,
			ClientKeyChecks keys, ObjectProvider<HttpServiceArgumentResolver> resolvers) {
		this.beans = beans;
		this.sessions = sessions;
		this.support = support;
		this.fallbacks = fallbacks;
		this.keys = keys;
		this.resolvers = resolvers.orderedStream().toList();
	}

	/**
	 * Converts arguments to text as everywhere in Spring, but dates and times by ISO 8601
	 * unless an annotation says otherwise: Spring's default depends on the locale of the
	 * machine, which no server expects.
	 */
	private static ConversionService conversions() {
		DefaultFormattingConversionService service = new DefaultFormattingConversionService();
		DateTimeFormatterRegistrar registrar = new DateTimeFormatterRegistrar();
		registrar.setUseIsoFormat(true);
		registrar.registerFormatters(service);
		return service;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.placeholders = resolver;
	}

	<T> T create(Class<T> type) {
		RequestsClient annotation = AnnotatedElementUtils.findMergedAnnotation(type, RequestsClient.class);
		String name = (annotation != null && !annotation.name().isEmpty()) ? annotation.name() : type.getSimpleName();
		String session = (annotation != null) ? resolve(annotation.session()) : "";
		Supplier<Session> target = session(type, session);
		ClientChecks.check(type, !this.resolvers.isEmpty());
		this.keys.add(type, name, session);
		HttpServiceProxyFactory.Builder builder = HttpServiceProxyFactory
			.builderFor(new SessionExchangeAdapter(target, name, this.support));
		configure(builder, session, (method) -> name, (service) -> name);
		if (annotation != null && annotation.fallback() != void.class) {
			Fallbacks.Calls fallback = new Fallbacks.Calls(this.fallbacks.of(type, annotation.fallback()));
			builder.proxyFactoryCustomizer((factory, service) -> factory.addAdvice(1, fallback));
		}
		return proxy(builder.build(), type);
	}

	/** Whether groups of this name are groups of a session. */
	boolean isSession(String group) {
		return this.beans.containsBean(SessionBeanNames.of(group));
	}

	/** Lets the interfaces of a group call the session of that name. */
	void configure(String session, Set<Class<?>> types, HttpServiceProxyFactory.Builder builder) {
		for (Class<?> type : types) {
			ClientChecks.check(type, !this.resolvers.isEmpty());
			this.keys.add(type, type.getSimpleName(), session);
		}
		Supplier<Session> target = () -> this.beans.getBean(SessionBeanNames.of(session), Session.class);
		builder.exchangeAdapterDecorator((other) -> new SessionExchangeAdapter(target, null, this.support));
		configure(builder, session, ClientMethods.named(types), Class::getSimpleName);
	}

	private void configure(HttpServiceProxyFactory.Builder builder, String session, Function<Method, String> clients,
			Function<Class<?>, String> names) {
		builder.httpRequestValuesProcessor(new ClientMethods(clients, (client) -> settings(client, session)))
			.conversionService(this.conversions)
			.customArgumentResolver(new CallOptionArgumentResolver())
			.proxyFactoryCustomizer(
					(factory, service) -> factory.addAdvice(0, new ObjectMethods(names.apply(service), session)));
		this.resolvers.forEach(builder::customArgumentResolver);
		builder.customArgumentResolver(new QueryBeanArgumentResolver(this.conversions));
		if (this.placeholders != null) {
			builder.embeddedValueResolver(this.placeholders);
		}
	}

	private static <T> T proxy(HttpServiceProxyFactory factory, Class<T> type) {
		try {
			return factory.createClient(type);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			throw new RequestsConfigurationException(type.getName(), null,
					"The interface cannot be made a client: " + ex.getMessage() + ".", "Correct the interface.", ex);
		}
	}

	private Supplier<Session> session(Class<?> type, String session) {
		if (session.isEmpty()) {
			return onlySession(type);
		}
		String bean = SessionBeanNames.of(session);
		if (!this.beans.containsBean(bean)) {
			throw new RequestsConfigurationException("@RequestsClient(\"" + session + "\") on " + type.getName(), null,
					"There is no session '" + session + "'. There are: " + this.sessions.names() + ".",
					"Configure requests.sessions." + session + ", or declare a bean '" + bean + "' of type Session.",
					null);
		}
		return () -> this.beans.getBean(bean, Session.class);
	}

	private Supplier<Session> onlySession(Class<?> type) {
		ObjectProvider<Session> provider = this.beans.getBeanProvider(Session.class);
		return () -> {
			try {
				return provider.getObject();
			}
			catch (NoUniqueBeanDefinitionException ex) {
				throw new RequestsConfigurationException("@RequestsClient on " + type.getName(), null,
						"It names no session, and there are several: " + this.sessions.names() + ".",
						"Name one, as in @RequestsClient(\"" + this.sessions.names().iterator().next()
								+ "\"), or mark one as primary.",
						ex);
			}
		};
	}

	/**
	 * Settings for the session's name first, those for the client's own name over them.
	 */
	private Map<String, RequestsProperties.Method> settings(String client, String session) {
		Map<String, RequestsProperties.Method> settings = new LinkedHashMap<>();
		for (String key : Arrays.asList(session, client)) {
			RequestsProperties.Client properties = ConfiguredSessions.find(this.sessions.clients(), key);
			if (properties != null) {
				settings.putAll(properties.methods());
			}
		}
		return settings;
	}

	private String resolve(String text) {
		String resolved = (this.placeholders != null) ? this.placeholders.resolveStringValue(text) : text;
		return StringUtils.hasText(resolved) ? resolved : "";
	}

	/**
	 * Answers {@code toString}, which the proxies of spring-web refuse.
	 */
	private static final class ObjectMethods implements MethodInterceptor {

		private final String client;

		private final String session;

		ObjectMethods(String client, String session) {
			this.client = client;
			this.session = session;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			if (AopUtils.isToStringMethod(invocation.getMethod())) {
				return this.client + " over "
						+ (this.session.isEmpty() ? "the session" : "session '" + this.session + "'");
			}
			return invocation.proceed();
		}

	}

}
