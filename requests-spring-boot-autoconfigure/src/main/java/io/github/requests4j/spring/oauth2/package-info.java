/**
 * Tokens of Spring Security's OAuth 2 client for the requests of sessions
 * ({@code auth.type: oauth2}).
 * <p>
 * May depend on {@code session}, whose
 * {@link io.github.requests4j.spring.session.RegistrationAuths} it implements. Begin with
 * {@code TokenAuth}, which puts a token into a request, and {@code TokenSource}, which
 * has one.
 */
@NullMarked
package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.NullMarked;
