package io.github.requests4j.spring.session;

import io.github.requests4j.http.Auth;

/**
 * Creates the auth for {@code auth.type: oauth2}. A bean of this type is auto-configured
 * with Spring Security's OAuth 2 client. Declare your own bean to obtain tokens in
 * another way. <pre class="code">
 * &#64;Bean
 * RegistrationAuths tokens(Vault vault) {
 *     return (registration) -&gt; new BearerAuth(() -&gt; vault.read(registration));
 * }
 * </pre>
 */
@FunctionalInterface
public interface RegistrationAuths {

	/**
	 * Returns the auth for a client registration.
	 * @param registrationId the id of the registration
	 * @return the auth, which obtains a token when a request needs one
	 * @throws IllegalArgumentException if the registration does not exist or cannot be
	 * used. The message is a full sentence, and the application does not start.
	 */
	Auth of(String registrationId);

	/**
	 * Returns the auth for a client registration. By default, this is
	 * {@link #of(String)}.
	 * @param registrationId the id of the registration
	 * @param session the name of the session that sends the requests for tokens
	 * ({@code auth.session}); it need not be configured
	 * @return the auth, which obtains a token when a request needs one
	 * @throws IllegalArgumentException if the registration does not exist or cannot be
	 * used. The message is a full sentence, and the application does not start.
	 */
	default Auth of(String registrationId, String session) {
		return of(registrationId);
	}

}
