package io.github.requests4j.spring.client;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Finds client interfaces and registers a bean for each. A bean of the application with
 * the same name takes precedence.
 */
final class ClientBeans {

	/**
	 * The attribute that marks the bean definitions of clients. Its value is the name of
	 * the class.
	 */
	static final String CLIENT_TYPE = ClientBeans.class.getName() + ".type";

	private final BeanDefinitionRegistry registry;

	private final Environment environment;

	private final ResourceLoader resources;

	ClientBeans(BeanDefinitionRegistry registry, Environment environment, ResourceLoader resources) {
		this.registry = registry;
		this.environment = environment;
		this.resources = resources;
	}

	void scan(Collection<String> packages, TypeExcludeFilter excluded) {
		Scanner scanner = new Scanner(excluded, this::remember);
		scanner.setEnvironment(this.environment);
		scanner.setResourceLoader(this.resources);
		for (String name : packages) {
			for (BeanDefinition candidate : scanner.findCandidateComponents(name)) {
				AnnotationMetadata type = ((AnnotatedBeanDefinition) candidate).getMetadata();
				if (!type.isInterface() || !type.isIndependent()) {
					throw notAnInterface(type.getClassName());
				}
				register(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
						this.resources.getClassLoader()));
			}
		}
	}

	void register(Class<?> type) {
		remember(AnnotationMetadata.introspect(type));
		String name = ClassUtils.getShortNameAsProperty(type);
		if (this.registry.containsBeanDefinition(name)) {
			Object taken = this.registry.getBeanDefinition(name).getAttribute(CLIENT_TYPE);
			if (taken == null || taken.equals(type.getName())) {
				return;
			}
			name = type.getName();
		}
		if (!this.registry.containsBeanDefinition(name)) {
			this.registry.registerBeanDefinition(name, definition(type, name));
		}
	}

	/** Records the names of a client, which are its own and that of its session. */
	private void remember(AnnotationMetadata type) {
		MergedAnnotation<RequestsClient> client = type.getAnnotations().get(RequestsClient.class);
		String own = client.getString("name");
		String simple = type.getClassName().substring(type.getClassName().lastIndexOf('.') + 1);
		ClientNames.add(this.registry, own.isEmpty() ? simple.substring(simple.lastIndexOf('$') + 1) : own);
		String session = this.environment.resolvePlaceholders(client.getString("session"));
		if (!session.isEmpty()) {
			ClientNames.add(this.registry, session);
		}
	}

	private static RootBeanDefinition definition(Class<?> type, String name) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.setTargetType(type);
		definition.setFactoryBeanName(RequestsClientsAutoConfiguration.CLIENT_FACTORY);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type.getName());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, name);
		definition.setAttribute(CLIENT_TYPE, type.getName());
		RequestsClient annotation = AnnotatedElementUtils.findMergedAnnotation(type, RequestsClient.class);
		// A fallback bean has the same type, and injection points of that type expect the
		// client
		definition.setPrimary(annotation != null && annotation.fallback() != void.class);
		return definition;
	}

	/**
	 * Returns the exception for an annotation that would otherwise have no effect.
	 */
	static RequestsConfigurationException notAnInterface(String type) {
		return new RequestsConfigurationException("@RequestsClient on " + type, null,
				"Only a top-level or nested interface with @RequestsClient can be a client.",
				"Add @RequestsClient to an interface with @HttpExchange methods.", null);
	}

	/**
	 * Gives a primary bean of the application, such as a stub in a test, precedence over
	 * a client that is primary because of its fallback.
	 */
	static final class Primaries implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			for (String name : beans.getBeanDefinitionNames()) {
				BeanDefinition definition = beans.getBeanDefinition(name);
				if (definition.isPrimary() && definition.hasAttribute(CLIENT_TYPE)) {
					Class<?> type = beans.getType(name, false);
					definition.setPrimary(type == null || !hasOtherPrimary(beans, type, name));
				}
			}
		}

		private static boolean hasOtherPrimary(ConfigurableListableBeanFactory beans, Class<?> type, String client) {
			return Stream.of(beans.getBeanNamesForType(type, true, false))
				.filter((name) -> !name.equals(client) && beans.containsBeanDefinition(name))
				.anyMatch((name) -> beans.getBeanDefinition(name).isPrimary());
		}

	}

	/** Finds interfaces, which component scanning skips. */
	private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

		private final Consumer<AnnotationMetadata> seen;

		Scanner(TypeExcludeFilter excluded, Consumer<AnnotationMetadata> seen) {
			super(false);
			this.seen = seen;
			addIncludeFilter(new AnnotationTypeFilter(RequestsClient.class));
			addExcludeFilter(excluded);
		}

		/** Also reports the interfaces that filters and conditions exclude. */
		@Override
		protected boolean isCandidateComponent(MetadataReader reader) throws IOException {
			AnnotationMetadata type = reader.getAnnotationMetadata();
			if (type.isInterface() && !type.isAnnotation() && type.isAnnotated(RequestsClient.class.getName())) {
				this.seen.accept(type);
			}
			return super.isCandidateComponent(reader);
		}

		/**
		 * Excludes composed annotations, which mark clients but are not clients
		 * themselves.
		 */
		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return !definition.getMetadata().isAnnotation();
		}

	}

}
