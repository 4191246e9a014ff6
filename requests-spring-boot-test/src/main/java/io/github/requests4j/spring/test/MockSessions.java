package io.github.requests4j.spring.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * The mocks that replace the network, one for each session of the application. This is a
 * bean in tests with {@link RequestsTest} or {@link AutoConfigureRequestsMock}, and is
 * verified and reset after each test method. Thread-safe.
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
	 * Returns the mock of a session.
	 * @param name the name of the session
	 * @return its mock
	 * @throws IllegalArgumentException if there is no such session
	 */
	public MockSession session(String name) {
		if (!this.configured.contains(name)) {
			throw new IllegalArgumentException("There is no session named '" + name + "'. The configured sessions are "
					+ this.configured.names() + ".");
		}
		return of(name);
	}

	/**
	 * Checks that the sessions made all expected calls and no others. This is done
	 * automatically after each test.
	 * @throws AssertionError if the check fails
	 */
	public void verify() {
		this.sessions.values().forEach(MockSession::verify);
	}

	/**
	 * Removes all expectations and calls.
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
