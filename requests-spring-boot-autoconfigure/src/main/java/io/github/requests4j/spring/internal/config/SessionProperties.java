package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one session. Never shows headers, parameters or proxies, which may hold
 * secrets.
 *
 * @param baseUrl URL that relative URLs are joined to. Auth, headers and params of the
 * session then go to its origin only.
 * @param primary Whether this session is injected where no name is given.
 * @param restClient Whether there is a RestClient bean that calls through this session,
 * such as githubRestClient for the session github.
 * @param auth How requests prove who they come from.
 * @param trustedOrigins Origins that get the session's auth, headers and params beside
 * that of the base URL.
 * @param deadline How long a whole call may take: redirects, retries, pauses and body
 * included.
 * @param connectTimeout How long to wait for a connection, TLS and proxy included.
 * @param readTimeout How long to wait for each piece of data.
 * @param headers Headers of every request. An empty value removes an inherited one.
 * @param params Query parameters of every request. An empty value removes an inherited
 * one, a list repeats the name.
 * @param proxies Proxies by scheme, "[scheme://host]" or "all". An empty value means no
 * proxy.
 * @param noProxy Hosts, domains, addresses and networks that are reached without the
 * proxies.
 * @param verify How certificates of servers are checked: true (the default), false, or a
 * PEM file or folder of authorities (a path, "file:" or "classpath:").
 * @param cert Certificate of this client: a PEM file, or certificate and key.
 * @param ssl TLS material of an SSL bundle, instead of verify by file and cert.
 * @param maxRedirects How many redirects are followed.
 * @param allowRedirects Whether redirects are followed. Left out, HEAD does not follow
 * them and all others do.
 * @param redirect What happens to secrets on redirects.
 * @param stream Whether bodies are left unread for the caller.
 * @param trustEnv Whether proxies, CA bundles and netrc of the environment count.
 * @param cookies Who shares the cookies that servers set.
 * @param adapter Transport for http and https.
 * @param adapters Transports for further prefixes, such as
 * "[https://files.example.com/]".
 * @param cache How responses are kept and used again, as their servers allow. Without
 * keys nothing is.
 * @param retryBudget Most retries as a percentage of the requests of the session, plus
 * ten. Retries of transports, of Resilience4j and of the load balancer count together;
 * off or false for no limit.
 * @param limits How much of a response is accepted.
 * @param egress Where requests may go.
 * @param resilience Resilience4j instances that calls pass through.
 * @param logging What is logged of each exchange.
 */
@ConfigurationPropertiesSource
public record SessionProperties(@Nullable String baseUrl, @DefaultValue("false") Boolean primary,
		@DefaultValue("false") Boolean restClient, @NestedConfigurationProperty @Nullable Auth auth,
		@DefaultValue List<String> trustedOrigins, @Nullable Duration deadline,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("10s") Duration readTimeout,
		@DefaultValue Map<String, String> headers, @DefaultValue Map<String, Object> params,
		@DefaultValue Map<String, String> proxies, @DefaultValue List<String> noProxy, @Nullable String verify,
		@NestedConfigurationProperty @Nullable Cert cert, @NestedConfigurationProperty @Nullable Ssl ssl,
		@DefaultValue("30") Integer maxRedirects, @Nullable Boolean allowRedirects,
		@NestedConfigurationProperty @DefaultValue Redirect redirect, @DefaultValue("false") Boolean stream,
		@DefaultValue("false") Boolean trustEnv, @DefaultValue("session") Cookies cookies,
		@NestedConfigurationProperty @DefaultValue AdapterProperties adapter,
		@DefaultValue Map<String, AdapterProperties> adapters, @NestedConfigurationProperty @Nullable Cache cache,
		@DefaultValue("20%") String retryBudget, @NestedConfigurationProperty @DefaultValue Limits limits,
		@NestedConfigurationProperty @DefaultValue Egress egress,
		@NestedConfigurationProperty @DefaultValue Resilience resilience,
		@NestedConfigurationProperty @DefaultValue Logging logging) {

	/** Of headers that differ in capitals only, the one of the session comes first. */
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

	@Override
	public String toString() {
		return "SessionProperties[auth=" + this.auth + ", verify=" + this.verify + ", cookies=" + this.cookies + "]";
	}

	/**
	 * How requests of a session prove who they come from. Never shows a secret.
	 *
	 * @param type Kind of authentication. Found out from the other keys when left out.
	 * @param username User name, for basic and digest.
	 * @param password Password, for basic and digest.
	 * @param token Token, for bearer.
	 * @param registrationId Registration of Spring Security's OAuth 2 client, for oauth2.
	 * @param bean Name of a bean of type Auth, for bean.
	 */
	public record Auth(@Nullable Type type, @Nullable String username, @Nullable String password,
			@Nullable String token, @Nullable String registrationId, @Nullable String bean) {

		@Override
		public String toString() {
			return "Auth[type=" + this.type + "]";
		}

		/**
		 * The kinds of authentication.
		 */
		public enum Type {

			/** User name and password in each request (RFC 7617). */
			BASIC,

			/**
			 * User name and password, answered to a challenge of the server (RFC 7616).
			 */
			DIGEST,

			/** A fixed token (RFC 6750). */
			BEARER,

			/** A token that Spring Security fetches and renews. */
			OAUTH2,

			/** A bean of the application. */
			BEAN

		}

	}

	/**
	 * The certificate of this client. A plain value is short for {@code certificate}.
	 * Never shows the password.
	 *
	 * @param certificate PEM file of the certificate chain, leaf first; it may hold the
	 * private key too. A path, "file:" or "classpath:".
	 * @param privateKey PEM file of the private key, if it is in a file of its own. A
	 * path, "file:" or "classpath:".
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
	 * @param bundle Name of the SSL bundle, instead of verify by file and cert.
	 */
	public record Ssl(@Nullable String bundle) {
	}

	/**
	 * What happens to secrets on redirects.
	 *
	 * @param stripHeaders Names of headers that are dropped when a redirect leaves the
	 * origin, beside those that always are.
	 * @param strict Whether credentials are dropped even where http becomes https on the
	 * same host.
	 */
	public record Redirect(@DefaultValue List<String> stripHeaders, @DefaultValue("false") Boolean strict) {
	}

	/**
	 * Who shares the cookies that servers set.
	 */
	public enum Cookies {

		/**
		 * The session's own identity: a call that brings its own credentials gets a jar
		 * of its own.
		 */
		SESSION,

		/** Nobody: each call starts without cookies, its redirects share them. */
		CALL,

		/** Cookies are neither kept nor sent. */
		NONE

	}

	/**
	 * How responses are kept and used again (RFC 9111).
	 *
	 * @param size How much is kept in memory; 0 or false for no cache, also where one is
	 * inherited.
	 * @param heuristic Whether a response without a lifetime is fresh for a tenth of the
	 * time since it was last modified, a day at most.
	 * @param staleIfError How long a stale response replaces an error, where the server
	 * does not say "stale-if-error".
	 * @param staleWhileRevalidate How long a stale response is used while it is
	 * refreshed, where the server does not say "stale-while-revalidate".
	 * @param collapse Whether a request waits for an equal one that is on its way, and
	 * uses its response.
	 * @param keyHeaders Request headers that separate responses, even if the server does
	 * not list them in Vary.
	 */
	public record Cache(@DefaultValue("64MB") DataSize size, @DefaultValue("false") Boolean heuristic,
			@DefaultValue("0s") Duration staleIfError, @DefaultValue("0s") Duration staleWhileRevalidate,
			@DefaultValue("false") Boolean collapse, @DefaultValue List<String> keyHeaders) {
	}

	/**
	 * How much of a response is accepted.
	 *
	 * @param maxHeaderBytes Most bytes of all header lines of a response together; a
	 * single line may be as long.
	 * @param maxBody Most bytes of a body before decoding; -1 for no limit.
	 * @param maxDecoded Most bytes of a body after decoding; -1 for no limit.
	 * @param maxDecodeRatio How many times longer than the encoded body the decoded one
	 * may be; -1 for no limit.
	 * @param maxLine Most bytes of one line of a streamed response; for lines of text,
	 * most characters; -1 for no limit.
	 * @param maxEvent Most characters of one server-sent event, and most bytes of one
	 * element of a streamed JSON array; -1 for no limit.
	 */
	public record Limits(@DefaultValue("256KB") DataSize maxHeaderBytes, @DefaultValue("-1") DataSize maxBody,
			@DefaultValue("-1") DataSize maxDecoded, @DefaultValue("-1") Long maxDecodeRatio,
			@DefaultValue("16MB") DataSize maxLine, @DefaultValue("16MB") DataSize maxEvent) {
	}

	/**
	 * Where requests may go, against requests that somebody else steers (SSRF). Entries
	 * are hosts, "*.example.com" for all names below one, addresses, or networks.
	 *
	 * @param allow What is allowed although it is private, or although everything is
	 * denied, such as "10.1.2.0/24".
	 * @param deny What is refused, allowed or not; "*" refuses all that is not allowed.
	 * @param denyPrivate Whether loopback, private, link-local and other addresses that
	 * are not of the public internet are refused.
	 */
	public record Egress(@DefaultValue("false") Boolean denyPrivate, @DefaultValue List<String> allow,
			@DefaultValue List<String> deny) {
	}

	/**
	 * Names of Resilience4j instances that calls of a session pass through, in the order
	 * retry, circuit breaker, rate limiter, bulkhead.
	 *
	 * @param circuitBreaker Name of the circuit breaker.
	 * @param rateLimiter Name of the rate limiter.
	 * @param bulkhead Name of the bulkhead.
	 * @param retry Name of the retry.
	 */
	public record Resilience(@Nullable String circuitBreaker, @Nullable String rateLimiter, @Nullable String bulkhead,
			@Nullable String retry) {
	}

	/**
	 * What the loggers io.github.requests4j.wire.SESSION tell of each exchange at level
	 * INFO.
	 *
	 * @param level How much of each exchange is logged.
	 * @param maskedHeaders Names of headers whose values are masked, beside those that
	 * always are.
	 * @param shownHeaders Names of headers whose values are harmless and shown, although
	 * the configuration sets them or their names sound like secrets. Authorization,
	 * Proxy-Authorization, Cookie and Set-Cookie are always masked.
	 */
	public record Logging(@DefaultValue("none") Level level, @DefaultValue List<String> maskedHeaders,
			@DefaultValue List<String> shownHeaders) {

		/**
		 * How much is logged.
		 */
		public enum Level {

			/** Nothing. */
			NONE,

			/** Method, URL without query, status and time. */
			BASIC,

			/** The headers too, secret ones masked. */
			HEADERS,

			/** The beginning of bodies too, unless they are streamed. */
			BODY

		}

	}

}
