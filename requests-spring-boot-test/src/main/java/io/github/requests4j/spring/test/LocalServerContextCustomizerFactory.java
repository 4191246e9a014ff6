package io.github.requests4j.spring.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the server of {@link RequestsLocalServer} before the context, which needs its
 * port.
 */
final class LocalServerContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		RequestsLocalServer annotation = AnnotatedElementUtils.findMergedAnnotation(testClass,
				RequestsLocalServer.class);
		return (annotation != null) ? new Customizer(testClass, List.of(annotation.value()), annotation.path()) : null;
	}

	/**
	 * Instances are equal only for the same test class, so that each class has its own
	 * server.
	 *
	 * @param testClass the test class
	 * @param sessions the names of the sessions
	 * @param path the path of their base URLs
	 */
	record Customizer(Class<?> testClass, List<String> sessions, String path) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			ObjectProvider<JsonMapper> mappers = context.getBeanFactory().getBeanProvider(JsonMapper.class);
			LocalServer server = LocalServer.start(() -> mappers.getIfUnique(JsonMapper::shared));
			Map<String, Object> properties = new LinkedHashMap<>();
			this.sessions
				.forEach((name) -> properties.put("requests.sessions." + name + ".base-url", server.url(this.path)));
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("localServer", properties));
			RootBeanDefinition definition = new RootBeanDefinition(LocalServer.class, () -> server);
			definition.setDestroyMethodName("close");
			((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition("requestsLocalServer",
					definition);
		}

	}

}
