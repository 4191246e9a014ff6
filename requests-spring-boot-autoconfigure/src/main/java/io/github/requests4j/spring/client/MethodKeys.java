package io.github.requests4j.spring.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.spring.config.ConfiguredSessions;
import io.github.requests4j.spring.config.RequestsConfigurationException;

/**
 * Finds settings of methods that there are not: once all clients are known, since the key
 * below {@code requests.clients} may be a session that several of them call.
 */
final class MethodKeys implements SmartInitializingSingleton {

	private final ConfiguredSessions sessions;

	/** The methods of all clients that a key stands for. */
	private final Map<String, Set<String>> methods = new LinkedHashMap<>();

	MethodKeys(ConfiguredSessions sessions) {
		this.sessions = sessions;
	}

	/** Remembers an interface, by its own name and by that of its session. */
	void add(Class<?> type, String client, String session) {
		Set<String> names = ClientChecks.methodNames(type);
		this.methods.computeIfAbsent(client, (key) -> new TreeSet<>()).addAll(names);
		this.methods.computeIfAbsent(session, (key) -> new TreeSet<>()).addAll(names);
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.sessions.clients().forEach((client, settings) -> {
			Set<String> known = this.methods.get(client);
			// A client that is not here may be left out by a test or a condition.
			if (known != null) {
				settings.methods().keySet().forEach((method) -> require(client, method, known));
			}
		});
	}

	private static void require(String client, String method, Set<String> known) {
		if (!known.contains(method)) {
			throw new RequestsConfigurationException("requests.clients." + client + ".methods." + method, null,
					"The client '" + client + "' has no method '" + method + "'. There are: " + known + ".",
					"Write the name as it is in Java.", null);
		}
	}

}
