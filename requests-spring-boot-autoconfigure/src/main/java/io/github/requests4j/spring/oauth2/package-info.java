/**
 * Authenticates the requests of sessions with tokens of Spring Security's OAuth 2 client
 * ({@code auth.type: oauth2}).
 * <p>
 * May depend on {@code session}, whose
 * {@link io.github.requests4j.spring.session.RegistrationAuths} it implements. Start with
 * {@code TokenAuth}, which adds a token to a request, and {@code TokenSource}, which
 * provides it.
 */
@NullMarked
package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.NullMarked;
