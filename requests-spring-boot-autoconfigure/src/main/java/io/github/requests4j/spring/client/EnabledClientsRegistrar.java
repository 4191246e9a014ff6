package io.github.requests4j.spring.client;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Registers the client interfaces of {@link EnableRequestsClients}.
 */
final class EnabledClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beans;

	private final Environment environment;

	private final ResourceLoader resources;

	EnabledClientsRegistrar(BeanFactory beans, Environment environment, ResourceLoader resources) {
		this.beans = beans;
		this.environment = environment;
		this.resources = resources;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		MergedAnnotation<EnableRequestsClients> annotation = metadata.getAnnotations().get(EnableRequestsClients.class);
		ClientBeans clients = new ClientBeans(registry, this.environment, this.resources);
		Class<?>[] listed = annotation.getClassArray("clients");
		for (Class<?> type : listed) {
			if (!type.isInterface() || type.isAnnotation()
					|| !AnnotatedElementUtils.hasAnnotation(type, RequestsClient.class)) {
				throw ClientBeans.notAnInterface(type.getName());
			}
			clients.register(type);
		}
		TypeExcludeFilter excluded = new TypeExcludeFilter();
		excluded.setBeanFactory(this.beans);
		clients.scan(packages(metadata, annotation, listed.length == 0), excluded);
	}

	private Set<String> packages(AnnotationMetadata metadata, MergedAnnotation<EnableRequestsClients> annotation,
			boolean ownByDefault) {
		Set<String> packages = new LinkedHashSet<>();
		Arrays.stream(annotation.getStringArray("basePackages"))
			.map(this.environment::resolvePlaceholders)
			.forEach(packages::add);
		Arrays.stream(annotation.getClassArray("basePackageClasses")).map(Class::getPackageName).forEach(packages::add);
		if (packages.isEmpty() && ownByDefault) {
			packages.add(ClassUtils.getPackageName(metadata.getClassName()));
		}
		return packages;
	}

}
