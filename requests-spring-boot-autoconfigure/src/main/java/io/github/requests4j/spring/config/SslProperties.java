package io.github.requests4j.spring.config;

import org.jspecify.annotations.Nullable;

/**
 * TLS material of an SSL bundle.
 *
 * @param bundle Name of the SSL bundle, instead of verify by file and cert.
 */
public record SslProperties(@Nullable String bundle) {
}
