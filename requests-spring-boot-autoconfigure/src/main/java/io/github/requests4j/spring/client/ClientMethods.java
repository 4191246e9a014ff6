package io.github.requests4j.spring.client;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsProperties;

/**
 * Passes the method and the client that are called to the adapter. Safe for many threads.
 */
final class ClientMethods implements HttpRequestValues.Processor {

	private final Function<Method, String> clients;

	private final Function<String, Map<String, RequestsProperties.Method>> settings;

	private final Map<Method, ClientMethod> methods = new ConcurrentHashMap<>();

	/**
	 * Makes a processor.
	 * @param clients the name of the client that has a method
	 * @param settings what the configuration says of the methods of a client
	 */
	ClientMethods(Function<Method, String> clients, Function<String, Map<String, RequestsProperties.Method>> settings) {
		this.clients = clients;
		this.settings = settings;
	}

	/**
	 * Names clients by their interfaces. A method that several interfaces inherit is
	 * named by the interface that declares it.
	 */
	static Function<Method, String> named(Set<Class<?>> types) {
		return (method) -> {
			Class<?> declaring = method.getDeclaringClass();
			Class<?>[] heirs = types.stream().filter(declaring::isAssignableFrom).toArray(Class<?>[]::new);
			return ((heirs.length == 1) ? heirs[0] : declaring).getSimpleName();
		};
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		builder.addAttribute(ClientMethod.ATTRIBUTE, this.methods.computeIfAbsent(method, this::describe));
	}

	private ClientMethod describe(Method method) {
		String client = this.clients.apply(method);
		return ClientMethod.of(method, client, ConfiguredSessions.find(this.settings.apply(client), method.getName()));
	}

}
