package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code requests} as they are written, before the defaults are
 * merged into the sessions.
 *
 * @param defaults Settings of every session that does not override them.
 * @param sessions Sessions by name. Each becomes a bean "nameSession" that is qualified
 * by its name.
 * @param clients Settings of interface clients by the name of the interface or its
 * session.
 * @param redis How sessions keep what they share with other replicas in Redis.
 * @see ConfiguredSessions
 */
@ConfigurationProperties("requests")
public record RequestsProperties(@NestedConfigurationProperty @DefaultValue SessionProperties defaults,
		@DefaultValue Map<String, SessionProperties> sessions, @DefaultValue Map<String, Client> clients,
		@NestedConfigurationProperty @DefaultValue Redis redis) {

	/** The prefix of all keys. */
	static final String PREFIX = "requests";

	/**
	 * Settings of an interface client.
	 *
	 * @param methods Settings of methods by name.
	 */
	@ConfigurationPropertiesSource
	public record Client(@DefaultValue Map<String, Method> methods) {
	}

	/**
	 * How sessions use the Redis server of the application, which Spring Boot's own keys
	 * configure. {@code toString} never shows the key.
	 *
	 * @param timeout How long a call waits for Redis before it goes on without it.
	 * @param prefix First part of all keys in Redis. "requests:" and the name of the
	 * application by default.
	 * @param encryptionKey Key that encrypts what is stored, 32 bytes in Base64. Older
	 * keys may follow after commas; they only decrypt.
	 */
	@ConfigurationPropertiesSource
	public record Redis(@DefaultValue("250ms") Duration timeout, @Nullable String prefix,
			@Nullable String encryptionKey) {

		@Override
		public String toString() {
			return "Redis[timeout=" + this.timeout + ", prefix=" + this.prefix + "]";
		}

	}

	/**
	 * Settings of one method of an interface client. A setting that is not set is that of
	 * the session.
	 *
	 * @param connectTimeout How long to wait for a connection, including TLS and the
	 * proxy.
	 * @param readTimeout How long to wait for each piece of data.
	 * @param deadline How long the whole call may take, including redirects, retries,
	 * delays and the body. Set inherit for the time that is left of the request being
	 * served.
	 * @param allowRedirects Whether redirects are followed.
	 * @param idempotencyKey Whether calls without an Idempotency-Key get a random one,
	 * whatever their HTTP method.
	 */
	@ConfigurationPropertiesSource
	public record Method(@Nullable Duration connectTimeout, @Nullable Duration readTimeout,
			@Nullable CallDeadline deadline, @Nullable Boolean allowRedirects,
			SessionProperties.@Nullable IdempotencyKey idempotencyKey) {
	}

}
