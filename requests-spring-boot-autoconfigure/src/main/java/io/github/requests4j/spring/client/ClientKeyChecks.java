package io.github.requests4j.spring.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SettingsCheck;
import io.github.requests4j.spring.internal.session.RetryPolicies;
import io.github.requests4j.spring.internal.session.SessionBeanNames;

/**
 * Rejects settings of unknown clients and methods. This happens after all clients are
 * known, because a key under {@code requests.clients} may be a session that several
 * clients use.
 */
final class ClientKeyChecks implements SmartInitializingSingleton, SettingsCheck {

	private final ConfiguredSessions sessions;

	/** The methods of all clients that a key applies to. */
	private final Map<String, Set<String>> methods = new LinkedHashMap<>();

	private final BeanFactory beans;

	ClientKeyChecks(ConfiguredSessions sessions, BeanFactory beans) {
		this.sessions = sessions;
		this.beans = beans;
	}

	/** Records an interface under its own name and that of its session. */
	void add(Class<?> type, String client, String session) {
		Set<String> names = ClientChecks.methodNames(type);
		this.methods.computeIfAbsent(client, (key) -> new TreeSet<>()).addAll(names);
		this.methods.computeIfAbsent(session, (key) -> new TreeSet<>()).addAll(names);
	}

	@Override
	public void afterSingletonsInstantiated() {
		check();
	}

	@Override
	public void check() {
		this.sessions.clients().forEach((client, settings) -> {
			checkRetries(client, "", settings.maxRetries());
			settings.methods().forEach((method, own) -> checkRetries(client, method, own.maxRetries()));
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

	/**
	 * Rejects the name of a client that does not exist. A test or a condition may exclude
	 * an existing client.
	 */
	private void requireClient(String client) {
		Set<String> known = new TreeSet<>(this.sessions.names());
		this.beans.getBeanProvider(ClientNames.class).forEach((found) -> known.addAll(found.names()));
		if (!isNameOfAny(client, known) && !this.beans.containsBean(SessionBeanNames.of(client))) {
			// Groups of interfaces may not have been created yet
			this.beans.getBeanProvider(HttpServiceProxyRegistry.class).forEach(HttpServiceProxyRegistry::getGroupNames);
			known.addAll(this.methods.keySet());
			known.remove("");
			if (!isNameOfAny(client, known)) {
				throw this.sessions.clientMistake(client, "", "",
						"There is no client or session named '" + client + "'. The known names are " + known + ".",
						"Use the name of an interface with @RequestsClient, or of its session.");
			}
		}
	}

	private void requireMethod(String client, String method, Set<String> known) {
		if (!isNameOfAny(method, known)) {
			throw this.sessions.clientMistake(client, method, "",
					"The client '" + client + "' has no method '" + method + "'. Its methods are " + known + ".",
					"Use the name of the Java method.");
		}
	}

	private void checkRetries(String client, String method, AdapterProperties.@Nullable Retry retries) {
		RetryPolicies.of("max-retries", retries, null, new RetryPolicies.Checks() {
			@Override
			public <T> void set(String key, @Nullable T value, Consumer<T> setter) {
				try {
					if (value != null) {
						setter.accept(value);
					}
				}
				catch (IllegalArgumentException ex) {
					throw ClientKeyChecks.this.sessions.clientMistake(client, method, key, ex.getMessage() + ".",
							"Correct the value.");
				}
			}
		});
	}

	private static boolean isNameOfAny(String configured, Set<String> names) {
		return names.stream().anyMatch((name) -> ConfiguredSessions.isNameOf(configured, name));
	}

}
