package io.github.requests4j.spring.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Finds settings of clients and methods that there are not: once all clients are known,
 * since the key below {@code requests.clients} may be a session that several of them
 * call.
 */
final class ClientKeyChecks implements SmartInitializingSingleton {

	private final ConfiguredSessions sessions;

	/** The methods of all clients that a key applies to. */
	private final Map<String, Set<String>> methods = new LinkedHashMap<>();

	private final BeanFactory beans;

	ClientKeyChecks(ConfiguredSessions sessions, BeanFactory beans) {
		this.sessions = sessions;
		this.beans = beans;
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
			Set<String> known = new TreeSet<>();
			this.methods.forEach((name, methods) -> {
				if (ConfiguredSessions.isNameOf(client, name)) {
					known.addAll(methods);
				}
			});
			if (known.isEmpty() && !isNameOfAny(client, this.methods.keySet())) {
				requireClient(client);
			}
			else {
				settings.methods().keySet().forEach((method) -> requireMethod(client, method, known));
			}
		});
	}

	/** A client that is not here may be left out by a test or a condition. */
	private void requireClient(String client) {
		Set<String> known = new TreeSet<>(this.sessions.names());
		this.beans.getBeanProvider(ClientNames.class).forEach((found) -> known.addAll(found.names()));
		if (!isNameOfAny(client, known) && !this.beans.containsBean(SessionBeanNames.of(client))) {
			// Groups of interfaces may be made as late as this.
			this.beans.getBeanProvider(HttpServiceProxyRegistry.class).forEach(HttpServiceProxyRegistry::getGroupNames);
			known.addAll(this.methods.keySet());
			known.remove("");
			if (!isNameOfAny(client, known)) {
				throw this.sessions.clientMistake(client, "",
						"There is no client '" + client + "', and no session. There are: " + known + ".",
						"Write the name of an interface with @RequestsClient, or of its session.");
			}
		}
	}

	private void requireMethod(String client, String method, Set<String> known) {
		if (!isNameOfAny(method, known)) {
			throw this.sessions.clientMistake(client, method,
					"The client '" + client + "' has no method '" + method + "'. There are: " + known + ".",
					"Write the name as it is in Java.");
		}
	}

	private static boolean isNameOfAny(String configured, Set<String> names) {
		return names.stream().anyMatch((name) -> ConfiguredSessions.isNameOf(configured, name));
	}

}
