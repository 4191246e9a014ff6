/**
 * The ways to authenticate a request: Basic, Digest, bearer tokens, and Basic for a
 * proxy.
 * <p>
 * May depend on {@code http} and {@code cookies}, and on nothing above. Each scheme is an
 * {@link io.github.requests4j.http.Auth}, which is also where a scheme of your own
 * begins: {@link io.github.requests4j.auth.HttpBasicAuth} is the short example,
 * {@link io.github.requests4j.auth.HttpDigestAuth} the one with challenges.
 */
@NullMarked
package io.github.requests4j.auth;

import org.jspecify.annotations.NullMarked;
