package io.github.requests4j.spring.client;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ValueConstants;

/**
 * Explains which required argument of a call is null. Spring's own message names neither
 * the client nor the method.
 */
final class NullArguments {

	private NullArguments() {
	}

	/**
	 * Returns an exception that names the method and the argument, or the given one if no
	 * required argument is null. Spring rejects such arguments before it sends anything,
	 * so no other error can be meant.
	 */
	static IllegalArgumentException explain(Method method, @Nullable Object[] arguments,
			IllegalArgumentException error) {
		for (int i = 0; i < arguments.length; i++) {
			if (arguments[i] == null) {
				MethodParameter parameter = new SynthesizingMethodParameter(method, i);
				Annotation annotation = required(parameter);
				if (annotation != null) {
					return new IllegalArgumentException(message(method, parameter, annotation), error);
				}
			}
		}
		return error;
	}

	private static @Nullable Annotation required(MethodParameter parameter) {
		if (parameter.isOptional()) {
			return null;
		}
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Map<String, @Nullable Object> attributes = AnnotationUtils.getAnnotationAttributes(annotation);
			Object fallback = attributes.getOrDefault("defaultValue", ValueConstants.DEFAULT_NONE);
			if (Boolean.TRUE.equals(attributes.get("required")) && ValueConstants.DEFAULT_NONE.equals(fallback)) {
				return annotation;
			}
		}
		return null;
	}

	private static String message(Method method, MethodParameter parameter, Annotation annotation) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		String name = parameter.getParameterName();
		String type = "@" + annotation.annotationType().getSimpleName();
		String fix = (annotation instanceof PathVariable) ? "Pass a value."
				: "Pass a value, or set required = false in " + type + ".";
		return method.getDeclaringClass().getName() + "." + method.getName() + ": the argument "
				+ ((name != null) ? "'" + name + "'" : String.valueOf(parameter.getParameterIndex() + 1)) + " (" + type
				+ ") is null. " + fix;
	}

}
