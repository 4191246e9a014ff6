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
 * Checks a client interface when the application starts, and not only when it is called.
 * Messages name the interface, the method and the fix.
 */
final class ClientChecks {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private final Class<?> client;

	/** Whether the application has its own argument resolver. */
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
					"The interface is sealed, so no client can implement it.", "Remove 'sealed'.", null);
		}
		checks.methods().forEach(checks::check);
	}

	/**
	 * Checks that message converters can read the return types of the methods of an
	 * interface.
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

	/** Returns the names of the methods that can have settings. */
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
			throw mistake(method, "The method has no @HttpExchange annotation.",
					"Add one, such as @GetExchange(\"/path\"), or make it a default method.");
		}
		if (exchanges.size() > 1) {
			throw mistake(method, "The method has " + exchanges.size()
					+ " @HttpExchange annotations, but only one is allowed: " + String.join(", ", exchanges) + ".",
					"Keep one of them.");
		}
		checkHttpMethod(method);
		checkPagedMethod(method);
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

	/** Returns whether a method overrides an inherited annotation with its own. */
	private static boolean isOverridden(Method method, MergedAnnotation<HttpExchange> inherited) {
		return inherited.getAggregateIndex() > 0 && MergedAnnotations.from(method).isPresent(HttpExchange.class);
	}

	private void checkHttpMethod(Method method) {
		boolean named = hasMethod(AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class))
				|| hasMethod(AnnotatedElementUtils.findMergedAnnotation(this.client, HttpExchange.class)) || hasMethod(
						AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), HttpExchange.class));
		boolean hasMethodArgument = List.of(method.getParameterTypes()).contains(HttpMethod.class);
		if (!named && !hasMethodArgument) {
			throw mistake(method, "The method has no HTTP method.",
					"Use an annotation such as @GetExchange, @HttpExchange(method = ...), or an argument of type HttpMethod.");
		}
	}

	/** Pages are requested with GET, because other requests must not be repeated. */
	private void checkPagedMethod(Method method) {
		if (!AnnotatedElementUtils.hasAnnotation(method, Paged.class)) {
			return;
		}
		boolean get = Stream.of(method, method.getDeclaringClass(), this.client)
			.map((element) -> AnnotatedElementUtils.findMergedAnnotation(element, HttpExchange.class))
			.filter(ClientChecks::hasMethod)
			.findFirst()
			.map((exchange) -> exchange.method().equalsIgnoreCase("GET"))
			.orElse(false);
		if (!get || List.of(method.getParameterTypes()).contains(HttpMethod.class)) {
			throw mistake(method, "The method has @Paged, but its HTTP method is not GET.",
					"Use @GetExchange, without an argument of type HttpMethod.");
		}
	}

	private static boolean hasMethod(@Nullable HttpExchange exchange) {
		return exchange != null && !exchange.method().isEmpty();
	}

	private void checkArguments(Method method) {
		for (Class<?> type : method.getParameterTypes()) {
			if (type.getName().equals(CONTINUATION)) {
				throw mistake(method, "The method is a suspending function, but sessions make blocking calls.",
						"Remove 'suspend' and call it on Dispatchers.IO, or return CompletableFuture.");
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
		String unset = variables.unset();
		if (unset != null) {
			throw mistake(method, "The URL variable '" + unset + "' has no argument.", "Add @PathVariable(\"" + unset
					+ "\"), or correct a name. The arguments are " + variables.arguments() + ".");
		}
		String unused = variables.unused();
		if (unused != null) {
			throw mistake(method, "The URL has no variable '" + unused + "', so the @PathVariable has no effect.",
					"Remove the argument, or correct a name. The variables of the URL are " + variables.variables()
							+ ".");
		}
	}

	private PathVariables pathVariables(Method method) {
		try {
			return PathVariables.of(method, this.client);
		}
		catch (IllegalArgumentException ex) {
			throw mistake(method, "The URL of the method is not valid.", String.valueOf(ex.getMessage()));
		}
	}

	private RequestsConfigurationException mistake(Method method, String problem, String fix) {
		return new RequestsConfigurationException(this.client.getName() + "." + method.getName(), null, problem, fix,
				null);
	}

}
