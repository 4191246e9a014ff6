/**
 * Tokens of Spring Security's OAuth 2 client for the requests of sessions.
 */
@NullMarked
package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.NullMarked;
