package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.HttpMethod;
import org.springframework.web.service.annotation.HttpExchange;

import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Finds what is wrong with an interface when the application starts, rather than when it
 * is called. Messages name the interface, the method and the fix.
 */
final class ClientChecks {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

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
		if (client.isSealed()) {
			throw new RequestsConfigurationException(client.getName(), null,
					"It is sealed, so that no client can implement it.", "Remove 'sealed'.", null);
		}
		checks.methods().forEach(checks::check);
	}

	/**
	 * Checks that message converters can read what the methods of an interface return.
	 */
	static void checkBodies(Class<?> client, ReadableTypes readable) {
		ClientChecks checks = new ClientChecks(client, false);
		for (Method method : checks.methods()) {
			ReturnChecks.checkBody(method, client, readable, (problem, fix) -> checks.mistake(method, problem, fix));
		}
	}

	private List<Method> methods() {
		return Stream.of(this.client.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers())
					|| AnnotatedElementUtils.hasAnnotation(method, HttpExchange.class))
			.filter((method) -> !method.isBridge())
			.toList();
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
		for (Class<?> type : method.getParameterTypes()) {
			if (type.getName().equals(CONTINUATION)) {
				throw mistake(method, "It is a suspending function, and calls of sessions are blocking.",
						"Leave out 'suspend' and call it on Dispatchers.IO, or return CompletableFuture.");
			}
		}
		if (!this.ownArguments) {
			ArgumentChecks.check(method, this.client, RequestsClientFactory.CONVERSIONS,
					(problem, fix) -> mistake(method, problem, fix));
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
		String unused = variables.unused();
		if (unused != null) {
			throw mistake(method, "Its URL has no variable '" + unused + "', so that the @PathVariable has no effect.",
					"Remove the argument, or correct a name; the variables of the URL are " + variables.wanted() + ".");
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

	private RequestsConfigurationException mistake(Method method, String problem, String fix) {
		return new RequestsConfigurationException(this.client.getName() + "." + method.getName(), null, problem, fix,
				null);
	}

}
