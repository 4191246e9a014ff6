package io.github.requests4j.spring.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.spring.internal.balancing.BalancedAdapter;
import io.github.requests4j.spring.internal.balancing.BaseUrls;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.url.Url;

/**
 * The base URLs of a session that has several.
 */
final class BaseUrlList {

	private static final String KEY = "base-url";

	private final List<Url> urls;

	private BaseUrlList(List<Url> urls) {
		this.urls = urls;
	}

	/**
	 * Checks the base URLs of a session.
	 * @return the base URLs, or {@code null} if there is only one or none
	 */
	static @Nullable BaseUrlList of(SessionProperties properties, SettingChecks checks) {
		List<String> written = properties.baseUrls();
		if (written.size() < 2) {
			return null;
		}
		List<Url> urls = new ArrayList<>();
		for (int i = 0; i < written.size(); i++) {
			String key = KEY + "[" + i + "]";
			Url url = url(key, written.get(i), checks);
			checkFirst(key, url, urls.isEmpty() ? url : urls.get(0), checks);
			for (int earlier = 0; earlier < urls.size(); earlier++) {
				checkOther(key, url, KEY + "[" + earlier + "]", urls.get(earlier), checks);
			}
			urls.add(url);
		}
		return new BaseUrlList(urls);
	}

	private static Url url(String key, String written, SettingChecks checks) {
		if (written.isEmpty()) {
			throw checks.mistake(key, "This base URL is empty.", "Remove the entry, or write a URL.");
		}
		if (ServiceUrl.of(written) != null) {
			throw checks.mistake(key, "A service cannot be one of several base URLs.",
					"Write only the service, whose instances the load balancer knows, or only URLs of hosts.");
		}
		if (!written.contains("://")) {
			throw checks.mistake(key, "This base URL has no scheme.",
					"Begin each URL with https://, and write a comma that belongs to a URL as %2C.");
		}
		checks.set(key, written, Session.builder()::baseUrl);
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepareUrl(written, null);
		return prepared.parsedUrl();
	}

	private static void checkFirst(String key, Url url, Url first, SettingChecks checks) {
		if (!url.isHttp()) {
			throw checks.mistake(key, "Requests can only be sent to http and https URLs.", "Correct the scheme.");
		}
		if (url.userinfo() != null) {
			throw checks.mistake(key, "One of several base URLs cannot contain credentials.",
					"Set them with auth, for all base URLs.");
		}
		if (url.isSecure() != first.isSecure()) {
			throw checks.mistake(key, "The base URLs must all be https or all be http, because the credentials of the"
					+ " session are sent to each of them.", "Use the same scheme for all base URLs.");
		}
	}

	private static void checkOther(String key, Url url, String otherKey, Url other, SettingChecks checks) {
		if (place(url).equals(place(other))) {
			throw checks.mistake(key, "This base URL is the same as " + otherKey + ".", "Remove one of the two.");
		}
		if (place(url).startsWith(place(other)) || place(other).startsWith(place(url))) {
			throw checks.mistake(key, "The path of this base URL and that of " + otherKey
					+ " continue each other, so a URL could belong to both.", "Use paths that do not overlap.");
		}
	}

	/** Returns the URL in a normalized form, which can be compared. */
	private static String place(Url url) {
		return url.origin() + BaseUrls.withoutSlash(url.path()) + "/";
	}

	/** Rejects adapters for the same servers, which would not be used. */
	void checkAdapters(Set<String> prefixes, SettingChecks checks) {
		for (String prefix : prefixes) {
			if (origins().contains(BaseUrls.withoutSlash(prefix).toLowerCase(Locale.ROOT))) {
				throw checks.mistake("adapters[" + prefix + "]",
						"One of several base URLs cannot have a separate adapter.",
						"Set adapter, for all base URLs, or configure a separate session for this server.");
			}
		}
	}

	/**
	 * Returns the origins, which all receive the auth, headers and parameters of the
	 * session.
	 */
	List<String> origins() {
		return this.urls.stream().map(Url::origin).toList();
	}

	/**
	 * Mounts a balancer for all URLs of the servers.
	 * @param transport sends the attempts
	 * @param repeats the retry policy of the balancer
	 * @param layers wraps the balancer
	 * @param existing the session whose measurements of the servers are kept, or
	 * {@code null}
	 */
	void mount(Adapter transport, Retry repeats, Session.Builder builder, UnaryOperator<Adapter> layers,
			@Nullable Session existing) {
		BaseUrls destinations = BaseUrls.of(this.urls.stream().map(Url::text).toList(),
				BalancedAdapter.known(existing));
		Adapter balanced = layers.apply(new BalancedAdapter(destinations, transport, repeats));
		destinations.prefixes().forEach((prefix) -> builder.mount(prefix, balanced));
	}

}
