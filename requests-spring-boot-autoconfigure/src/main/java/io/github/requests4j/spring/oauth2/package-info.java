/**
 * Authenticates the requests of sessions with tokens of Spring Security's OAuth 2 client
 * ({@code auth.type: oauth2}), or with the token of the caller
 * ({@code auth.type: relay}).
 * <p>
 * May depend on {@code internal}, {@code restclient}, through which it requests tokens,
 * and {@code session}, whose
 * {@link io.github.requests4j.spring.session.RegistrationAuths} it implements. Start with
 * {@code TokenAuth}, which adds a token to a request, {@code TokenSource}, which provides
 * it, and {@code Grants}, which fetches it.
 */
@NullMarked
package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.NullMarked;
