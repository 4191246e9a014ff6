package io.github.requests4j.spring.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Makes the beans of client interfaces. The session of a client is looked up when it is
 * first called, so that it stays lazy; that there is one is checked at once. The
 * application's own beans are looked up late too, since they may need clients. Safe for
 * many threads once the application has started.
 */
final class RequestsClientFactory implements EmbeddedValueResolverAware, SmartInitializingSingleton {

	/**
	 * Converts arguments to text as everywhere in Spring, but dates and times by ISO 8601
	 * unless an annotation says otherwise: Spring's default depends on the locale of the
	 * machine, which no server expects.
	 */
	static final ConversionService CONVERSIONS = conversions();

	private final ConfigurableListableBeanFactory beans;

	private final ConfiguredSessions sessions;

	private final Supplier<ClientSupport> support;

	private final Fallbacks fallbacks;

	private final ClientKeyChecks keys;

	private final @Nullable HttpServiceArgumentResolver ownArguments;

	private final Set<Class<?>> clients = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

	private @Nullable StringValueResolver placeholders;

	RequestsClientFactory(ConfigurableListableBeanFactory beans, ConfiguredSessions sessions,
			Supplier<ClientSupport> support, Fallbacks fallbacks, ClientKeyChecks keys,
			@Nullable HttpServiceArgumentResolver ownArguments) {
		this.beans = beans;
		this.sessions = sessions;
		this.support = support;
		this.fallbacks = fallbacks;
		this.keys = keys;
		this.ownArguments = ownArguments;
	}

	private static ConversionService conversions() {
		DefaultFormattingConversionService service = new DefaultFormattingConversionService();
		DateTimeFormatterRegistrar registrar = new DateTimeFormatterRegistrar();
		registrar.setUseIsoFormat(true);
		registrar.registerFormatters(service);
		return service;
	}

	/** Message converters may need beans that need clients, so they are asked last. */
	@Override
	public void afterSingletonsInstantiated() {
		this.started = true;
		checkBodies(this.clients);
	}

	private void check(Set<Class<?>> types) {
		types.forEach((type) -> ClientChecks.check(type, this.ownArguments != null));
		this.clients.addAll(types);
		if (this.started) {
			checkBodies(types);
		}
	}

	private void checkBodies(Set<Class<?>> types) {
		if (!types.isEmpty()) {
			ReadableTypes readable = new ReadableTypes(this.support.get().converters());
			types.forEach((type) -> ClientChecks.checkBodies(type, readable));
		}
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.placeholders = resolver;
	}

	<T> T create(Class<T> type, String bean) {
		RequestsClient annotation = AnnotatedElementUtils.findMergedAnnotation(type, RequestsClient.class);
		String name = (annotation != null && !annotation.name().isEmpty()) ? annotation.name() : type.getSimpleName();
		String session = (annotation != null) ? resolve(annotation.session()) : "";
		Supplier<Session> target = session(type, session, bean);
		check(Set.of(type));
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
		check(types);
		types.forEach((type) -> this.keys.add(type, type.getSimpleName(), session));
		Supplier<Session> target = new SessionLookup(this.beans, () -> SessionBeanNames.of(session),
				() -> types.stream().flatMap((type) -> Stream.of(this.beans.getBeanNamesForType(type, true, false))));
		builder.exchangeAdapterDecorator((other) -> new SessionExchangeAdapter(target, null, this.support));
		configure(builder, session, ClientMethods.named(types), Class::getSimpleName);
	}

	private void configure(HttpServiceProxyFactory.Builder builder, String session, Function<Method, String> clients,
			Function<Class<?>, String> names) {
		builder.httpRequestValuesProcessor(new ClientMethods(clients, (client) -> settings(client, session)))
			.conversionService(CONVERSIONS)
			.customArgumentResolver(new CallOptionArgumentResolver())
			.proxyFactoryCustomizer(
					(factory, service) -> factory.addAdvice(0, new OwnMethods(names.apply(service), session)));
		if (this.ownArguments != null) {
			builder.customArgumentResolver(this.ownArguments);
		}
		builder.customArgumentResolver(new QueryBeanArgumentResolver(CONVERSIONS));
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

	private Supplier<Session> session(Class<?> type, String session, String client) {
		if (session.isEmpty()) {
			return new SessionLookup(this.beans, () -> onlySession(type), () -> Stream.of(client));
		}
		String bean = SessionBeanNames.of(session);
		if (!this.beans.containsBean(bean)) {
			boolean none = this.sessions.names().isEmpty();
			throw new RequestsConfigurationException("@RequestsClient(\"" + session + "\") on " + type.getName(), null,
					"There is no session '" + session + "'. "
							+ (none ? "Nothing is configured below 'requests.sessions'."
									: "There are: " + this.sessions.names() + "."),
					"Configure requests.sessions." + session + ", or declare a bean '" + bean + "' of type Session."
							+ (none ? " In YAML, 'requests' is a key of the top level." : ""),
					null);
		}
		return new SessionLookup(this.beans, () -> bean, () -> Stream.of(client));
	}

	private String onlySession(Class<?> type) {
		try {
			return this.beans.resolveNamedBean(Session.class).getBeanName();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new RequestsConfigurationException("@RequestsClient on " + type.getName(), null,
					"It names no session, and there are several: " + this.sessions.names() + ".",
					"Name one, as in @RequestsClient(\"" + this.sessions.names().iterator().next()
							+ "\"), or mark one as primary.",
					ex);
		}
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
	 * Finds the session of a client, and lets Spring close it after the beans that have
	 * the client injected, so that these can make calls until they are destroyed. Safe
	 * for many threads.
	 */
	private static final class SessionLookup implements Supplier<Session> {

		private final ConfigurableListableBeanFactory beans;

		private final Supplier<String> session;

		private final Supplier<Stream<String>> clients;

		private volatile @Nullable String found;

		SessionLookup(ConfigurableListableBeanFactory beans, Supplier<String> session,
				Supplier<Stream<String>> clients) {
			this.beans = beans;
			this.session = session;
			this.clients = clients;
		}

		@Override
		public Session get() {
			String name = this.found;
			if (name != null) {
				return this.beans.getBean(name, Session.class);
			}
			String first = this.session.get();
			Session bean = this.beans.getBean(first, Session.class);
			if (this.beans.containsLocalBean(first)) {
				this.clients.get().forEach((client) -> this.beans.registerDependentBean(first, client));
			}
			this.found = first;
			return bean;
		}

	}

	/**
	 * Runs what spring-web's proxies do not: {@code toString}, and default methods of
	 * interfaces that are not public. Safe for many threads.
	 */
	private static final class OwnMethods implements MethodInterceptor {

		private final String client;

		private final String session;

		private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

		OwnMethods(String client, String session) {
			this.client = client;
			this.session = session;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			if (AopUtils.isToStringMethod(method)) {
				return this.client + " over "
						+ (this.session.isEmpty() ? "the session" : "session '" + this.session + "'");
			}
			if (method.isDefault() && invocation instanceof ProxyMethodInvocation call
					&& !AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)) {
				return this.defaults.computeIfAbsent(method, OwnMethods::handle)
					.bindTo(call.getProxy())
					.invokeWithArguments(call.getArguments());
			}
			return invocation.proceed();
		}

		private static MethodHandle handle(Method method) {
			Class<?> type = method.getDeclaringClass();
			try {
				return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
					.unreflectSpecial(method, type)
					.asFixedArity();
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException("The default method " + method + " cannot be called: its module "
						+ type.getModule() + " does not open the package to requests4j", ex);
			}
		}

	}

}
