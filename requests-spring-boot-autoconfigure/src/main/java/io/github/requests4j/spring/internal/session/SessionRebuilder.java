package io.github.requests4j.spring.internal.session;

import io.github.requests4j.Session;

/**
 * Builds existing sessions again.
 */
@FunctionalInterface
public interface SessionRebuilder {

	/**
	 * Builds a session with the settings that the current thread sees. It shares the
	 * transports whose settings did not change with the existing session.
	 * @param name the name of an existing session
	 * @return the session, which replaces the existing one and must not be called itself
	 */
	Session rebuild(String name);

}
