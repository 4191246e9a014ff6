package io.github.requests4j.cookies;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static io.github.requests4j.cookies.CookieFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of Secure, the name prefixes and the limits.
 */
class CookieSecurityTests {

	@Test
	@DisplayName("111, threat 36: a Secure cookie is sent only over encrypted connections, even on loopback")
	void secureCookieIsNotSentOverHttp() {
		CookieJar jar = taken("https://localhost/", "a=b; Secure", "c=d");
		assertThat(sent(jar, "https://localhost:8443/")).isEqualTo("a=b; c=d");
		assertThat(sent(jar, "HTTPS://localhost/")).isEqualTo("a=b; c=d");
		assertThat(sent(jar, "wss://localhost/")).isEqualTo("a=b; c=d");
		assertThat(sent(jar, "http://localhost/")).isEqualTo("c=d");
		assertThat(sent(jar, "ws://localhost/")).isEqualTo("c=d");
		assertThat(sent(taken("https://127.0.0.1/", "a=b; Secure"), "http://127.0.0.1/")).isNull();
	}

	@Test
	@DisplayName("111 (difference), threat 36: a Secure cookie cannot be set over plain http")
	void secureCookieCannotBeSetOverHttp() {
		CookieJar jar = jar();
		assertThat(take(jar, "http://example.com/", "a=b; Secure")).isEmpty();
		assertThat(take(jar, "http://localhost/", "a=b; Secure")).isEmpty();
		assertThat(jar.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("threat 36: plain http cannot shadow a Secure cookie, from a parent or a subdomain or path")
	void httpCannotShadowASecureCookie() {
		CookieJar jar = taken("https://www.example.com/", "sid=good; Secure; Domain=example.com; Path=/app");
		assertThat(take(jar, "http://www.example.com/", "sid=evil; Domain=example.com; Path=/app")).isEmpty();
		assertThat(take(jar, "http://www.example.com/", "sid=evil; Path=/app")).isEmpty();
		assertThat(take(jar, "http://www.example.com/", "sid=evil; Path=/app/sub")).isEmpty();
		assertThat(take(jar, "http://example.com/", "sid=evil; Path=/app")).isEmpty();
		assertThat(take(jar, "http://a.b.example.com/", "sid=evil; Path=/app")).isEmpty();
		assertThat(take(jar, "http://example.com/", "sid=; Domain=example.com; Path=/app; Max-Age=0")).isEmpty();
		assertThat(jar.values()).containsExactly("good");

		CookieJar below = taken("https://www.example.com/", "sid=good; Secure");
		assertThat(take(below, "http://other.example.com/", "sid=evil; Domain=example.com")).isEmpty();
	}

	@Test
	@DisplayName("threat 36: other names, paths and hosts, and encrypted connections, are not affected")
	void secureCookieDoesNotBlockUnrelatedCookies() {
		CookieJar jar = taken("https://www.example.com/", "sid=good; Secure; Domain=example.com; Path=/app");
		assertThat(take(jar, "http://www.example.com/", "other=1; Path=/app")).hasSize(1);
		assertThat(take(jar, "http://www.example.com/", "sid=2; Path=/")).hasSize(1);
		assertThat(take(jar, "http://example.org/", "sid=3; Path=/app")).hasSize(1);
		assertThat(take(jar, "https://www.example.com/", "sid=4; Domain=example.com; Path=/app")).hasSize(1);
		assertThat(jar.get("sid", "example.com", "/app")).isEqualTo("4");
	}

	@Test
	@DisplayName("threat 36: an expired Secure cookie does not prevent another from being set")
	void expiredSecureCookieDoesNotBlockReplacement() {
		CookieJar jar = taken("https://example.com/", "sid=1; Secure; Max-Age=10");
		assertThat(jar.extract(ParsedUrl.split("http://example.com/"), List.of("sid=2"), NOW.plusSeconds(10)))
			.hasSize(1);
		assertThat(jar.values()).containsExactly("2");
	}

	@ParameterizedTest
	@DisplayName("threat 36: the __Secure- prefix requires Secure, in any case")
	@ValueSource(strings = { "__Secure-a", "__secure-a", "__SECURE-A", "__SeCuRe-" })
	void securePrefixRequiresSecure(String name) {
		assertThat(taken("https://example.com/", name + "=1").isEmpty()).isTrue();
		assertThat(taken("http://example.com/", name + "=1; Secure").isEmpty()).isTrue();
		assertThat(taken("http://example.com/", name).isEmpty()).isTrue();
		assertThat(taken("https://example.com/", name + "=1; Secure; Domain=example.com; Path=/x").size()).isOne();
	}

	@ParameterizedTest
	@DisplayName("threat 36: the __Host- prefix requires Secure, Path=/, no Domain and https, in any case")
	@ValueSource(strings = { "__Host-a", "__host-a", "__HOST-A", "__hOsT-" })
	void hostPrefixRequiresSecureRootPathAndNoDomain(String name) {
		String https = "https://example.com/";
		assertThat(taken("http://example.com/", name + "=1; Path=/").isEmpty()).isTrue();
		assertThat(taken("http://example.com/", name + "=1; Secure; Path=/").isEmpty()).isTrue();
		assertThat(taken(https, name + "=1; Path=/").isEmpty()).isTrue();
		assertThat(taken(https, name + "=1; Secure").isEmpty()).isTrue();
		assertThat(taken(https, name + "=1; Secure; Path=/x").isEmpty()).isTrue();
		assertThat(taken(https, name + "=1; Secure; Path=/; Domain=example.com").isEmpty()).isTrue();
		assertThat(taken(https, name + "; Path=/").isEmpty()).isTrue();
		assertThat(taken(https, name + "=1; Secure; Path=/").size()).isOne();
	}

	@Test
	@DisplayName("threat 36: names that only resemble a prefix are not restricted")
	void similarPrefixesAreNotRestricted() {
		assertThat(taken("http://example.com/", "__Secur=1", "__Host=2", "Secure-a=3", " _Host-=4").size())
			.isEqualTo(4);
	}

	@Test
	@DisplayName("threat 37 (CVE-2022-32205): name and value are limited to 4,096 octets together")
	void nameAndValueAreLimitedTo4096Octets() {
		String url = "http://example.com/";
		assertThat(taken(url, "a=" + "v".repeat(4095)).size()).isOne();
		assertThat(taken(url, "a=" + "v".repeat(4096)).isEmpty()).isTrue();
		assertThat(taken(url, "n".repeat(4096)).size()).isOne();
		assertThat(taken(url, "n".repeat(4097)).isEmpty()).isTrue();
		assertThat(taken(url, "a=" + "é".repeat(4095)).size()).isOne();
		assertThat(taken(url, "a=" + "€".repeat(1366)).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("threat 37 (CVE-2022-32205): 10,000 Set-Cookie headers store 50 cookies")
	void responseStoresAtMost50Cookies() {
		CookieJar jar = jar();
		List<String> headers = IntStream.range(0, 10_000).mapToObj((i) -> "c" + i + "=v").toList();
		assertThat(jar.extract(ParsedUrl.split("http://example.com/"), headers, NOW)).hasSize(50);
		assertThat(jar.size()).isEqualTo(50);
	}

	@Test
	@DisplayName("threat 37: rejected headers do not count towards the limit of a response")
	void rejectedHeadersDoNotCountTowardsTheLimit() {
		List<String> headers = new ArrayList<>(IntStream.range(0, 60).mapToObj((i) -> "=v" + i).toList());
		headers.add("a=b");
		assertThat(jar().extract(ParsedUrl.split("http://example.com/"), headers, NOW)).hasSize(1);
	}

	@Test
	@DisplayName("threat 37: a domain keeps 50 cookies; the least recently sent one is evicted")
	void leastRecentlySentCookieOfADomainIsEvicted() {
		CookieJar jar = jar();
		Url url = ParsedUrl.split("http://example.com/");
		for (int i = 0; i < 50; i++) {
			jar.extract(url, List.of("c" + i + "=v; Path=/p" + i), NOW.plusSeconds(i));
		}
		jar.cookieHeader(ParsedUrl.split("http://example.com/p0/"), NOW.plusSeconds(60));
		jar.extract(url, List.of("new=v"), NOW.plusSeconds(61));
		assertThat(jar.size()).isEqualTo(50);
		assertThat(jar.keys()).contains("c0", "new", "c2").doesNotContain("c1");
	}

	@Test
	@DisplayName("threat 37: expired cookies are evicted first, then cookies without Secure")
	void expiredThenInsecureCookiesAreEvictedFirst() {
		CookieJar jar = jar(CookiePolicy.builder().maxPerDomain(3).build());
		Url url = ParsedUrl.split("https://example.com/");
		jar.extract(url, List.of("old=1; Secure", "plain=2", "brief=3; Max-Age=5"), NOW);
		jar.extract(url, List.of("d=4; Secure"), NOW.plusSeconds(5));
		assertThat(jar.keys()).containsExactly("old", "plain", "d");
		jar.extract(url, List.of("e=5; Secure"), NOW.plusSeconds(6));
		assertThat(jar.keys()).containsExactly("old", "d", "e");
		assertThat(jar.extract(ParsedUrl.split("http://example.com/"), List.of("f=6"), NOW.plusSeconds(7))).isEmpty();
		assertThat(jar.keys()).containsExactly("old", "d", "e");
	}

	@Test
	@DisplayName("threat 37: replacing a cookie evicts no other")
	void replacingACookieEvictsNoOther() {
		CookieJar jar = jar(CookiePolicy.builder().maxPerDomain(2).build());
		take(jar, "http://example.com/", "a=1", "b=2");
		take(jar, "http://example.com/", "a=3", "b=4", "a=5");
		assertThat(jar.items().toString()).isEqualTo("[a=5, b=4]");
	}

	@Test
	@DisplayName("threat 37: a jar keeps 3,000 cookies and evicts from the domain that has the most")
	void fullJarEvictsFromTheLargestDomain() {
		CookieJar jar = taken("http://quiet.example/", "mine=1");
		for (int host = 0; host < 100; host++) {
			for (int i = 0; i < 40; i++) {
				jar.extract(ParsedUrl.split("http://h" + host + ".evil.example/"), List.of("c" + i + "=v"),
						NOW.plusSeconds(host));
			}
		}
		assertThat(jar.size()).isEqualTo(3000);
		assertThat(jar.get("mine")).isEqualTo("1");
		assertThat(jar.listDomains()).hasSize(101);
	}

	@Test
	@DisplayName("threat 37: the caller's own cookies are not evicted in favour of a server's")
	void cookiesOfTheCallerAreNotEvicted() {
		CookieJar jar = jar(CookiePolicy.builder().maxCookies(5).maxPerDomain(2).build());
		IntStream.range(0, 10).forEach((i) -> jar.set("own" + i, "v"));
		assertThat(jar.size()).isEqualTo(10);
		assertThat(take(jar, "http://example.com/", "a=b")).isEmpty();
		assertThat(jar.size()).isEqualTo(10);
	}

	@Test
	@DisplayName("threat 37: the caller may exceed the limit of a domain")
	void callerMayExceedTheLimitOfADomain() {
		CookieJar jar = jar();
		IntStream.range(0, 60).forEach((i) -> jar.set("own" + i, "v", "example.com"));
		assertThat(jar.size()).isEqualTo(60);
		take(jar, "http://example.com/", "a=b");
		assertThat(jar.size()).isEqualTo(60);
	}

	@Test
	@DisplayName("threat 37: the Cookie header is limited to 8,190 octets and contains only whole cookies")
	void cookieHeaderIsLimitedTo8190Octets() {
		CookieJar jar = jar();
		IntStream.range(0, 3).forEach((i) -> jar.set("c" + i, "v".repeat(4000)));
		String header = sent(jar, "http://example.com/");
		assertThat(header).startsWith("c0=v").contains("; c1=v").doesNotContain("c2");
		assertThat("Cookie: ".length() + header.length()).isLessThanOrEqualTo(8190);

		CookieJar exact = jar();
		exact.set("a", "v".repeat(8190 - "Cookie: a=".length()));
		assertThat(sent(exact, "http://example.com/")).hasSize(8182);
		exact.set("a", exact.get("a") + "v");
		assertThat(sent(exact, "http://example.com/")).isNull();
	}

}
