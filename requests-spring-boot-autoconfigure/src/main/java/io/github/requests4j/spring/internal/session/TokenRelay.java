package io.github.requests4j.spring.internal.session;

/**
 * Creates the auth for {@code auth.type: relay}.
 */
@FunctionalInterface
public interface TokenRelay {

	/**
	 * Returns an auth that passes on the token of the caller.
	 * @param session the name of the session, for messages
	 * @return the auth
	 */
	CallerAuth of(String session);

}
