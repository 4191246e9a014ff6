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
 * The variables in the URL of a method, and the arguments that fill them. Immutable.
 *
 * @param wanted the variables of the URL
 * @param given the names of the arguments
 */
record PathVariables(Set<String> wanted, Set<String> given) {

	private static final PathVariables UNKNOWN = new PathVariables(Set.of(), Set.of());

	/**
	 * What may put another URL in the place of the annotation's, or variables into it.
	 */
	private static final List<Class<?>> ANYTHING = List.of(URI.class, UriBuilderFactory.class, Consumer.class);

	/** Placeholders and expressions, of which the innermost have no braces. */
	private static final Pattern PLACEHOLDER = Pattern.compile("[$#]\\{[^{}]*}");

	/**
	 * Reads them from the annotations; none where they are known in a call only.
	 * @throws IllegalArgumentException if a URL is no template
	 */
	static PathVariables of(Method method, Class<?> client) {
		Set<String> wanted = wanted(method, client);
		Set<String> given = new LinkedHashSet<>();
		boolean known = true;
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new SynthesizingMethodParameter(method, i).withContainingClass(client);
			PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
			String name = (variable != null) ? name(variable, parameter) : "";
			if (ANYTHING.stream().anyMatch((type) -> type.isAssignableFrom(parameter.getParameterType()))) {
				return UNKNOWN;
			}
			known &= name != null;
			given.add((name != null) ? name : "");
		}
		given.remove("");
		known &= urls(method, client).stream().noneMatch((url) -> url.contains("${"));
		return known ? new PathVariables(wanted, given) : UNKNOWN;
	}

	/** The syntax is checked unless a factory of the caller has a syntax of its own. */
	private static Set<String> wanted(Method method, Class<?> client) {
		Set<String> wanted = new LinkedHashSet<>();
		if (!List.of(method.getParameterTypes()).contains(UriBuilderFactory.class)) {
			for (String url : urls(method, client)) {
				wanted.addAll(UriTemplate.parse(withoutPlaceholders(url)).variables());
			}
		}
		return wanted;
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

	/** A variable that no argument fills, or {@code null} if there is none. */
	@Nullable String unfilled() {
		return this.wanted.stream().filter((name) -> !this.given.contains(name)).findFirst().orElse(null);
	}

	/**
	 * An argument that no variable of the URL takes, or {@code null} if there is none.
	 */
	@Nullable String unused() {
		return this.given.stream().filter((name) -> !this.wanted.contains(name)).findFirst().orElse(null);
	}

}
