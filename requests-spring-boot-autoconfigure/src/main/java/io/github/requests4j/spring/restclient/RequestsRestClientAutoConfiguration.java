package io.github.requests4j.spring.restclient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.web.client.RestClient;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Creates a {@link RestClient} for each session with {@code rest-client: true}.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class,
		afterName = "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration")
@ConditionalOnClass({ Session.class, RestClient.class })
@Import(RequestsRestClientAutoConfiguration.RestClientsRegistrar.class)
public final class RequestsRestClientAutoConfiguration {

	/**
	 * Registers nothing unless a session requires it.
	 */
	static final class RestClientsRegistrar implements ImportBeanDefinitionRegistrar {

		private static final String FACTORY = "requestsRestClientFactory";

		private final Environment environment;

		RestClientsRegistrar(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			for (ConfiguredSessions.Declaration session : ConfiguredSessions.declared(this.environment)) {
				String bean = session.name() + "RestClient";
				if (session.restClient() && !registry.containsBeanDefinition(bean)) {
					registry.registerBeanDefinition(bean, client(session));
					if (!registry.containsBeanDefinition(FACTORY)) {
						registry.registerBeanDefinition(FACTORY, new RootBeanDefinition(RestClientFactory.class));
					}
				}
			}
		}

		private static RootBeanDefinition client(ConfiguredSessions.Declaration session) {
			RootBeanDefinition definition = new RootBeanDefinition(RestClient.class);
			definition.setFactoryBeanName(FACTORY);
			definition.setFactoryMethodName("create");
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, session.name());
			definition.setLazyInit(true);
			definition.setPrimary(session.primary());
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, session.name()));
			return definition;
		}

	}

}
