package io.github.requests4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * Selects the proxy for a URL. The keys are {@code scheme://host}, {@code scheme},
 * {@code all://host} and {@code all}, in this order of preference. The values are URLs of
 * proxies. A key with a null or empty value means that no proxy is used. The key
 * {@code no_proxy} lists hosts that are reached without a proxy.
 * <p>
 * Proxies of the environment are only used if no key matches. A {@code no_proxy} that is
 * set here applies to both and overrides the variable, which only applies to the proxies
 * of the environment. Immutable. <pre>{@code
 * Proxies proxies = Proxies.of(Map.of("https", "http://proxy.example:3128", "no_proxy", "localhost,.example.com"));
 * Session session = Session.builder().proxies(proxies).build();
 * }</pre>
 */
public final class Proxies {

	/** The key whose value lists the hosts that are reached without a proxy. */
	public static final String NO_PROXY = "no_proxy";

	/** No proxies. */
	public static final Proxies NONE = new Proxies(Map.of(), null, null, null);

	private static final String ALL = "all";

	private final Map<String, @Nullable Target> targets;

	private final boolean keyedByHost;

	/** The value of {@link #NO_PROXY}, which a more specific one overrides. */
	private final @Nullable NoProxy noProxy;

	/** Hosts that never use these proxies, regardless of other settings. */
	private final @Nullable NoProxy excluded;

	private final @Nullable Proxies environment;

	private Proxies(Map<String, @Nullable Target> targets, @Nullable NoProxy noProxy, @Nullable NoProxy excluded,
			@Nullable Proxies environment) {
		this.targets = targets;
		this.noProxy = noProxy;
		this.excluded = excluded;
		this.environment = environment;
		this.keyedByHost = isKeyedByHost(targets);
	}

	private static boolean isKeyedByHost(Map<String, @Nullable Target> targets) {
		for (String key : targets.keySet()) {
			if (key.contains("://")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Creates proxies from a map. URLs are parsed when they are first used, or by
	 * {@link #check()}.
	 * @param urls keys as described above; a null value means no proxy for that key
	 * @return the proxies
	 */
	public static Proxies of(Map<String, ? extends @Nullable String> urls) {
		if (urls.isEmpty()) {
			return NONE;
		}
		Map<String, @Nullable Target> targets = new LinkedHashMap<>();
		urls.forEach((key, url) -> targets.put(key, (url != null) ? new Target(url) : null));
		return of(targets, null);
	}

	private static Proxies of(Map<String, @Nullable Target> targets, @Nullable Proxies environment) {
		Target noProxy = targets.get(NO_PROXY);
		return new Proxies(targets, (noProxy != null) ? NoProxy.of(noProxy.text) : null, null, environment);
	}

	/**
	 * Returns these proxies with a proxy added or replaced.
	 * @param key scheme, {@code scheme://host}, {@code all}, {@code all://host} or
	 * {@code no_proxy}
	 * @param url the URL of the proxy; {@code null} for no proxy
	 * @return the proxies
	 */
	public Proxies with(String key, @Nullable String url) {
		Map<String, @Nullable Target> copy = new LinkedHashMap<>(this.targets);
		copy.put(Objects.requireNonNull(key, "key"), (url != null) ? new Target(url) : null);
		return of(copy, this.environment);
	}

	/**
	 * Returns these proxies, with defaults for missing keys.
	 * @param defaults the default proxies
	 * @return the merged proxies
	 */
	public Proxies orElse(Proxies defaults) {
		if (defaults.isEmpty()) {
			return this;
		}
		if (isEmpty()) {
			return defaults;
		}
		Map<String, @Nullable Target> merged = new LinkedHashMap<>(defaults.targets);
		merged.putAll(this.targets);
		return of(merged, (this.environment != null) ? this.environment : defaults.environment);
	}

	/**
	 * Returns these proxies with those of the environment, which are only used if no key
	 * matches.
	 * @param environment the proxies of the environment
	 * @return the proxies; this object if it already has an environment or the new one is
	 * empty
	 */
	public Proxies orElseEnvironment(Proxies environment) {
		if (environment.isEmpty() || this.environment != null) {
			return this;
		}
		return isEmpty() ? environment : new Proxies(this.targets, this.noProxy, this.excluded, environment);
	}

	/**
	 * Returns these proxies, excluding some hosts regardless of {@code no_proxy}.
	 * @param hosts the hosts to exclude
	 * @return the proxies
	 */
	public Proxies excluding(NoProxy hosts) {
		return new Proxies(this.targets, this.noProxy, hosts, this.environment);
	}

	/**
	 * Returns the proxy for a URL.
	 * @param url the URL
	 * @return the parsed proxy URL, or {@code null} to connect directly
	 * @throws MissingSchemaException if the URL of the proxy has no scheme
	 * @throws InvalidUrlException if the URL of the proxy is not valid
	 */
	public @Nullable ProxyUrl select(Url url) {
		Target target = isEmpty() ? null : find(String.valueOf(url.scheme()), url.host(), url.port(), null);
		return (target != null) ? target.parsed() : null;
	}

	/**
	 * Returns the proxy for a scheme and host ({@code select_proxy}).
	 * @param scheme the scheme of the URL, in any case
	 * @param host the host of the URL, or {@code null} if it has none
	 * @return the URL of the proxy, or {@code null} to connect directly
	 */
	public @Nullable String select(String scheme, @Nullable String host) {
		Target target = isEmpty() ? null : find(scheme.toLowerCase(Locale.ROOT), lower(host), -1, null);
		return (target != null) ? target.text : null;
	}

	/**
	 * Returns the proxy for a URL without parsing the proxy URL, for adapters that
	 * support more kinds of proxies than {@link ProxyUrl}.
	 * @param url the URL
	 * @return the URL of the proxy, or {@code null} to connect directly
	 */
	public @Nullable String selectText(Url url) {
		Target target = isEmpty() ? null : find(String.valueOf(url.scheme()), url.host(), url.port(), null);
		return (target != null) ? target.text : null;
	}

	private static @Nullable String lower(@Nullable String host) {
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	private @Nullable Target find(String scheme, @Nullable String host, int port, @Nullable NoProxy override) {
		NoProxy direct = (override != null) ? override : this.noProxy;
		if (matches(direct, host, port)) {
			return null;
		}
		String key = matches(this.excluded, host, port) ? null : key(scheme, host);
		if (key != null) {
			Target target = this.targets.get(key);
			return (target != null && !target.text.isEmpty()) ? target : null;
		}
		return (this.environment != null) ? this.environment.find(scheme, host, port, direct) : null;
	}

	private static boolean matches(@Nullable NoProxy hosts, @Nullable String host, int port) {
		return hosts != null && host != null && hosts.matches(host, port);
	}

	private @Nullable String key(String scheme, @Nullable String host) {
		if (this.keyedByHost && host != null) {
			String own = scheme + "://" + host;
			if (this.targets.containsKey(own)) {
				return own;
			}
		}
		if (this.targets.containsKey(scheme)) {
			return scheme;
		}
		if (this.keyedByHost && host != null && this.targets.containsKey("all://" + host)) {
			return "all://" + host;
		}
		return this.targets.containsKey(ALL) ? ALL : null;
	}

	/**
	 * Parses the URLs of all proxies, so that mistakes are reported early and not by the
	 * first call. URLs with unknown schemes are not checked, because an adapter may
	 * support them.
	 * @return these proxies
	 * @throws MissingSchemaException if a URL has no scheme
	 * @throws InvalidUrlException if a URL is not valid
	 */
	public Proxies check() {
		this.targets.forEach((key, target) -> {
			if (target != null && !target.text.isEmpty() && !key.equals(NO_PROXY)) {
				target.check();
			}
		});
		return this;
	}

	/**
	 * Returns whether there are no proxies.
	 * @return {@code true} if no key is set
	 */
	public boolean isEmpty() {
		return this.targets.isEmpty() && this.environment == null;
	}

	/**
	 * Returns all keys with their values, including those of the environment that are not
	 * overridden.
	 * @return the map, unmodifiable
	 */
	public Map<String, @Nullable String> asMap() {
		Map<String, @Nullable String> urls = new LinkedHashMap<>();
		if (this.environment != null) {
			urls.putAll(this.environment.asMap());
		}
		this.targets.forEach((key, target) -> urls.put(key, (target != null) ? target.text : null));
		return Collections.unmodifiableMap(urls);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Proxies that && this.targets.equals(that.targets)
				&& Objects.equals(this.excluded, that.excluded) && Objects.equals(this.environment, that.environment);
	}

	@Override
	public int hashCode() {
		return this.targets.hashCode();
	}

	/**
	 * Returns the keys as text. URLs are not shown, because they may contain passwords.
	 */
	@Override
	public String toString() {
		return "Proxies" + asMap().keySet();
	}

	/** The URL of a proxy, parsed when it is first used. */
	private static final class Target {

		private final String text;

		// Every thread computes the same value
		private volatile @Nullable ProxyUrl parsed;

		Target(String text) {
			this.text = text;
		}

		void check() {
			if (!this.text.contains("://") || ProxyUrl.hasKnownScheme(this.text)) {
				parsed();
			}
		}

		ProxyUrl parsed() {
			ProxyUrl url = this.parsed;
			if (url == null) {
				url = ProxyUrl.parse(this.text);
				this.parsed = url;
			}
			return url;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Target that && this.text.equals(that.text);
		}

		@Override
		public int hashCode() {
			return this.text.hashCode();
		}

	}

}
