package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.List;

import io.github.requests4j.internal.url.ParsedUrl;

/**
 * Shared by the cookie tests: a fixed time and helpers to extract and send cookies.
 */
final class CookieFixture {

	static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

	private CookieFixture() {
	}

	/** A jar with a fixed clock. */
	static CookieJar jar() {
		return jar(CookiePolicy.defaults());
	}

	static CookieJar jar(CookiePolicy policy) {
		return new CookieJar(policy, () -> NOW);
	}

	static List<Cookie> take(CookieJar jar, String url, String... setCookies) {
		return jar.extract(ParsedUrl.split(url), List.of(setCookies), NOW);
	}

	/** A jar that has extracted these headers of that URL. */
	static CookieJar taken(String url, String... setCookies) {
		CookieJar jar = jar();
		take(jar, url, setCookies);
		return jar;
	}

	static String sent(CookieJar jar, String url) {
		return jar.cookieHeader(ParsedUrl.split(url), NOW);
	}

}
