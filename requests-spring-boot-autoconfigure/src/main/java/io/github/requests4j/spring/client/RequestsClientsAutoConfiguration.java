package io.github.requests4j.spring.client;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Creates a bean for each {@link RequestsClient} interface.
 */
@AutoConfiguration(after = { RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class },
		afterName = "org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration")
@ConditionalOnClass(HttpServiceProxyFactory.class)
@ConditionalOnBean(ConfiguredSessions.class)
@Import(RequestsClientsAutoConfiguration.ScannedClientsRegistrar.class)
public final class RequestsClientsAutoConfiguration {

	static final String CLIENT_FACTORY = "requestsClientFactory";

	private static final String BOOT_CONVERTERS = "org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer";

	@Bean(CLIENT_FACTORY)
	RequestsClientFactory requestsClientFactory(ConfigurableListableBeanFactory beans, ConfiguredSessions sessions,
			LiveSessions live, ObjectProvider<ClientSupport> support, Fallbacks fallbacks, ClientKeyChecks keys,
			ObjectProvider<HttpServiceArgumentResolver> resolvers) {
		return new RequestsClientFactory(beans, sessions, live, support::getObject, fallbacks, keys,
				ownArguments(beans, resolvers));
	}

	/**
	 * Returns the application's own resolvers, which are created late because they may
	 * need clients.
	 */
	private static @Nullable HttpServiceArgumentResolver ownArguments(ListableBeanFactory beans,
			ObjectProvider<HttpServiceArgumentResolver> resolvers) {
		if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, HttpServiceArgumentResolver.class, true,
				false).length == 0) {
			return null;
		}
		Deferred<List<HttpServiceArgumentResolver>> known = new Deferred<>(() -> resolvers.orderedStream().toList());
		return (argument, parameter,
				values) -> known.get().stream().anyMatch((resolver) -> resolver.resolve(argument, parameter, values));
	}

	@Bean
	static ClientBeans.Primaries requestsClientPrimaries() {
		return new ClientBeans.Primaries();
	}

	@Bean
	Fallbacks requestsFallbacks(BeanFactory beans) {
		return new Fallbacks(beans);
	}

	@Bean
	ClientKeyChecks requestsClientKeyChecks(ConfiguredSessions sessions, BeanFactory beans) {
		return new ClientKeyChecks(sessions, beans);
	}

	/** This bean is lazy, because its dependencies may need clients. */
	@Bean
	@Lazy
	ClientSupport requestsClientSupport(ClientSupport.Converters converters,
			ObjectProvider<ApiVersionInserter> versions, ObjectProvider<ResponseErrorMapper> errorMappers,
			BeanFactory beans, Environment environment) {
		return new ClientSupport(converters.get(), versions.getIfAvailable(), errorMapper(errorMappers),
				new AsyncCalls.CallExecutor(beans, environment));
	}

	/**
	 * Returns a mapper that calls the application's own mappers in their order. They are
	 * created on the first error.
	 */
	private static ResponseErrorMapper errorMapper(ObjectProvider<ResponseErrorMapper> mappers) {
		Deferred<List<ResponseErrorMapper>> known = new Deferred<>(() -> mappers.orderedStream().toList());
		return (response, call) -> {
			for (ResponseErrorMapper mapper : known.get()) {
				RuntimeException mapped = mapper.map(response, call);
				if (mapped != null) {
					return mapped;
				}
			}
			return null;
		};
	}

	/**
	 * Excludes clients from lazy initialization, so that a mistake in an interface
	 * prevents the application from starting. Their sessions stay lazy.
	 */
	@Bean
	static LazyInitializationExcludeFilter requestsEagerClients() {
		return (name, definition, type) -> definition.hasAttribute(ClientBeans.CLIENT_TYPE) || type == Fallbacks.class
				|| type == ClientKeyChecks.class;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
	static class Groups {

		@Bean
		SessionGroups requestsSessionGroups(RequestsClientFactory factory) {
			return new SessionGroups(factory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ClientHttpMessageConvertersCustomizer.class)
	static class BootConverters {

		@Bean
		@Lazy
		ClientSupport.Converters requestsClientConverters(
				ObjectProvider<ClientHttpMessageConvertersCustomizer> customizers) {
			HttpMessageConverters.ClientBuilder builder = HttpMessageConverters.forClient().registerDefaults();
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return new ClientSupport.Converters(builder.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass(BOOT_CONVERTERS)
	static class PlainConverters {

		@Bean
		@Lazy
		ClientSupport.Converters requestsClientConverters(ObjectProvider<JsonMapper> jsonMappers) {
			HttpMessageConverters.ClientBuilder builder = HttpMessageConverters.forClient().registerDefaults();
			jsonMappers.ifUnique((mapper) -> builder.withJsonConverter(new JacksonJsonHttpMessageConverter(mapper)));
			return new ClientSupport.Converters(builder.build());
		}

	}

	/**
	 * Registers the client interfaces in the packages of the application.
	 */
	static final class ScannedClientsRegistrar implements ImportBeanDefinitionRegistrar {

		private final BeanFactory beans;

		private final Environment environment;

		private final ResourceLoader resources;

		ScannedClientsRegistrar(BeanFactory beans, Environment environment, ResourceLoader resources) {
			this.beans = beans;
			this.environment = environment;
			this.resources = resources;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			if (AutoConfigurationPackages.has(this.beans)) {
				TypeExcludeFilter excluded = new TypeExcludeFilter();
				excluded.setBeanFactory(this.beans);
				new ClientBeans(registry, this.environment, this.resources)
					.scan(AutoConfigurationPackages.get(this.beans), excluded);
			}
		}

	}

	/**
	 * Makes the interfaces of an {@code @ImportHttpServices} group call the session with
	 * the name of the group. This configurer runs last, so that it replaces the
	 * configuration of other configurers for RestClient groups.
	 */
	static final class SessionGroups implements RestClientHttpServiceGroupConfigurer, Ordered {

		private final RequestsClientFactory factory;

		SessionGroups(RequestsClientFactory factory) {
			this.factory = factory;
		}

		@Override
		public void configureGroups(Groups<RestClient.Builder> groups) {
			groups.filter(this::isSession)
				.forEachProxyFactory(
						(group, builder) -> this.factory.configure(group.name(), group.httpServiceTypes(), builder));
		}

		private boolean isSession(HttpServiceGroup group) {
			return this.factory.isSession(group.name());
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

}
