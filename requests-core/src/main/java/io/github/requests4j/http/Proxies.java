package io.github.requests4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which proxy serves which URL (behaviour 181): the keys are {@code scheme://host},
 * {@code scheme}, {@code all://host} and {@code all}, in this order of preference, and
 * {@code no_proxy} for hosts to reach directly; the values are URLs of proxies. A present
 * key with a null or empty value means no proxy and ends the search. Immutable.
 */
public final class Proxies {

	/** The key whose value lists the hosts that are reached directly. */
	public static final String NO_PROXY = "no_proxy";

	/** No proxies. */
	public static final Proxies NONE = new Proxies(Map.of());

	private final Map<String, @Nullable String> urls;

	private Proxies(Map<String, @Nullable String> urls) {
		this.urls = urls;
	}

	/**
	 * Proxies from a map.
	 * @param urls keys as described above; a null value means no proxy for that key
	 * @return the proxies
	 */
	public static Proxies of(Map<String, ? extends @Nullable String> urls) {
		return urls.isEmpty() ? NONE : new Proxies(Collections.unmodifiableMap(new LinkedHashMap<>(urls)));
	}

	/**
	 * One more proxy, or another one for the key.
	 * @param key scheme, {@code scheme://host}, {@code all}, {@code all://host} or
	 * {@code no_proxy}
	 * @param url the URL of the proxy; {@code null} for no proxy
	 * @return the proxies
	 */
	public Proxies with(String key, @Nullable String url) {
		Map<String, @Nullable String> copy = new LinkedHashMap<>(this.urls);
		copy.put(key, url);
		return of(copy);
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
		Map<String, @Nullable String> merged = new LinkedHashMap<>(defaults.urls);
		merged.putAll(this.urls);
		return of(merged);
	}

	/**
	 * Picks the proxy for a URL.
	 * @param scheme the scheme of the URL, in any case
	 * @param host the host of the URL, or {@code null} when it has none
	 * @return the URL of the proxy, or {@code null} to go directly
	 */
	public @Nullable String select(String scheme, @Nullable String host) {
		if (this.urls.isEmpty()) {
			return null;
		}
		String lower = scheme.toLowerCase(Locale.ROOT);
		String[] keys = (host == null) ? new String[] { lower, "all" } : keys(lower, host.toLowerCase(Locale.ROOT));
		for (String key : keys) {
			if (this.urls.containsKey(key)) {
				String url = this.urls.get(key);
				return (url == null || url.isEmpty()) ? null : url;
			}
		}
		return null;
	}

	private static String[] keys(String scheme, String host) {
		return new String[] { scheme + "://" + host, scheme, "all://" + host, "all" };
	}

	/**
	 * Whether there are none.
	 * @return {@code true} when no key is set
	 */
	public boolean isEmpty() {
		return this.urls.isEmpty();
	}

	/**
	 * All keys with their values.
	 * @return the map, not to be changed
	 */
	public Map<String, @Nullable String> asMap() {
		return this.urls;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Proxies that && this.urls.equals(that.urls);
	}

	@Override
	public int hashCode() {
		return this.urls.hashCode();
	}

	@Override
	public String toString() {
		return "Proxies" + this.urls.keySet();
	}

}
