package io.github.requests4j.spring.test;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * The mocks between the sessions of the application and the network, one for each
 * session. A bean of tests with {@link RequestsTest} or
 * {@link AutoConfigureRequestsMock}; verified and emptied after each test method. Safe
 * for many threads.
 */
public final class MockSessions {

	private final ConfiguredSessions configured;

	private final Supplier<JsonMapper> mapper;

	private final Map<String, MockSession> sessions = new ConcurrentHashMap<>();

	MockSessions(ConfiguredSessions configured, Supplier<JsonMapper> mapper) {
		this.configured = configured;
		this.mapper = mapper;
	}

	/**
	 * The mock of a session.
	 * @param name the name of the session
	 * @return its mock
	 * @throws IllegalArgumentException if there is no such session
	 */
	public MockSession session(String name) {
		Set<String> names = this.configured.names();
		if (!names.contains(name) && !name.equals(ConfiguredSessions.DEFAULT_NAME)) {
			throw new IllegalArgumentException("There is no session '" + name + "', only " + names);
		}
		return of(name);
	}

	/**
	 * Fails if any session made a call that was not expected, or did not make one that
	 * was. Done after each test by itself.
	 * @throws AssertionError if that is so
	 */
	public void verify() {
		this.sessions.values().forEach(MockSession::verify);
	}

	/**
	 * Forgets all expectations and calls.
	 */
	public void reset() {
		this.sessions.values().forEach(MockSession::reset);
	}

	MockSession of(String name) {
		return this.sessions.computeIfAbsent(name, (key) -> {
			String base = this.configured.get(key).baseUrl();
			return new MockSession(key, (base != null) ? base : "", this.mapper);
		});
	}

}
