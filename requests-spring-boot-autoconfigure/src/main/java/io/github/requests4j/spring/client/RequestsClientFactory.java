package io.github.requests4j.spring.client;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.requests4j.Session;
import io.github.requests4j.spring.config.ClientProperties;
import io.github.requests4j.spring.config.ConfiguredSessions;
import io.github.requests4j.spring.config.MethodProperties;
import io.github.requests4j.spring.config.RequestsConfigurationException;
import io.github.requests4j.spring.session.SessionBeanNames;

/**
 * Makes the beans of client interfaces. The session of a client is looked up when it is
 * first called, so that it stays lazy; that there is one is checked at once.
 */
final class RequestsClientFactory implements EmbeddedValueResolverAware {

	private final BeanFactory beans;

	private final ConfiguredSessions sessions;

	private final ClientSupport support;

	private final List<HttpServiceArgumentResolver> resolvers;

	private @Nullable StringValueResolver placeholders;

	RequestsClientFactory(BeanFactory beans, ConfiguredSessions sessions, ClientSupport support,
			ObjectProvider<HttpServiceArgumentResolver> resolvers) {
		this.beans = beans;
		this.sessions = sessions;
		this.support = support;
		this.resolvers = resolvers.orderedStream().toList();
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
		SessionExchangeAdapter adapter = new SessionExchangeAdapter(target, name, this.support);
		HttpServiceProxyFactory.Builder builder = HttpServiceProxyFactory.builderFor(adapter)
			.httpRequestValuesProcessor(new ClientMethods(settings(name, session)))
			.customArgumentResolver(new CallOptionArgumentResolver())
			.proxyFactoryCustomizer((factory, service) -> factory.addAdvice(0, new ObjectMethods(name, session)));
		this.resolvers.forEach(builder::customArgumentResolver);
		if (this.placeholders != null) {
			builder.embeddedValueResolver(this.placeholders);
		}
		return proxy(builder.build(), type);
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
	private Map<String, MethodProperties> settings(String client, String session) {
		Map<String, MethodProperties> settings = new LinkedHashMap<>();
		for (String key : Arrays.asList(session, client)) {
			ClientProperties properties = this.sessions.clients().get(key);
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

}
