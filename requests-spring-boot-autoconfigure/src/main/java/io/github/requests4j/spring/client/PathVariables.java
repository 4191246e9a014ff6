package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.internal.url.UriTemplate;

/**
 * The variables in the URL of a method, and the arguments for them. Immutable.
 *
 * @param variables the variables of the URL
 * @param arguments the names of the arguments
 */
record PathVariables(Set<String> variables, Set<String> arguments) {

	private static final PathVariables UNKNOWN = new PathVariables(Set.of(), Set.of());

	/**
	 * The argument types that may replace the URL of the annotation or set its variables.
	 */
	private static final List<Class<?>> URL_TYPES = List.of(URI.class, UriBuilderFactory.class, Consumer.class);

	/**
	 * Matches the innermost placeholders and expressions, which have no braces in them.
	 */
	private static final Pattern PLACEHOLDER = Pattern.compile("[$#]\\{[^{}]*}");

	/**
	 * Returns the variables in the annotations, or none if they are only known when the
	 * method is called.
	 * @throws IllegalArgumentException if a URL is not a valid template
	 */
	static PathVariables of(Method method, Class<?> client) {
		Set<String> variables = variables(method, client);
		Set<String> arguments = new LinkedHashSet<>();
		boolean known = true;
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new SynthesizingMethodParameter(method, i).withContainingClass(client);
			PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
			String name = (variable != null) ? name(variable, parameter) : "";
			if (URL_TYPES.stream().anyMatch((type) -> type.isAssignableFrom(parameter.getParameterType()))) {
				return UNKNOWN;
			}
			known &= name != null;
			arguments.add((name != null) ? name : "");
		}
		arguments.remove("");
		known &= urls(method, client).stream().noneMatch((url) -> url.contains("${"));
		return known ? new PathVariables(variables, arguments) : UNKNOWN;
	}

	/**
	 * Returns the variables of the URL. Its syntax is not checked if the caller passes a
	 * factory, which may have its own syntax.
	 */
	private static Set<String> variables(Method method, Class<?> client) {
		Set<String> variables = new LinkedHashSet<>();
		if (!List.of(method.getParameterTypes()).contains(UriBuilderFactory.class)) {
			for (String url : urls(method, client)) {
				variables.addAll(UriTemplate.parse(withoutPlaceholders(url)).variables());
			}
		}
		return variables;
	}

	private static String withoutPlaceholders(String url) {
		Matcher matcher = PLACEHOLDER.matcher(url);
		return matcher.find() ? withoutPlaceholders(matcher.replaceAll("")) : url;
	}

	private static @Nullable String name(PathVariable variable, MethodParameter parameter) {
		if (Map.class.isAssignableFrom(parameter.getParameterType())) {
			return null;
		}
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		return variable.name().isEmpty() ? parameter.getParameterName() : variable.name();
	}

	private static List<String> urls(Method method, Class<?> client) {
		List<String> urls = new ArrayList<>();
		HttpExchange ofType = AnnotatedElementUtils.findMergedAnnotation(client, HttpExchange.class);
		HttpExchange ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class);
		if (ofType != null) {
			urls.add(ofType.url());
		}
		if (ofMethod != null) {
			urls.add(ofMethod.url());
		}
		return urls;
	}

	/** Returns a variable without an argument, or {@code null} if there is none. */
	@Nullable String unset() {
		return this.variables.stream().filter((name) -> !this.arguments.contains(name)).findFirst().orElse(null);
	}

	/**
	 * Returns an argument without a variable in the URL, or {@code null} if there is
	 * none.
	 */
	@Nullable String unused() {
		return this.arguments.stream().filter((name) -> !this.variables.contains(name)).findFirst().orElse(null);
	}

}
