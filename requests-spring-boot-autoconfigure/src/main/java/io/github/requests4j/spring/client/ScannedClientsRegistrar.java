package io.github.requests4j.spring.client;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the client interfaces in the packages of the application.
 */
final class ScannedClientsRegistrar implements ImportBeanDefinitionRegistrar {

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
			new ClientBeans(registry, this.environment, this.resources).scan(AutoConfigurationPackages.get(this.beans),
					excluded);
		}
	}

}
