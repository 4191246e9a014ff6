package io.github.requests4j.spring.internal.session;

import io.github.requests4j.http.Auth;

/**
 * An auth whose credentials are those of the user on whose behalf a call is made. Calls
 * of a session with such an auth must not share cookies.
 */
@FunctionalInterface
public interface CallerAuth extends Auth {

}
