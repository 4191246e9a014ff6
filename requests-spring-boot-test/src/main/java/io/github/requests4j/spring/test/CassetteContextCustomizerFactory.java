package io.github.requests4j.spring.test;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ReflectionUtils;

import io.github.requests4j.Session;

/**
 * Registers the player in the contexts of tests with a {@link RequestsCassette}.
 */
final class CassetteContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		return hasCassette(testClass) ? new Customizer() : null;
	}

	private static boolean hasCassette(Class<?> testClass) {
		if (AnnotatedElementUtils.hasAnnotation(testClass, RequestsCassette.class)) {
			return true;
		}
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(testClass)) {
			if (AnnotatedElementUtils.hasAnnotation(method, RequestsCassette.class)) {
				return true;
			}
		}
		return false;
	}

	/** All instances are equal, so that contexts can be shared. */
	record Customizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			CassettePlayer player = new CassettePlayer();
			context.getBeanFactory().registerSingleton("requestsCassettePlayer", player);
			context.getBeanFactory().addBeanPostProcessor(new CassettePostProcessor(player));
		}

	}

	/**
	 * Inserts the player between all sessions of the application and their transports,
	 * including sessions that the application creates itself.
	 */
	private static final class CassettePostProcessor implements BeanPostProcessor {

		private final CassettePlayer player;

		CassettePostProcessor(CassettePlayer player) {
			this.player = player;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Session session)) {
				return bean;
			}
			return session.derive((builder) -> {
				session.adapters()
					.forEach((prefix, transport) -> builder.mount(prefix, new CassetteAdapter(this.player, transport)));
			});
		}

	}

}
