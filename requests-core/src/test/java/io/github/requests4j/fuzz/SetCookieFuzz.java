package io.github.requests4j.fuzz;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;

/**
 * Set-Cookie headers, one in each line: nothing becomes a cookie of another site, and
 * nothing that cannot be sent is sent back.
 */
public final class SetCookieFuzz {

	private static final URI SITE = URI.create("http://www.example.co.uk/a/b");

	private static final URI SECURE = URI.create("https://www.example.co.uk/a/b");

	private static final List<URI> OTHERS = List.of(URI.create("https://other.co.uk/a/b"),
			URI.create("https://example.org/a/b"), URI.create("https://badexample.co.uk/a/b"));

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
		for (URI other : OTHERS) {
			Fuzz.check(jar.cookieHeader(other, NOW) == null, "sent to another site", other);
		}
	}

}
