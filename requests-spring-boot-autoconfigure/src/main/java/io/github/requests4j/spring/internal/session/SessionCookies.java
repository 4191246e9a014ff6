package io.github.requests4j.spring.internal.session;

import io.github.requests4j.cookies.CookieMirror;

/**
 * Shares the cookies of sessions with other replicas. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SessionCookies {

	/**
	 * Returns a mirror that synchronizes the jar of a session with the shared cookies.
	 * @param session the name of the session
	 * @return a new mirror, for one jar
	 */
	CookieMirror mirror(String session);

}
