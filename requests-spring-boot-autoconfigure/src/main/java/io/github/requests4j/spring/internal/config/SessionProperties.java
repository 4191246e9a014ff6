package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one session. {@code toString} omits headers, parameters and proxies, which
 * may contain secrets.
 *
 * @param baseUrls URL that relative URLs are joined to. The auth, headers and params of
 * the session are then only sent to its origin. Several URLs are instances of the same
 * service, over which requests are balanced.
 * @param primary Whether this session is injected where no name is specified. At most one
 * session can be primary.
 * @param restClient Whether to create a RestClient bean that calls through this session,
 * such as githubRestClient for the session github.
 * @param auth Authentication of requests.
 * @param trustedOrigins Origins that receive the auth, headers and params of the session
 * in addition to that of the base URL.
 * @param deadline How long a whole call may take, including redirects, retries, delays
 * and the body. Set inherit for the time that is left of the request being served. No
 * limit by default.
 * @param connectTimeout How long to wait for a connection, including TLS and the proxy.
 * @param readTimeout How long to wait for each piece of data. It does not limit the whole
 * call, unlike deadline.
 * @param headers Headers of every request. An empty value removes an inherited header.
 * @param params Query parameters of every request. An empty value removes an inherited
 * parameter. A list repeats the name.
 * @param proxies Proxies by scheme, "[scheme://host]" or "all". An empty value means no
 * proxy.
 * @param noProxy Hosts, domains, addresses and networks that are reached without a proxy.
 * @param verify How server certificates are verified: true (the default), false, or a PEM
 * file or directory of CA certificates (a path, "file:" or "classpath:").
 * @param cert Client certificate: a PEM file, or the keys of certificate and private key.
 * @param ssl TLS material of an SSL bundle, used instead of cert and a path in verify.
 * @param maxRedirects Maximum number of redirects that are followed.
 * @param allowRedirects Whether redirects are followed. By default, all methods except
 * HEAD follow them.
 * @param redirect How secrets are handled on redirects.
 * @param stream Whether response bodies are streamed, so that the caller must read or
 * close each response. Otherwise, they are read before the call returns.
 * @param trustEnv Whether the proxies, CA bundles and netrc file of the environment are
 * used.
 * @param cookies How the cookies that servers set are kept.
 * @param idempotencyKey Whether POST and PATCH requests without an Idempotency-Key header
 * get a random one. Retries and redirects of a call send the same key, and the call is
 * retried like one with an idempotent method.
 * @param compress How request bodies are compressed.
 * @param adapter Transport settings for http and https.
 * @param adapters Transport settings for additional URL prefixes, such as
 * "[https://files.example.com/]".
 * @param cache How responses are kept and used again, as their servers allow. Nothing is
 * kept unless a key is set.
 * @param hedge When a second attempt of a late request is sent. There are no hedges
 * unless a key is set.
 * @param retryBudget Maximum number of retries as a percentage of the requests of the
 * session, plus ten. Retries of transports, Resilience4j and the load balancer count
 * together with hedges. Set off or false for no limit.
 * @param rate Rate limit of the requests of the session, such as 100/s. Off or false for
 * none.
 * @param concurrency Maximum number of requests of the session that are in progress at
 * the same time: a number, or adaptive. Off or false for no limit.
 * @param limits Limits on the size of responses.
 * @param egress Rules for the hosts that requests may be sent to.
 * @param resilience Resilience4j instances that calls pass through.
 * @param logging What is logged for each exchange.
 */
@ConfigurationPropertiesSource
public record SessionProperties(@Name("base-url") @DefaultValue List<String> baseUrls,
		@DefaultValue("false") Boolean primary, @DefaultValue("false") Boolean restClient,
		@NestedConfigurationProperty @Nullable Auth auth, @DefaultValue List<String> trustedOrigins,
		@Nullable CallDeadline deadline, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration readTimeout, @DefaultValue Map<String, String> headers,
		@DefaultValue Map<String, Object> params, @DefaultValue Map<String, String> proxies,
		@DefaultValue List<String> noProxy, @Nullable String verify, @NestedConfigurationProperty @Nullable Cert cert,
		@NestedConfigurationProperty @Nullable Ssl ssl, @DefaultValue("30") Integer maxRedirects,
		@Nullable Boolean allowRedirects, @NestedConfigurationProperty @DefaultValue Redirect redirect,
		@DefaultValue("false") Boolean stream, @DefaultValue("false") Boolean trustEnv,
		@NestedConfigurationProperty @DefaultValue Cookies cookies, @DefaultValue("none") IdempotencyKey idempotencyKey,
		@NestedConfigurationProperty @DefaultValue Compress compress,
		@NestedConfigurationProperty @DefaultValue AdapterProperties adapter,
		@DefaultValue Map<String, AdapterProperties> adapters, @NestedConfigurationProperty @Nullable Cache cache,
		@NestedConfigurationProperty @Nullable Hedge hedge, @DefaultValue("20%") String retryBudget,
		@NestedConfigurationProperty @Nullable Rate rate,
		@NestedConfigurationProperty @Nullable Concurrency concurrency,
		@NestedConfigurationProperty @DefaultValue Limits limits,
		@NestedConfigurationProperty @DefaultValue Egress egress,
		@NestedConfigurationProperty @DefaultValue Resilience resilience,
		@NestedConfigurationProperty @DefaultValue Logging logging) {

	private static final Set<String> OFF = Set.of("false", "off");

	/**
	 * Keeps only the first of the headers whose names differ only in case, which is that
	 * of the session.
	 */
	public SessionProperties {
		Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		Map<String, String> first = new LinkedHashMap<>();
		headers.forEach((name, value) -> {
			if (known.add(name)) {
				first.put(name, value);
			}
		});
		headers = first;
	}

	/**
	 * Returns the URL that the requests of the session are prepared for.
	 * @return the only or the first base URL, or {@code null} if there is none
	 */
	public @Nullable String baseUrl() {
		return this.baseUrls.isEmpty() ? null : this.baseUrls.get(0);
	}

	/**
	 * Returns whether requests are balanced over several instances.
	 * @return {@code true} for several base URLs, and for one that names a service
	 */
	public boolean isBalanced() {
		return this.baseUrls.size() > 1 || String.valueOf(baseUrl()).regionMatches(true, 0, "lb://", 0, 5);
	}

	/**
	 * Returns whether a value switches a setting off.
	 * @param value the value
	 * @return {@code true} for {@code off} and {@code false}, in any case
	 */
	public static boolean isOff(String value) {
		return OFF.contains(value.toLowerCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return "SessionProperties[auth=" + this.auth + ", verify=" + this.verify + ", cookies=" + this.cookies + "]";
	}

	/**
	 * Authentication of the requests of a session. {@code toString} never shows a secret.
	 *
	 * @param type Type of authentication. Derived from the other keys if it is not set.
	 * @param username User name, for basic and digest.
	 * @param password Password, for basic and digest.
	 * @param token Token, for bearer.
	 * @param registrationId Id of a client registration of Spring Security, for oauth2.
	 * @param session Name of the session that sends the requests for tokens, for oauth2.
	 * By default, its name is the id of the registration followed by "-tokens", and it
	 * does not have to be configured.
	 * @param store Where tokens are kept, for oauth2: memory, or redis to share them with
	 * other replicas.
	 * @param bean Name of a bean of type Auth, for bean.
	 */
	public record Auth(@Nullable Scheme type, @Nullable String username, @Nullable String password,
			@Nullable String token, @Nullable String registrationId, @Nullable String session,
			@DefaultValue("memory") Store store, @Nullable String bean) {

		/**
		 * Returns the session that sends the requests for tokens.
		 * @return the name of a session, which may not be configured; {@code null} if the
		 * tokens of no registration are used
		 */
		public @Nullable String tokenSession() {
			if (this.registrationId == null || this.registrationId.isEmpty()) {
				return null;
			}
			return isSessionSet() ? this.session : this.registrationId + "-tokens";
		}

		/**
		 * Returns whether the configuration names the session for tokens.
		 * @return {@code true} if it must be configured
		 */
		public boolean isSessionSet() {
			return this.session != null && !this.session.isEmpty();
		}

		@Override
		public String toString() {
			return "Auth[type=" + this.type + "]";
		}

		/**
		 * The types of authentication.
		 */
		public enum Scheme {

			/** User name and password in each request (RFC 7617). */
			BASIC,

			/**
			 * User name and password in response to a challenge of the server (RFC 7616).
			 */
			DIGEST,

			/** A fixed token (RFC 6750). */
			BEARER,

			/** A token that Spring Security fetches and renews. */
			OAUTH2,

			/** The bearer token of the caller, which is passed on. */
			RELAY,

			/** A bean of the application. */
			BEAN

		}

	}

	/**
	 * The client certificate. A plain value is short for {@code certificate}.
	 * {@code toString} never shows the password.
	 *
	 * @param certificate PEM file of the certificate chain, leaf first. It may also
	 * contain the private key. A path, "file:" or "classpath:".
	 * @param privateKey PEM file of the private key, if it is in a separate file. A path,
	 * "file:" or "classpath:".
	 * @param password Password of an encrypted private key.
	 */
	public record Cert(@Nullable String certificate, @Nullable String privateKey, @Nullable String password) {

		@Override
		public String toString() {
			return "Cert[certificate=" + this.certificate + ", privateKey=" + this.privateKey + "]";
		}

	}

	/**
	 * TLS material of an SSL bundle.
	 *
	 * @param bundle Name of the SSL bundle, used instead of cert and a path in verify.
	 */
	public record Ssl(@Nullable String bundle) {
	}

	/**
	 * How secrets are handled on redirects.
	 *
	 * @param stripHeaders Names of additional headers that are dropped when a redirect
	 * leaves the origin.
	 * @param strict Whether credentials are dropped even on a redirect from http to https
	 * on the same host.
	 */
	public record Redirect(@DefaultValue List<String> stripHeaders, @DefaultValue("false") Boolean strict) {
	}

	/**
	 * How the cookies that servers set are kept. A plain value is short for
	 * {@code scope}.
	 *
	 * @param scope Which calls share the cookies that servers set.
	 * @param store Where the cookies of the session are kept: memory, or redis to share
	 * them with other replicas. The scope must be session.
	 */
	public record Cookies(@DefaultValue("session") Scope scope, @DefaultValue("memory") Store store) {

		/**
		 * Which calls share the cookies that servers set.
		 */
		public enum Scope {

			/**
			 * All calls with the session's own credentials. A call with other credentials
			 * gets a separate cookie jar.
			 */
			SESSION,

			/**
			 * Each call starts without cookies, and only its own redirects share them.
			 */
			CALL,

			/** Cookies are neither stored nor sent. */
			NONE

		}

	}

	/**
	 * Which calls get an Idempotency-Key.
	 */
	public enum IdempotencyKey {

		/** Each call gets a random key of its own, unless the caller sets one. */
		AUTO,

		/** Only calls whose caller sets a key have one. */
		NONE

	}

	/**
	 * How bodies of requests are compressed.
	 *
	 * @param coding Coding of request bodies. The server must support it.
	 * @param minSize Minimum length of a body that is compressed. Bodies of unknown
	 * length are always compressed.
	 */
	public record Compress(@DefaultValue("none") Coding coding, @DefaultValue("2KB") DataSize minSize) {

		/**
		 * The codings.
		 */
		public enum Coding {

			/** Bodies are sent as they are. */
			NONE,

			/** RFC 1952. */
			GZIP

		}

	}

	/**
	 * How responses are kept and used again (RFC 9111).
	 *
	 * @param size Maximum size of the cache if the store is memory; 0 or false for no
	 * cache, even if one is inherited. Bodies that are larger than an eighth of it are
	 * not kept in any store.
	 * @param store Where responses are kept: memory, redis (shared with other replicas),
	 * or the name of a bean of type CacheStore.
	 * @param localSize Maximum size of the memory in which each replica also keeps
	 * responses if the store is redis, so that frequent responses need no round trip; 0
	 * for none.
	 * @param heuristic Whether a response without a lifetime is fresh for a tenth of the
	 * time since it was last modified, but at most for a day.
	 * @param staleIfError How long a stale response replaces an error, unless the server
	 * specifies "stale-if-error".
	 * @param staleWhileRevalidate How long a stale response is used while it is refreshed
	 * in the background, unless the server specifies "stale-while-revalidate".
	 * @param collapse Whether a request waits for an equal one that is in progress, and
	 * uses its response.
	 * @param keyHeaders Names of request headers whose values are part of the cache key,
	 * even if the server does not list them in Vary.
	 */
	public record Cache(@DefaultValue("64MB") DataSize size, @DefaultValue("memory") String store,
			@DefaultValue("8MB") DataSize localSize, @DefaultValue("false") Boolean heuristic,
			@DefaultValue("0s") Duration staleIfError, @DefaultValue("0s") Duration staleWhileRevalidate,
			@DefaultValue("false") Boolean collapse, @DefaultValue List<String> keyHeaders) {
	}

	/**
	 * When a second attempt, a hedge, of a late request is sent. The first good response
	 * is used. Only requests that are safe to repeat are hedged, within the retry budget.
	 *
	 * @param after How long an attempt may take before a hedge is sent: a duration, or a
	 * percentile of the latest response times of the server, such as p95. Off or false
	 * for no hedges, even if they are inherited.
	 * @param max Maximum number of hedges for one request. Each one is sent after a
	 * further delay.
	 */
	public record Hedge(@DefaultValue("p95") String after, @DefaultValue("1") Integer max) {

		/**
		 * Returns whether hedges are sent.
		 * @return {@code false} if they are switched off
		 */
		public boolean isEnabled() {
			return !isOff(this.after);
		}

	}

	/**
	 * The rate limit of a session, and how it reacts to Retry-After. A plain value is
	 * short for {@code limit}.
	 *
	 * @param limit Maximum number of requests per second, minute, hour or day, such as
	 * 100/s. Retries and redirects count too. Off or false disables an inherited limit.
	 * Without it, only Retry-After is respected.
	 * @param burst Maximum number of requests that can be sent at once after a pause. The
	 * default is a tenth of the limit, but at least 1.
	 * @param maxWait How long a request waits for a permit of the limit, or for the end
	 * of a pause that the server asked for. One that would wait longer is rejected
	 * immediately.
	 * @param retryAfterMax Maximum time for which requests to an origin are held back
	 * after it has responded with status 429 or 503 and Retry-After. 0s to hold back
	 * none.
	 * @param store Where permits are counted: memory, or redis to share the limit and the
	 * pauses of Retry-After with other replicas.
	 * @param replicas Number of replicas that share the limit in Redis. While Redis is
	 * unavailable, each one uses its share.
	 * @param whenUnavailable What a replica does while Redis is unavailable: share to use
	 * its share of the limit, or fail to reject requests.
	 */
	public record Rate(@Nullable String limit, @Nullable Integer burst,
			@Name("wait") @DefaultValue("500ms") Duration maxWait, @DefaultValue("5m") Duration retryAfterMax,
			@DefaultValue("memory") Store store, @Nullable Integer replicas,
			@DefaultValue("share") WhenUnavailable whenUnavailable) {

		/**
		 * What a replica does while Redis is unavailable.
		 */
		public enum WhenUnavailable {

			/** It sends its share of the limit. */
			SHARE,

			/** It rejects requests. */
			FAIL

		}

	}

	/**
	 * Limits how many requests are in progress at the same time. A plain value is short
	 * for {@code limit}.
	 *
	 * @param limit Maximum number of requests that are in progress, or adaptive for a
	 * limit that follows the latency of the service. Off or false disables an inherited
	 * limit.
	 * @param maxWait How long a request waits if the limit is reached, before it is
	 * rejected. By default, it does not wait.
	 */
	public record Concurrency(@DefaultValue("off") String limit, @Name("wait") @DefaultValue("0s") Duration maxWait) {
	}

	/**
	 * Limits on the size of responses.
	 *
	 * @param maxHeaderBytes Maximum total size of the header lines of a response, and of
	 * a single line.
	 * @param maxBody Maximum size of a body before decoding, or -1 for no limit.
	 * @param maxDecoded Maximum size of a body after decoding, or -1 for no limit.
	 * @param maxDecodeRatio Maximum ratio of the size of the decoded body to that of the
	 * encoded one, or -1 for no limit.
	 * @param maxLine Maximum number of bytes in one line of a streamed response, or of
	 * characters in one line of text, or -1 for no limit.
	 * @param maxEvent Maximum number of characters in one server-sent event, and of bytes
	 * in one element of a streamed JSON array, or -1 for no limit.
	 */
	public record Limits(@DefaultValue("256KB") DataSize maxHeaderBytes, @DefaultValue("-1") DataSize maxBody,
			@DefaultValue("-1") DataSize maxDecoded, @DefaultValue("-1") Long maxDecodeRatio,
			@DefaultValue("16MB") DataSize maxLine, @DefaultValue("16MB") DataSize maxEvent) {
	}

	/**
	 * Rules for the hosts that requests may be sent to, which protect against server-side
	 * request forgery (SSRF). Entries are hosts, "*.example.com" for all names under a
	 * domain, addresses, or networks.
	 *
	 * @param allow Hosts that are allowed even if private addresses or all hosts are
	 * denied, such as "10.1.2.0/24".
	 * @param deny Hosts that are denied even if they are allowed. "*" denies all hosts
	 * that are not allowed.
	 * @param denyPrivate Whether loopback, private, link-local and other non-public
	 * addresses are denied.
	 */
	public record Egress(@DefaultValue("false") Boolean denyPrivate, @DefaultValue List<String> allow,
			@DefaultValue List<String> deny) {
	}

	/**
	 * Names of Resilience4j instances that calls of a session pass through, in the order
	 * retry, circuit breaker, rate limiter, bulkhead. An empty name, which {@code false}
	 * and {@code off} become, means none, even if one is inherited.
	 *
	 * @param circuitBreaker Name of the Resilience4j circuit breaker. Off or false for
	 * none.
	 * @param rateLimiter Name of the Resilience4j rate limiter. Off or false for none.
	 * @param bulkhead Name of the Resilience4j bulkhead. Off or false for none.
	 * @param retry Name of the Resilience4j retry. Off or false for none.
	 */
	public record Resilience(@Nullable String circuitBreaker, @Nullable String rateLimiter, @Nullable String bulkhead,
			@Nullable String retry) {

		/** No instance and nothing that removes one. */
		public static final Resilience NONE = new Resilience(null, null, null, null);

		/**
		 * Replaces words that remove an instance with empty names.
		 */
		public Resilience {
			circuitBreaker = name(circuitBreaker);
			rateLimiter = name(rateLimiter);
			bulkhead = name(bulkhead);
			retry = name(retry);
		}

		private static @Nullable String name(@Nullable String written) {
			return (written != null && isOff(written)) ? "" : written;
		}

		/**
		 * Returns these instances with another retry.
		 * @param retry the name, empty for none, or {@code null} for that of the level
		 * above
		 * @return the names
		 */
		public Resilience withRetry(@Nullable String retry) {
			return new Resilience(this.circuitBreaker, this.rateLimiter, this.bulkhead, retry);
		}

		/**
		 * Returns the names by their keys.
		 * @return the names; those that are not set are {@code null}
		 */
		public Map<String, @Nullable String> byKey() {
			Map<String, @Nullable String> names = new LinkedHashMap<>();
			names.put("retry", this.retry);
			names.put("circuit-breaker", this.circuitBreaker);
			names.put("rate-limiter", this.rateLimiter);
			names.put("bulkhead", this.bulkhead);
			return names;
		}

	}

	/**
	 * What the loggers io.github.requests4j.wire.SESSION log for each exchange at level
	 * INFO.
	 *
	 * @param level How much is logged for each exchange.
	 * @param format How exchanges are logged: as text, or as fields for structured logs
	 * with a short message.
	 * @param maskedHeaders Names of additional headers whose values are masked.
	 * @param shownHeaders Names of headers whose values are shown even if the
	 * configuration sets them or their names sound like secrets. Authorization,
	 * Proxy-Authorization, Cookie and Set-Cookie are always masked.
	 */
	public record Logging(@DefaultValue("none") Level level, @DefaultValue("text") Format format,
			@DefaultValue List<String> maskedHeaders, @DefaultValue List<String> shownHeaders) {

		/**
		 * How much is logged.
		 */
		public enum Level {

			/** Nothing. */
			NONE,

			/** Method, URL without query, status and time. */
			BASIC,

			/** Also the headers, with secret ones masked. */
			HEADERS,

			/** Also the beginning of bodies, unless they are streamed. */
			BODY

		}

		/**
		 * How exchanges are logged.
		 */
		public enum Format {

			/** Everything is part of the message. */
			TEXT,

			/** Pairs of keys and values, such as http.response.status_code. */
			FIELDS

		}

	}

	/**
	 * Where something is kept that the calls of a session share.
	 */
	public enum Store {

		/** In this process. Each replica has its own. */
		MEMORY,

		/** In Redis. All replicas share it. */
		REDIS

	}

}
