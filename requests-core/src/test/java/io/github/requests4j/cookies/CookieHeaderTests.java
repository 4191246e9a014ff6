package io.github.requests4j.cookies;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static io.github.requests4j.cookies.CookieFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of what a jar sends, and of extracting cookies step by step.
 */
class CookieHeaderTests {

	private static final Url URL = ParsedUrl.split("http://example.com/");

	@Test
	void emptyJarSendsNoHeader() {
		assertThat(jar().cookieHeader(URL)).isNull();
		assertThat(jar().cookieHeader(URL, NOW)).isNull();
	}

	@Test
	@DisplayName("102: the caller's Cookie header wins over the jar")
	void cookieHeaderOfTheCallerWins() {
		CookieJar jar = taken("http://example.com/", "a=b");
		Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "*/*"));
		jar.addCookieHeader(URL, headers);
		assertThat(headers).containsEntry("Cookie", "a=b").hasSize(2);

		Map<String, String> own = new HashMap<>(Map.of("cookie", "mine=1"));
		jar.addCookieHeader(URL, own);
		assertThat(own).isEqualTo(Map.of("cookie", "mine=1"));

		Map<String, String> other = new HashMap<>();
		jar.addCookieHeader(ParsedUrl.split("http://example.org/"), other);
		assertThat(other).isEmpty();
	}

	@Test
	@DisplayName("111: adding the header removes expired cookies")
	void addingTheHeaderRemovesExpiredCookies() {
		CookieJar jar = jar();
		jar.set("a", "b", (cookie) -> cookie.expires(NOW.minusSeconds(1)));
		jar.set("c", "d");
		assertThat(jar.size()).isEqualTo(2);
		Map<String, String> headers = new HashMap<>();
		jar.addCookieHeader(URL, headers);
		assertThat(headers).containsEntry("Cookie", "c=d");
		assertThat(jar.keys()).containsExactly("c");
	}

	@Test
	@DisplayName("103: request cookies are merged into a copy and never reach the session's jar")
	void requestCookiesDoNotReachTheSessionJar() {
		CookieJar session = taken("http://example.com/", "a=session");
		CookieJar request = Cookies.mergeCookies(session.copy(), Cookies.cookieJarFromDict(Map.of("b", "request")));
		assertThat(sent(request, "http://example.com/")).isEqualTo("a=session; b=request");
		assertThat(sent(session, "http://example.com/")).isEqualTo("a=session");
		session.set("c", "later");
		assertThat(request.contains("c")).isFalse();
	}

	@Test
	@DisplayName("104: a cookie from a map has no domain and is sent to every host")
	void cookiesFromAMapAreSentToEveryHost() {
		CookieJar jar = Cookies.cookieJarFromDict(Map.of("a", "b"));
		assertThat(jar.listDomains()).containsExactly("");
		assertThat(sent(jar, "http://example.com/x/y")).isEqualTo("a=b");
		assertThat(sent(jar, "https://127.0.0.1:8080")).isEqualTo("a=b");
	}

	@Test
	@DisplayName("104 (difference), threat 3 (CVE-2023-43804): a cookie bound to a URL is sent only to that host")
	void boundCookiesAreSentOnlyToTheirHost() {
		CookieJar jar = Cookies.cookieJarFromDict(Map.of("a", "b"))
			.boundTo(ParsedUrl.split("http://Example.com:8080/x"));
		assertThat(sent(jar, "http://example.com/y")).isEqualTo("a=b");
		assertThat(sent(jar, "https://example.com/")).isEqualTo("a=b");
		assertThat(sent(jar, "http://example.org/")).isNull();
		assertThat(sent(jar, "http://www.example.com/")).isNull();
		assertThat(sent(jar.boundTo(ParsedUrl.split("http://example.org/")), "http://example.org/")).isNull();
		assertThat(jar.listDomains()).containsExactly("");
	}

	@Test
	@DisplayName("104 (difference): binding changes neither the original jar nor cookies that have a domain")
	void bindingLeavesTheOriginalJarUnchanged() {
		CookieJar jar = taken("http://example.org/", "c=d");
		jar.set("a", "b");
		CookieJar bound = jar.boundTo(URL);
		assertThat(sent(bound, "http://example.org/")).isEqualTo("c=d");
		assertThat(sent(bound, "http://example.com/")).isEqualTo("a=b");
		assertThat(sent(jar, "http://example.org/")).isEqualTo("c=d; a=b");
		assertThatIllegalArgumentException().isThrownBy(() -> jar.boundTo(ParsedUrl.split("/no-host")));
	}

	@Test
	@DisplayName("105: cookies are replaced per domain, path and name, so those of server and request are both sent")
	void cookiesAreReplacedPerDomainPathAndName() {
		CookieJar jar = taken("http://example.com/", "a=1");
		jar.update(Cookies.cookieJarFromDict(Map.of("a", "req")).boundTo(URL));
		assertThat(sent(jar, "http://example.com/")).isEqualTo("a=1; a=req");
		jar.set("a", "again");
		assertThat(sent(jar, "http://example.com/")).isEqualTo("a=1; a=again");
	}

	@Test
	@DisplayName("106: a null value is sent as a bare name, and nothing is escaped")
	void valuesAreSentUnescaped() {
		CookieJar jar = jar();
		jar.setCookie(Cookie.create("z", null));
		jar.set("q", "a b;\"c\",=\\é€");
		jar.set("e", "");
		assertThat(sent(jar, "http://example.com/")).isEqualTo("z; q=a b;\"c\",=\\é€; e=");
	}

	@ParameterizedTest
	@DisplayName("106 (difference), threat 15: 33 control characters are rejected in names, values, domains and paths")
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
			26, 27, 28, 29, 30, 31, 127 })
	void controlCharactersAreRejected(int control) {
		String bad = "x" + (char) control + "y";
		CookieJar jar = jar();
		assertThatIllegalArgumentException().isThrownBy(() -> jar.set(bad, "v"));
		assertThatIllegalArgumentException().isThrownBy(() -> jar.set("n", "v", bad));
		assertThatIllegalArgumentException().isThrownBy(() -> jar.set("n", "v", null, "/" + bad));
		assertThatIllegalArgumentException().isThrownBy(() -> Cookies.cookieJarFromDict(Map.of(bad, "v")));
		assertThatIllegalArgumentException().isThrownBy(() -> Cookie.create("n", "v").bindTo(bad));
		if (control == '\t') {
			assertThat(jar.set("n", bad).value()).isEqualTo(bad);
		}
		else {
			assertThatIllegalArgumentException().isThrownBy(() -> jar.set("n", bad))
				.withMessageContaining(String.format("0x%02X", control))
				.withMessageContaining("'n'")
				.withMessageContaining("index 1")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("x" + (char) control));
			assertThatIllegalArgumentException().isThrownBy(() -> jar.update(Map.of("n", bad)));
			assertThatIllegalArgumentException().isThrownBy(() -> Cookie.create("n", "v").withValue(bad));
			assertThat(jar.isEmpty()).isTrue();
		}
	}

	@Test
	@DisplayName("106 (difference): an empty name is rejected")
	void emptyNameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> jar().set("", "v")).withMessageContaining("name");
	}

	@Test
	@DisplayName("107: longer paths come first, then older cookies; a new value does not change the order")
	void longerPathsAreSentFirst() {
		CookieJar jar = taken("http://www.example.com/", "a=1", "b=2; Domain=example.com", "c=3; Path=/x/y",
				"d=4; Path=/x");
		jar.set("e", "5");
		take(jar, "http://www.example.com/", "f=6; Path=/x", "a=7");
		assertThat(sent(jar, "http://www.example.com/x/y/z")).isEqualTo("c=3; d=4; f=6; a=7; b=2; e=5");
		assertThat(sent(jar, "http://www.example.com/")).isEqualTo("a=7; b=2; e=5");
		take(jar, "http://www.example.com/", "a=; Max-Age=0", "a=8");
		assertThat(sent(jar, "http://www.example.com/")).isEqualTo("b=2; e=5; a=8");
	}

	@ParameterizedTest
	@DisplayName("107, 109: a path matches itself and everything below it, but only at segment boundaries")
	@CsvSource({ "/, /, true", "/, '', true", "/, /any, true", "/x, /x, true", "/x, /x/, true", "/x, /x/y, true",
			"/x, /xy, false", "/x, /, false", "/x/, /x/y, true", "/x/, /x/, true", "/x/, /x, false", "/x, /X, false",
			"/x, /x?q=/x/y, true", "/x?, /x?, false", "/%78, /x, false", "/x/y, /x, false", "/x/, /x//y, true" })
	void pathMatchesAtSegmentBoundaries(String cookiePath, String urlPath, boolean expected) {
		CookieJar jar = jar();
		jar.set("a", "b", null, cookiePath);
		assertThat(sent(jar, "http://example.com" + urlPath)).isEqualTo(expected ? "a=b" : null);
	}

	@Test
	@DisplayName("make_cookies parses cookies without storing them or checking the policy")
	void makeCookiesNeitherStoresNorChecksThePolicy() {
		CookieJar jar = jar(CookiePolicy.blockAll());
		List<Cookie> cookies = jar.makeCookies(ParsedUrl.split("http://www.example.com/d/x"),
				List.of("a=b", "gone=1; Max-Age=0", "__Host-x=1", "=nameless", "big=" + "v".repeat(5000),
						"foreign=1; Domain=evil.com"));
		assertThat(cookies).extracting(Cookie::name).containsExactly("a", "big");
		assertThat(cookies.get(0).domain()).isEqualTo("www.example.com");
		assertThat(cookies.get(0).path()).isEqualTo("/d");
		assertThat(jar.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("set_cookie_if_ok stores a cookie only if the URL's server may set it")
	void setCookieIfOkStoresOnlyWhatTheUrlMaySet() {
		CookieJar jar = jar();
		Url url = ParsedUrl.split("http://www.example.com/");
		assertThat(jar.setCookieIfOk(Cookie.create("a", "b"), url)).isTrue();
		assertThat(jar.setCookieIfOk(ofDomain("c", "example.com"), url)).isTrue();
		assertThat(jar.setCookieIfOk(ofDomain("d", "evil.com"), url)).isFalse();
		assertThat(jar.setCookieIfOk(ofDomain("e", "com"), url)).isFalse();
		assertThat(jar.setCookieIfOk(Cookie.create("__Host-f", "1"), url)).isFalse();
		assertThat(jar.setCookieIfOk(Cookie.builder("g", "1").secure(true).build(), url)).isFalse();
		assertThat(jar.setCookieIfOk(Cookie.builder("h", "1").domain("example.com").hostOnly(true).build(), url))
			.isFalse();
		assertThat(jar.keys()).containsExactly("a", "c");
		assertThat(jar.setCookieIfOk(ofDomain("c", "example.com").toBuilder().expires(NOW).build(), url)).isTrue();
		assertThat(jar.keys()).containsExactly("a");
	}

	private static Cookie ofDomain(String name, String domain) {
		return Cookie.builder(name, "1").domain(domain).build();
	}

	@Test
	@DisplayName("115: extracting cookies returns the ones that were stored")
	void extractReturnsTheStoredCookies() {
		CookieJar jar = jar();
		List<Cookie> stored = jar.extractCookies(URL,
				List.of("a=1", "a=2", "b=3", "b=; Max-Age=0", "c=4; Domain=evil.com", "d=5", "d=5"));
		assertThat(stored).extracting(Cookie::name).containsExactly("a", "d");
		assertThat(stored).containsExactlyElementsOf(jar);
		assertThat(jar.extractCookies(URL, List.of())).isEmpty();
	}

	@Test
	@DisplayName("the jar uses the clock that it was created with")
	void jarUsesItsClock() {
		CookieJar jar = new CookieJar(CookiePolicy.defaults(), () -> NOW);
		jar.extractCookies(URL, List.of("a=b; Max-Age=7"));
		assertThat(jar.iterator().next().expires()).isEqualTo(NOW.plusSeconds(7));
		assertThat(jar.copy().extractCookies(URL, List.of("a=b; Max-Age=7")).get(0).expires())
			.isEqualTo(NOW.plusSeconds(7));
		CookieJar later = new CookieJar(CookiePolicy.defaults(), () -> NOW.plusSeconds(7));
		later.update(jar);
		assertThat(later.cookieHeader(URL)).isNull();
		assertThat(jar.cookieHeader(URL)).isEqualTo("a=b");
	}

}
