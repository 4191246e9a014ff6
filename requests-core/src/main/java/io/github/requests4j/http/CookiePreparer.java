package io.github.requests4j.http;

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
		String value = cookies.cookieHeader(url);
		if (value != null) {
			HeaderPreparer.check(COOKIE, value);
			headers.put(COOKIE, value);
		}
	}

}
