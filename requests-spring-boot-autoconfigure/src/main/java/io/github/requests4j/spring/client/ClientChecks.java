package io.github.requests4j.spring.client;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Finds what is wrong with an interface when the application starts, rather than when it
 * is called. Messages name the interface, the method and the fix.
 */
final class ClientChecks {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private static final List<Class<?>> KNOWN_ARGUMENTS = List.of(URI.class, UriBuilderFactory.class, HttpMethod.class,
			MultipartFile.class);

	private final Class<?> client;

	/** Whether the application takes arguments in ways of its own. */
	private final boolean ownArguments;

	private ClientChecks(Class<?> client, boolean ownArguments) {
		this.client = client;
		this.ownArguments = ownArguments;
	}

	/** Checks all methods of an interface. */
	static void check(Class<?> client, boolean ownArguments) {
		ClientChecks checks = new ClientChecks(client, ownArguments);
		for (Method method : client.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())
					|| AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)) {
				checks.check(method);
			}
		}
	}

	/** The names that settings of methods can have. */
	static Set<String> methodNames(Class<?> client) {
		Set<String> names = new TreeSet<>();
		for (Method method : client.getMethods()) {
			if (AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class)) {
				names.add(method.getName());
			}
		}
		return names;
	}

	private void check(Method method) {
		List<String> exchanges = exchanges(method);
		if (exchanges.isEmpty()) {
			throw mistake(method, "It has no @HttpExchange annotation.",
					"Add one, such as @GetExchange(\"/path\"), or make it a default method.");
		}
		if (exchanges.size() > 1) {
			throw mistake(method, "It has " + exchanges.size() + " @HttpExchange annotations, and only one is allowed: "
					+ String.join(", ", exchanges) + ".", "Leave one of them.");
		}
		checkHttpMethod(method);
		checkArguments(method);
		checkPath(method);
		ReturnChecks.check(method, this.client, (problem, fix) -> mistake(method, problem, fix));
	}

	private static List<String> exchanges(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
			.stream(HttpExchange.class)
			.filter((exchange) -> exchange.getSource() == method || !isOverridden(method, exchange))
			.map((exchange) -> "@" + exchange.getRoot().getType().getSimpleName())
			.distinct()
			.toList();
	}

	/** What a method declares itself comes before what it inherits. */
	private static boolean isOverridden(Method method, MergedAnnotation<HttpExchange> inherited) {
		return inherited.getAggregateIndex() > 0 && MergedAnnotations.from(method).isPresent(HttpExchange.class);
	}

	private void checkHttpMethod(Method method) {
		boolean named = hasMethod(AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class))
				|| hasMethod(AnnotatedElementUtils.findMergedAnnotation(this.client, HttpExchange.class)) || hasMethod(
						AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), HttpExchange.class));
		boolean given = List.of(method.getParameterTypes()).contains(HttpMethod.class);
		if (!named && !given) {
			throw mistake(method, "It has no HTTP method.",
					"Use @GetExchange and the like, @HttpExchange(method = ...), or an argument of type HttpMethod.");
		}
	}

	private static boolean hasMethod(@Nullable HttpExchange exchange) {
		return exchange != null && !exchange.method().isEmpty();
	}

	private void checkArguments(Method method) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			MethodParameter parameter = new MethodParameter(method, i).withContainingClass(this.client);
			if (parameter.getParameterType().getName().equals(CONTINUATION)) {
				throw mistake(method, "It is a suspending function, and calls of sessions are blocking.",
						"Leave out 'suspend' and call it on Dispatchers.IO, or return CompletableFuture.");
			}
			if (!this.ownArguments && !isKnown(parameter)) {
				throw mistake(method,
						"Nothing says what the argument " + (i + 1) + " of type "
								+ parameter.getParameterType().getName() + " is for.",
						"Annotate it with @PathVariable, @RequestParam, @RequestHeader, @RequestBody or the like;"
								+ " records and beans without annotation are query parameters.");
			}
		}
	}

	private void checkPath(Method method) {
		if (this.ownArguments) {
			return;
		}
		PathVariables variables = pathVariables(method);
		String unfilled = variables.unfilled();
		if (unfilled != null) {
			throw mistake(method, "No argument fills the variable '" + unfilled + "' of its URL.",
					"Add @PathVariable(\"" + unfilled + "\"), or correct a name; those of arguments are "
							+ variables.given() + ".");
		}
	}

	private PathVariables pathVariables(Method method) {
		try {
			return PathVariables.of(method, this.client);
		}
		catch (IllegalArgumentException ex) {
			throw mistake(method, "Its URL cannot be parsed.", String.valueOf(ex.getMessage()) + ".");
		}
	}

	private static boolean isKnown(MethodParameter parameter) {
		return hasWebAnnotation(parameter) || CallOptionArgumentResolver.supports(parameter)
				|| QueryBean.supports(parameter)
				|| KNOWN_ARGUMENTS.stream().anyMatch((known) -> known.isAssignableFrom(parameter.getParameterType()));
	}

	private static boolean hasWebAnnotation(MethodParameter parameter) {
		Set<String> packages = List.of(parameter.getParameterAnnotations())
			.stream()
			.map((Annotation annotation) -> annotation.annotationType().getPackageName())
			.collect(Collectors.toSet());
		return packages.contains("org.springframework.web.bind.annotation");
	}

	private RequestsConfigurationException mistake(Method method, String problem, String fix) {
		return new RequestsConfigurationException(this.client.getName() + "." + method.getName(), null, problem, fix,
				null);
	}

}
