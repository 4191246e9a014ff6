package io.github.requests4j.spring.resilience;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.StringUtils;

import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Checks that Resilience4j's annotations on client interfaces have an effect. They are
 * applied by Resilience4j's aspects, which require AspectJ. Without it, they would be
 * ignored silently.
 */
final class AnnotatedClients implements SmartInitializingSingleton {

	private static final String ANNOTATIONS = "io.github.resilience4j.";

	private final ListableBeanFactory beans;

	AnnotatedClients(ListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beans.getBeanNamesForAnnotation(RequestsClient.class)) {
			Class<?> type = this.beans.getType(name, false);
			if (type != null) {
				Arrays.stream(type.getInterfaces()).forEach(this::check);
				check(type);
			}
		}
	}

	private void check(Class<?> type) {
		List<AnnotatedElement> elements = new ArrayList<>(Arrays.asList(type.getMethods()));
		elements.add(type);
		for (AnnotatedElement element : elements) {
			for (Annotation annotation : element.getAnnotations()) {
				check(element, annotation.annotationType());
			}
		}
	}

	private void check(AnnotatedElement element, Class<? extends Annotation> annotation) {
		if (!annotation.getName().startsWith(ANNOTATIONS)) {
			return;
		}
		String aspect = StringUtils.uncapitalize(annotation.getSimpleName()) + "Aspect";
		if (!this.beans.containsBean(AopConfigUtils.AUTO_PROXY_CREATOR_BEAN_NAME) || !this.beans.containsBean(aspect)) {
			throw new RequestsConfigurationException("@" + annotation.getSimpleName() + " on " + element, null,
					"The annotation has no effect, because the application has no " + aspect + ".",
					"Add spring-boot-starter-aspectj in addition to Resilience4j's starter, or set the instance in"
							+ " requests.sessions.<name>.resilience.",
					null);
		}
	}

}
