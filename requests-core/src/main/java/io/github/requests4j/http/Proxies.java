package io.github.requests4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * Which proxy serves which URL: the keys are {@code scheme://host}, {@code scheme},
 * {@code all://host} and {@code all}, in this order of preference, and {@code no_proxy}
 * for hosts to reach directly; the values are URLs of proxies. A present key with a null
 * or empty value means no proxy and ends the search.
 * <p>
 * Behind the proxies that were set there may be those of the environment, which apply
 * only where no key here matches. A {@code no_proxy} here applies to both and replaces
 * the variable; the variable applies to the proxies of the environment alone. Immutable.
 * <pre>{@code
 * Proxies proxies = Proxies.of(Map.of("https", "http://proxy.example:3128", "no_proxy", "localhost,.example.com"));
 * Session session = Session.builder().proxies(proxies).build();
 * }</pre>
 */
public final class Proxies {

	/** The key whose value lists the hosts that are reached directly. */
	public static final String NO_PROXY = "no_proxy";

	/** No proxies. */
	public static final Proxies NONE = new Proxies(Map.of(), null, null, null);

	private static final String ALL = "all";

	private final Map<String, @Nullable Target> targets;

	private final boolean keyedByHost;

	/** The value of {@link #NO_PROXY}; one that is nearer to the call replaces it. */
	private final @Nullable NoProxy noProxy;

	/** Hosts that these proxies never serve, whatever else is said. */
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
	 * Proxies from a map. The URLs are looked at when they are needed; {@link #check()}
	 * looks at them at once.
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
	 * One more proxy, or another one for the key.
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
	 * These proxies, and those of the defaults for keys that are missing here.
	 * @param defaults the proxies to fill up with
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
	 * These proxies, and behind them those of the environment, which apply only where no
	 * key here matches.
	 * @param environment the proxies of the environment
	 * @return the proxies; these themselves when they already have that environment or it
	 * is empty
	 */
	public Proxies orElseEnvironment(Proxies environment) {
		if (environment.isEmpty() || this.environment != null) {
			return this;
		}
		return isEmpty() ? environment : new Proxies(this.targets, this.noProxy, this.excluded, environment);
	}

	/**
	 * These proxies for all hosts but some, whatever the {@code no_proxy} is.
	 * @param hosts the hosts they never serve
	 * @return the proxies
	 */
	public Proxies excluding(NoProxy hosts) {
		return new Proxies(this.targets, this.noProxy, hosts, this.environment);
	}

	/**
	 * Picks the proxy for a URL.
	 * @param url the URL
	 * @return the proxy, checked, or {@code null} to go directly
	 * @throws MissingSchemaException if the URL of the proxy has no scheme
	 * @throws InvalidUrlException if the URL of the proxy cannot be used
	 */
	public @Nullable ProxyUrl select(Url url) {
		Target target = isEmpty() ? null : find(String.valueOf(url.scheme()), url.host(), url.port(), null);
		return (target != null) ? target.parsed() : null;
	}

	/**
	 * Picks the proxy for a scheme and host ({@code select_proxy}).
	 * @param scheme the scheme of the URL, in any case
	 * @param host the host of the URL, or {@code null} when it has none
	 * @return the URL of the proxy as it was given, or {@code null} to go directly
	 */
	public @Nullable String select(String scheme, @Nullable String host) {
		Target target = isEmpty() ? null : find(scheme.toLowerCase(Locale.ROOT), lower(host), -1, null);
		return (target != null) ? target.text : null;
	}

	/**
	 * Picks the proxy for a URL, without looking at the proxy's own URL: an adapter may
	 * understand more kinds of proxies than {@link ProxyUrl} does.
	 * @param url the URL
	 * @return the URL of the proxy as it was given, or {@code null} to go directly
	 */
	public @Nullable String selectText(Url url) {
		Target target = isEmpty() ? null : find(String.valueOf(url.scheme()), url.host(), url.port(), null);
		return (target != null) ? target.text : null;
	}

	private static @Nullable String lower(@Nullable String host) {
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	private @Nullable Target find(String scheme, @Nullable String host, int port, @Nullable NoProxy nearer) {
		NoProxy direct = (nearer != null) ? nearer : this.noProxy;
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
	 * Looks at the URLs of all proxies that were set, so that a mistake shows at once
	 * rather than with the first call. Schemes that are not known here are left to the
	 * adapter.
	 * @return these proxies
	 * @throws MissingSchemaException if one has no scheme
	 * @throws InvalidUrlException if one cannot be used
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
	 * Whether there are none.
	 * @return {@code true} when no key is set
	 */
	public boolean isEmpty() {
		return this.targets.isEmpty() && this.environment == null;
	}

	/**
	 * All keys with their values, those of the environment for what is not set here.
	 * @return the map, not to be changed
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
	 * The keys alone, since the URLs may contain passwords.
	 */
	@Override
	public String toString() {
		return "Proxies" + asMap().keySet();
	}

	/** The URL of a proxy, parsed when it is first needed. */
	private static final class Target {

		private final String text;

		// Any thread computes the same value
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
