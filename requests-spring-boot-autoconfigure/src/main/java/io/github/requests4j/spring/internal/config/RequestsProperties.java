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
 * @param redis How sessions use Redis for what they share with other replicas.
 * @param observation What metrics and traces record of exchanges.
 * @see ConfiguredSessions
 */
@ConfigurationProperties("requests")
public record RequestsProperties(@NestedConfigurationProperty @DefaultValue SessionProperties defaults,
		@DefaultValue Map<String, SessionProperties> sessions, @DefaultValue Map<String, Client> clients,
		@NestedConfigurationProperty @DefaultValue Redis redis,
		@NestedConfigurationProperty @DefaultValue Observation observation) {

	/** The prefix of all keys. */
	static final String PREFIX = "requests";

	/**
	 * How sessions use the Redis server of the application, which Spring Boot's own keys
	 * configure. {@code toString} never shows the key.
	 *
	 * @param timeout How long a call waits for Redis before it continues without it.
	 * @param prefix First part of all keys in Redis. The default is "requests:" followed
	 * by spring.application.name.
	 * @param encryptionKey Key that encrypts all stored values, 32 bytes in Base64. Older
	 * keys, which only decrypt, may follow after commas. By default, values are not
	 * encrypted.
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
	 * What metrics and traces record of exchanges.
	 *
	 * @param conventions Names of metrics, tags and spans: spring for those of Spring's
	 * own clients, otel for the semantic conventions of OpenTelemetry.
	 * @param phases Whether the phases of exchanges, such as the TLS handshake, have
	 * timers and become events of spans, and whether whole exchanges are timed to the end
	 * of the body.
	 */
	@ConfigurationPropertiesSource
	public record Observation(@DefaultValue("spring") Conventions conventions, @DefaultValue("false") boolean phases) {
	}

	/** Where the names of metrics, tags and spans come from. */
	public enum Conventions {

		/** Spring's own clients. */
		SPRING,

		/** The semantic conventions of OpenTelemetry for HTTP. */
		OTEL

	}

	/**
	 * Settings of an interface client. Those of a method override them, and a setting
	 * that is not set is that of the session.
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
	 * @param cache Whether the cache of the session may answer calls and store their
	 * responses.
	 * @param maxRetries Number of retries of the transport, or the keys of a retry
	 * policy.
	 * @param resilience Resilience4j instances that calls pass through. False or an empty
	 * name removes an inherited one.
	 * @param methods Settings of methods by name.
	 */
	@ConfigurationPropertiesSource
	public record Client(@Nullable Duration connectTimeout, @Nullable Duration readTimeout,
			@Nullable CallDeadline deadline, @Nullable Boolean allowRedirects,
			SessionProperties.@Nullable IdempotencyKey idempotencyKey, @Nullable Boolean cache,
			@NestedConfigurationProperty AdapterProperties.@Nullable Retry maxRetries,
			@NestedConfigurationProperty SessionProperties.@Nullable Resilience resilience,
			@DefaultValue Map<String, Method> methods) {

		/**
		 * Returns the settings that all methods inherit.
		 * @return the settings
		 */
		public Method common() {
			return new Method(this.connectTimeout, this.readTimeout, this.deadline, this.allowRedirects,
					this.idempotencyKey, this.cache, this.maxRetries, this.resilience);
		}

	}

	/**
	 * Settings of one method of an interface client. A setting that is not set is that of
	 * the client, or otherwise of the session.
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
	 * @param cache Whether the cache of the session may answer calls and store their
	 * responses.
	 * @param maxRetries Number of retries of the transport, or the keys of a retry
	 * policy.
	 * @param resilience Resilience4j instances that calls pass through. False or an empty
	 * name removes an inherited one.
	 */
	@ConfigurationPropertiesSource
	public record Method(@Nullable Duration connectTimeout, @Nullable Duration readTimeout,
			@Nullable CallDeadline deadline, @Nullable Boolean allowRedirects,
			SessionProperties.@Nullable IdempotencyKey idempotencyKey, @Nullable Boolean cache,
			@NestedConfigurationProperty AdapterProperties.@Nullable Retry maxRetries,
			@NestedConfigurationProperty SessionProperties.@Nullable Resilience resilience) {
	}

}
