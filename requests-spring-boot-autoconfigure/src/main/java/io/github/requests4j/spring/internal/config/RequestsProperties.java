package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code requests} as it was written, before defaults are merged into
 * sessions.
 *
 * @param defaults Settings of every session unless it has its own.
 * @param sessions Sessions by name. Each is a bean "nameSession", qualified by its name.
 * @param clients Settings of interface clients, by the name of the interface or of its
 * session.
 * @see ConfiguredSessions
 */
@ConfigurationProperties("requests")
public record RequestsProperties(@NestedConfigurationProperty @DefaultValue SessionProperties defaults,
		@DefaultValue Map<String, SessionProperties> sessions, @DefaultValue Map<String, Client> clients) {

	/** The common beginning of all keys. */
	static final String PREFIX = "requests";

	/**
	 * Settings of an interface client.
	 *
	 * @param methods Settings by the name of the method.
	 */
	@ConfigurationPropertiesSource
	public record Client(@DefaultValue Map<String, Method> methods) {
	}

	/**
	 * Settings of one method of an interface client. What is left out is the session's.
	 *
	 * @param connectTimeout How long to wait for a connection, TLS and proxy included.
	 * @param readTimeout How long to wait for each piece of data.
	 * @param deadline How long the whole call may take: redirects, retries, pauses and
	 * body included.
	 * @param allowRedirects Whether redirects are followed.
	 * @param idempotencyKey Whether calls without an Idempotency-Key get a random one,
	 * whatever their HTTP method.
	 */
	@ConfigurationPropertiesSource
	public record Method(@Nullable Duration connectTimeout, @Nullable Duration readTimeout, @Nullable Duration deadline,
			@Nullable Boolean allowRedirects, SessionProperties.@Nullable IdempotencyKey idempotencyKey) {
	}

}
