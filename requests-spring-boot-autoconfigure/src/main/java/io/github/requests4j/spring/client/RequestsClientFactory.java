package io.github.requests4j.spring.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
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
import io.github.requests4j.spring.internal.config.ClientSettings;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Creates the beans of client interfaces. The session of a client is looked up on the
 * first call, so that it stays lazy, but its existence is checked immediately. The
 * application's own beans are also looked up late, because they may need clients.
 * Thread-safe after the application has started.
 */
final class RequestsClientFactory implements EmbeddedValueResolverAware, SmartInitializingSingleton {

	/**
	 * Converts arguments to strings in the same way as Spring, but uses ISO 8601 for
	 * dates and times without a format annotation. Spring's default depends on the locale
	 * of the machine, which servers do not expect.
	 */
	static final ConversionService CONVERSIONS = conversions();

	private final ConfigurableListableBeanFactory beans;

	private final ConfiguredSessions sessions;

	private final LiveSessions live;

	private final Supplier<ClientSupport> support;

	private final Fallbacks fallbacks;

	private final ClientKeyChecks keys;

	private final @Nullable HttpServiceArgumentResolver ownArguments;

	private final Set<Class<?>> clients = ConcurrentHashMap.newKeySet();

	private volatile boolean started;

	private @Nullable StringValueResolver placeholders;

	RequestsClientFactory(ConfigurableListableBeanFactory beans, ConfiguredSessions sessions, LiveSessions live,
			Supplier<ClientSupport> support, Fallbacks fallbacks, ClientKeyChecks keys,
			@Nullable HttpServiceArgumentResolver ownArguments) {
		this.beans = beans;
		this.sessions = sessions;
		this.live = live;
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

	/**
	 * Checks bodies last, because message converters may need beans that need clients.
	 */
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

	/** Returns whether a group has the name of a session. */
	boolean isSession(String group) {
		return this.beans.containsBean(SessionBeanNames.of(group));
	}

	/** Makes the interfaces of a group call the session with the name of the group. */
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
		builder
			.httpRequestValuesProcessor(new ClientMethods(clients,
					(client, method) -> this.sessions.withCurrent(() -> settings(client, session, method)),
					this.sessions::version))
			.conversionService(CONVERSIONS)
			.customArgumentResolver(new CallOptionArgumentResolver())
			.proxyFactoryCustomizer(
					(factory, service) -> factory.addAdvice(0, new ProxyMethods(names.apply(service), session)));
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
					"The interface cannot be used as a client: " + ex.getMessage() + ".", "Correct the interface.", ex);
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
					"There is no session named '" + session + "'. "
							+ (none ? "Nothing is configured below 'requests.sessions'."
									: "The configured sessions are " + this.sessions.names() + "."),
					"Configure requests.sessions." + session + ", or declare a bean named '" + bean
							+ "' of type Session." + (none ? " In YAML, 'requests' is a key of the top level." : ""),
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
					"The annotation does not name a session, and there are several: " + this.sessions.names() + ".",
					"Name one, as in @RequestsClient(\"" + this.sessions.names().iterator().next()
							+ "\"), or mark one as primary.",
					ex);
		}
	}

	private @Nullable MethodSettings settings(String client, String session, String method) {
		RequestsProperties.Method own = ClientSettings.of(this.sessions.clients(), client, session, method);
		return (own != null) ? new MethodSettings(own, this.sessions, this.live) : null;
	}

	private String resolve(String text) {
		String resolved = (this.placeholders != null) ? this.placeholders.resolveStringValue(text) : text;
		return StringUtils.hasText(resolved) ? resolved : "";
	}

	/**
	 * Looks up the session of a client, and makes Spring close it after the beans that
	 * the client is injected into, so that they can make calls until they are destroyed.
	 * Thread-safe.
	 */
	private static final class SessionLookup implements Supplier<Session> {

		private final ConfigurableListableBeanFactory beans;

		private final Supplier<String> session;

		private final Supplier<Stream<String>> clients;

		private volatile @Nullable String sessionBean;

		SessionLookup(ConfigurableListableBeanFactory beans, Supplier<String> session,
				Supplier<Stream<String>> clients) {
			this.beans = beans;
			this.session = session;
			this.clients = clients;
		}

		@Override
		public Session get() {
			String known = this.sessionBean;
			if (known != null) {
				return this.beans.getBean(known, Session.class);
			}
			String name = this.session.get();
			Session bean = this.beans.getBean(name, Session.class);
			if (this.beans.containsLocalBean(name)) {
				this.clients.get().forEach((client) -> this.beans.registerDependentBean(name, client));
			}
			this.sessionBean = name;
			return bean;
		}

	}

	/**
	 * Implements methods that spring-web's proxies do not support, which are
	 * {@code toString} and default methods of non-public interfaces. Thread-safe.
	 */
	private static final class ProxyMethods implements MethodInterceptor {

		private final String client;

		private final String session;

		private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

		ProxyMethods(String client, String session) {
			this.client = client;
			this.session = session;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			if (AopUtils.isToStringMethod(method)) {
				return this.client + " using "
						+ (this.session.isEmpty() ? "the session" : "session '" + this.session + "'");
			}
			if (method.isDefault() && invocation instanceof ProxyMethodInvocation call
					&& !AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)) {
				return this.defaults.computeIfAbsent(method, ProxyMethods::handle)
					.bindTo(call.getProxy())
					.invokeWithArguments(call.getArguments());
			}
			try {
				return invocation.proceed();
			}
			catch (IllegalArgumentException ex) {
				throw NullArguments.explain(method, invocation.getArguments(), ex);
			}
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
						+ type.getModule() + " does not open the package to requests4j.", ex);
			}
		}

	}

}
