/**
 * Authentication schemes: Basic, Digest, bearer tokens, and Basic for a proxy.
 * <p>
 * May only depend on {@code http} and {@code cookies}. Each scheme implements
 * {@link io.github.requests4j.http.Auth}, as custom schemes do.
 * {@link io.github.requests4j.auth.HttpBasicAuth} is a short example,
 * {@link io.github.requests4j.auth.HttpDigestAuth} one with challenges.
 */
@NullMarked
package io.github.requests4j.auth;

import org.jspecify.annotations.NullMarked;
