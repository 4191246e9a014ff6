package io.github.requests4j.spring.internal.session;

import io.github.requests4j.Session;

/**
 * Provides the sessions that send requests for tokens.
 */
@FunctionalInterface
public interface TokenSessions {

	/**
	 * Returns a session, which is created if this is its first use.
	 * @param name the name of a configured session, or one that
	 * {@link io.github.requests4j.spring.internal.config.SessionProperties.Auth#tokenSession}
	 * returned
	 * @return the session, which must not be closed
	 */
	Session get(String name);

}
