package io.github.requests4j.spring.session;

import io.github.requests4j.http.Auth;

/**
 * Makes the auth for {@code auth.type: oauth2}. There is a bean of this type when Spring
 * Security's OAuth 2 client is set up; declare another one to fetch tokens in another
 * way. <pre class="code">
 * &#64;Bean
 * RegistrationAuths tokens(Vault vault) {
 *     return (registration) -&gt; new BearerAuth(() -&gt; vault.read(registration));
 * }
 * </pre>
 */
@FunctionalInterface
public interface RegistrationAuths {

	/**
	 * Makes the auth for a client registration.
	 * @param registrationId the id of the registration
	 * @return the auth, which asks for a token when a request needs one
	 * @throws IllegalArgumentException if there is no such registration, or it cannot be
	 * used; says so in a sentence, which stops the start
	 */
	Auth of(String registrationId);

}
