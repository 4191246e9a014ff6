package io.github.requests4j.spring.session;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Registers a bean for each configured session. The bean is lazy, qualified by the name
 * of the session and closed with the context. Only the names are read here. The settings
 * are checked later, when mistakes can be reported by a failure analyzer.
 */
final class SessionBeansRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	SessionBeansRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (ConfiguredSessions.Declaration session : ConfiguredSessions.declared(this.environment)) {
			register(session, registry);
		}
	}

	private static void register(ConfiguredSessions.Declaration session, BeanDefinitionRegistry registry) {
		String beanName = SessionBeanNames.of(session.name());
		if (!registry.containsBeanDefinition(beanName)) {
			registry.registerBeanDefinition(beanName, definition(session));
		}
	}

	private static RootBeanDefinition definition(ConfiguredSessions.Declaration session) {
		RootBeanDefinition definition = new RootBeanDefinition(Session.class);
		definition.setFactoryBeanName(RequestsAutoConfiguration.SESSION_FACTORY);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, session.name());
		definition.setLazyInit(true);
		definition.setPrimary(session.primary());
		definition.setDestroyMethodName("close");
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, session.name()));
		return definition;
	}

}
