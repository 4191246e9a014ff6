package io.github.requests4j.spring.client;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.HttpExchange;

import io.github.requests4j.spring.client.SupportTable.Argument;

/**
 * Rejects arguments that cannot be sent or would be lost in part.
 */
final class ArgumentChecks {

	private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

	private final Method method;

	private final Class<?> client;

	private final ConversionService conversions;

	private final BiFunction<String, String, RuntimeException> mistakes;

	private final Map<Argument, Integer> counts = new EnumMap<>(Argument.class);

	private ArgumentChecks(Method method, Class<?> client, ConversionService conversions,
			BiFunction<String, String, RuntimeException> mistakes) {
		this.method = method;
		this.client = client;
		this.conversions = conversions;
		this.mistakes = mistakes;
	}

	static void check(Method method, Class<?> client, ConversionService conversions,
			BiFunction<String, String, RuntimeException> mistakes) {
		new ArgumentChecks(method, client, conversions, mistakes).check();
	}

	private void check() {
		Set<String> variables = new HashSet<>();
		for (int i = 0; i < this.method.getParameterCount(); i++) {
			MethodParameter parameter = new SynthesizingMethodParameter(this.method, i);
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			Argument argument = kind(parameter);
			this.counts.merge(argument, 1, Integer::sum);
			checkType(argument, parameter);
			String variable = (argument == Argument.PATH_VARIABLE) ? variable(parameter) : null;
			if (variable != null && !variables.add(variable)) {
				throw this.mistakes.apply("The method has two arguments for the URL variable '" + variable + "'.",
						"Remove one of them.");
			}
		}
		checkCounts();
	}

	private Argument kind(MethodParameter parameter) {
		checkAnnotations(parameter);
		Argument argument = Argument.of(parameter);
		if (argument == null) {
			throw this.mistakes.apply(
					"The purpose of " + name(parameter) + " of type " + parameter.getParameterType().getName()
							+ " is unknown.",
					"Annotate it with @PathVariable, @RequestParam, @RequestHeader, @RequestBody or a similar annotation."
							+ " Records and beans without an annotation are query parameters.");
		}
		return argument;
	}

	private void checkAnnotations(MethodParameter parameter) {
		List<Argument> annotated = Argument.annotated(parameter);
		if (annotated.size() > 1) {
			throw this.mistakes.apply("The annotations " + annotated.get(0).label().replace("`", "") + " and "
					+ annotated.get(1).label().replace("`", "") + " of " + name(parameter) + " contradict each other.",
					"Keep one of them.");
		}
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Class<? extends Annotation> type = annotation.annotationType();
			if (annotated.isEmpty() && type.getName().startsWith("org.springframework.web.bind.annotation.")) {
				throw this.mistakes.apply(
						"Clients do not support the annotation @" + type.getSimpleName() + " of " + name(parameter)
								+ ".",
						(type == ModelAttribute.class)
								? "Remove the annotation. Records and beans without an annotation are query parameters."
								: "Use @PathVariable, @RequestParam, @RequestHeader, @CookieValue, @RequestBody,"
										+ " @RequestPart or @RequestAttribute.");
			}
		}
	}

	private void checkType(Argument argument, MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		if (argument == Argument.BODY || argument == Argument.PART) {
			if (SupportTable.isReactive(type) || Future.class.isAssignableFrom(type)
					|| CompletionStage.class.isAssignableFrom(type)) {
				throw this.mistakes.apply("The type of " + name(parameter) + " is " + type.getName()
						+ ", but sessions make blocking calls.", "Declare the value itself as the argument.");
			}
		}
		if (argument.isRepeated() && type.isArray() && type.getComponentType().isPrimitive()) {
			throw this.mistakes.apply(
					"The type of " + name(parameter) + " is an array of " + type.getComponentType()
							+ ", which cannot be split into values.",
					(type == byte[].class) ? "Use a Resource such as ByteArrayResource, or a FilePart."
							: "Use a List.");
		}
		if (argument.isText()) {
			checkText(argument, Map.class.isAssignableFrom(type) ? parameter.nested(1) : parameter);
		}
	}

	/** Performs the same check as spring-web when the method is called. */
	private void checkText(Argument argument, MethodParameter parameter) {
		Class<?> type = parameter.getNestedParameterType();
		MethodParameter value = parameter;
		if (argument.isRepeated() && Collection.class.isAssignableFrom(type)) {
			value = parameter.nested();
		}
		value = value.nestedIfOptional();
		Class<?> single = value.getNestedParameterType();
		TypeDescriptor descriptor = single.isArray() && argument.isRepeated()
				? TypeDescriptor.valueOf(single.getComponentType()) : new TypeDescriptor(value);
		if (descriptor.getType() != Object.class && !this.conversions.canConvert(descriptor, TEXT)) {
			throw this.mistakes.apply(
					"The type of " + name(parameter) + " is " + descriptor.getType().getName()
							+ ", which cannot be converted to a string.",
					"Use a string, a number, a date, an enum or a similar type.");
		}
	}

	private void checkCounts() {
		for (Map.Entry<Argument, Integer> count : this.counts.entrySet()) {
			if (count.getKey().isOnce() && count.getValue() > 1) {
				throw this.mistakes.apply(
						"The method has " + count.getValue() + " arguments of the kind "
								+ count.getKey().label().replace("`", "") + ", but only one can be sent.",
						"Keep one of them.");
			}
		}
		boolean body = has(Argument.BODY) || has(Argument.WRITTEN_BODY);
		boolean parts = has(Argument.PART) || has(Argument.FILE);
		if ((body && parts) || (has(Argument.BODY) && has(Argument.WRITTEN_BODY))) {
			throw this.mistakes.apply("Two arguments of the method are the body of the request.",
					"Use either one body or only parts with @RequestPart.");
		}
		if (has(Argument.REQUEST_PARAM) && (body || parts) && isForm()) {
			throw this.mistakes.apply("The content type is a form, so the @RequestParam arguments are the body,"
					+ " but another argument is also the body.", "Remove one of them.");
		}
	}

	private boolean has(Argument argument) {
		return this.counts.containsKey(argument);
	}

	private boolean isForm() {
		String type = contentType(AnnotatedElementUtils.findMergedAnnotation(this.method, HttpExchange.class));
		if (type.isEmpty()) {
			type = contentType(AnnotatedElementUtils.findMergedAnnotation(this.client, HttpExchange.class));
		}
		return !type.isEmpty()
				&& MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED);
	}

	private static String contentType(@Nullable HttpExchange exchange) {
		return (exchange != null) ? exchange.contentType() : "";
	}

	private static @Nullable String variable(MethodParameter parameter) {
		PathVariable annotation = parameter.getParameterAnnotation(PathVariable.class);
		if (annotation == null || Map.class.isAssignableFrom(parameter.getParameterType())) {
			return null;
		}
		return annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
	}

	private static String name(MethodParameter parameter) {
		return "argument " + (parameter.getParameterIndex() + 1);
	}

}
