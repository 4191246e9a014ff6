package io.github.requests4j.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * Set-Cookie headers, one per line: none becomes a cookie of another site, and nothing
 * invalid is sent back.
 */
public final class SetCookieFuzz {

	private static final Url SITE = ParsedUrl.split("http://www.example.co.uk/a/b");

	private static final Url SECURE = ParsedUrl.split("https://www.example.co.uk/a/b");

	private static final List<Url> OTHERS = List.of(ParsedUrl.split("https://other.co.uk/a/b"),
			ParsedUrl.split("https://example.org/a/b"), ParsedUrl.split("https://badexample.co.uk/a/b"));

	private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

	private SetCookieFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		List<String> values = List.of(new String(data, StandardCharsets.ISO_8859_1).split("\n", -1));
		CookieJar jar = new CookieJar();
		List<Cookie> taken = jar.extract((data.length % 2 == 0) ? SITE : SECURE, values, NOW);
		Fuzz.check(taken.size() <= Math.min(50, values.size()), "more cookies than headers", taken.size());
		for (Cookie cookie : taken) {
			String domain = cookie.domain();
			Fuzz.check(domain.equals("www.example.co.uk") || domain.equals("example.co.uk"), "of another site", domain);
			Fuzz.check(cookie.path().startsWith("/"), "no path", cookie.path());
			boolean prefixed = cookie.name().regionMatches(true, 0, "__Host-", 0, 7);
			Fuzz.check(!prefixed || (cookie.secure() && domain.startsWith("www.") && cookie.path().equals("/")),
					"a prefix that does not hold", cookie.name());
		}
		String header = jar.cookieHeader(SITE, NOW);
		Fuzz.checkHeader(header);
		Fuzz.check(header == null || header.length() <= 8190, "a header that is too long", header);
		Fuzz.checkHeader(jar.cookieHeader(SECURE, NOW));
		for (Url other : OTHERS) {
			Fuzz.check(jar.cookieHeader(other, NOW) == null, "sent to another site", other);
		}
	}

}
