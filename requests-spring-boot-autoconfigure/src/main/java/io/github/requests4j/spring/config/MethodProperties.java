package io.github.requests4j.spring.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;

/**
 * Settings of one method of an interface client. What is left out is the session's.
 *
 * @param connectTimeout How long to wait for a connection, TLS and proxy included.
 * @param readTimeout How long to wait for each piece of data.
 * @param deadline How long the whole call may take: redirects, retries, pauses and body
 * included.
 * @param allowRedirects Whether redirects are followed.
 */
@ConfigurationPropertiesSource
public record MethodProperties(@Nullable Duration connectTimeout, @Nullable Duration readTimeout,
		@Nullable Duration deadline, @Nullable Boolean allowRedirects) {
}
