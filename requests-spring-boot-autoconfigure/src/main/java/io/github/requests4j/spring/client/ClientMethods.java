package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Passes the called method and its client to the adapter. Thread-safe.
 */
final class ClientMethods implements HttpRequestValues.Processor {

	private final Function<Method, String> clients;

	private final Lookup settings;

	private final Supplier<Object> version;

	private volatile Known known;

	/**
	 * Creates a processor.
	 * @param clients returns the name of the client that has a method
	 * @param settings finds the configured settings of methods
	 * @param version returns another object after the settings have changed
	 */
	ClientMethods(Function<Method, String> clients, Lookup settings, Supplier<Object> version) {
		this.clients = clients;
		this.settings = settings;
		this.version = version;
		this.known = new Known(version.get(), new ConcurrentHashMap<>());
	}

	/**
	 * The methods that were called with the same settings.
	 *
	 * @param version the version of the settings
	 * @param methods the methods
	 */
	private record Known(Object version, Map<Method, ClientMethod> methods) {
	}

	/**
	 * Returns a function that names clients by their interfaces. For a method that
	 * several interfaces inherit, this is the interface that declares it.
	 */
	static Function<Method, String> named(Set<Class<?>> types) {
		return (method) -> {
			Class<?> declaring = method.getDeclaringClass();
			Class<?>[] candidates = types.stream().filter(declaring::isAssignableFrom).toArray(Class<?>[]::new);
			return ((candidates.length == 1) ? candidates[0] : declaring).getSimpleName();
		};
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		builder.addAttribute(ClientMethod.ATTRIBUTE, methods().computeIfAbsent(method, this::describe));
	}

	private Map<Method, ClientMethod> methods() {
		Object current = this.version.get();
		Known last = this.known;
		if (last.version() != current) {
			last = new Known(current, new ConcurrentHashMap<>());
			this.known = last;
		}
		return last.methods();
	}

	private ClientMethod describe(Method method) {
		String client = this.clients.apply(method);
		return ClientMethod.of(method, client, this.settings.find(client, method.getName()));
	}

	/**
	 * Finds the configured settings of a method.
	 */
	@FunctionalInterface
	interface Lookup {

		/** Returns the settings, or null if there are none. */
		@Nullable MethodSettings find(String client, String method);

	}

}
