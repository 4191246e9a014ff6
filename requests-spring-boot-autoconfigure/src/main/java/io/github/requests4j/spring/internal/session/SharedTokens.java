package io.github.requests4j.spring.internal.session;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;

/**
 * Shares the tokens of client registrations with other replicas. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface SharedTokens {

	/**
	 * Returns the auth for a client registration whose tokens are shared.
	 * @param registrationId the id of the registration
	 * @param session the name of the session that sends the requests for tokens
	 * @return the auth, or {@code null} if the application has no access to Redis
	 * @throws IllegalArgumentException if the registration does not exist or cannot be
	 * used. The message is a full sentence.
	 */
	@Nullable Auth shared(String registrationId, String session);

}
