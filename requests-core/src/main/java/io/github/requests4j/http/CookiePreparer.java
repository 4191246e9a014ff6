package io.github.requests4j.http;

import java.net.URI;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.url.Url;

/**
 * Makes the Cookie header (behaviours 102, 123).
 */
final class CookiePreparer {

	private static final String COOKIE = "Cookie";

	private CookiePreparer() {
	}

	static void prepare(CaseInsensitiveHeaders headers, CookieJar cookies, Url url) {
		if (cookies.isEmpty() || url.host() == null || headers.containsKey(COOKIE)) {
			return;
		}
		String value = cookies.cookieHeader(toUri(url));
		if (value != null) {
			HeaderPreparer.check(COOKIE, value);
			headers.put(COOKIE, value);
		}
	}

	/**
	 * Cookies look at scheme, host and path alone; what else the URL holds may be nothing
	 * that {@link URI} takes.
	 */
	private static URI toUri(Url url) {
		String target = url.requestTarget();
		int query = target.indexOf('?');
		String path = (query >= 0) ? target.substring(0, query) : target;
		try {
			return URI.create(url.scheme() + "://" + url.hostHeader() + path);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidUrlException("Cookies cannot be matched with URL " + url + ": " + ex.getMessage(), ex);
		}
	}

}
