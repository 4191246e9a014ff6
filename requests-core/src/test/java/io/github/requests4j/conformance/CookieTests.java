package io.github.requests4j.conformance;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.Session;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieConflictException;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.cookies.Cookies;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Cookies of sessions, requests and responses, and the jar as a map.
 */
class CookieTests extends HttpbinSupport {

	@Test
	@DisplayName("115: a cookie that comes with a redirect is kept")
	void setOnRedirect() {
		this.session.get(url("/cookies/set?foo=bar"));
		assertThat(this.session.cookies().get("foo")).isEqualTo("bar");
	}

	@Test
	@DisplayName("116: cookies are sent on redirects")
	void sentOnRedirect() {
		this.session.get(url("/cookies/set?foo=bar"));
		Response response = this.session.get(url("/redirect/1"));
		assertThat(shown(response, "headers", "Cookie")).isEqualTo("foo=bar");
	}

	@Test
	@DisplayName("111: a cookie that expires is removed")
	void removedOnExpiry() {
		this.session.get(url("/cookies/set?foo=bar"));
		this.session.get(url("/response-headers"),
				(o) -> o.param("Set-Cookie", "foo=deleted; Path=/; expires=Thu, 01-Jan-1970 00:00:01 GMT"));
		assertThat(this.session.cookies().contains("foo")).isFalse();
	}

	@Test
	@DisplayName("111, 116: a redirect that removes a cookie keeps it from the next hop")
	void removedOnRedirect() throws IOException {
		try (RawServer server = RawServer.answering(
				"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: old=1; Path=/\r\n\r\n",
				"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n"
						+ "Set-Cookie: old=; Path=/; Max-Age=0\r\nSet-Cookie: new=1; Path=/\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			this.session.get(server.url("/"));
			this.session.get(server.url("/"), (o) -> o.cookie("own", "2"));
			assertThat(server.requests().get(1).header("Cookie")).contains("old=1", "own=2");
			assertThat(server.requests().get(2).header("Cookie")).contains("new=1", "own=2").doesNotContain("old");
			assertThat(this.session.cookies().keys()).containsExactly("new");
		}
	}

	@Test
	@DisplayName("108, 115: the policy of the session's jar decides what it takes from responses")
	void policyOfSession() {
		this.session.cookies().setPolicy(CookiePolicy.blockAll());
		Response response = this.session.get(url("/response-headers"), (o) -> o.param("Set-Cookie", "a=b"));
		assertThat(response.cookies().get("a")).isEqualTo("b");
		assertThat(this.session.cookies().isEmpty()).isTrue();
	}

	@Test
	@DisplayName("113: a value keeps its quotes")
	void quoted() {
		this.session.get(url("/cookies/set"), (o) -> o.param("foo", "\"bar:baz\""));
		assertThat(this.session.cookies().get("foo")).isEqualTo("\"bar:baz\"");
	}

	@Test
	@DisplayName("103, 116: cookies of a request are sent on its redirects too, and are not kept")
	void ofRequest() {
		Response response = this.session.get(url("/redirect/1"), (o) -> o.cookie("foo", "bar"));
		assertThat(response.request().headers().get("Cookie")).isEqualTo("foo=bar");
		assertThat(response.history().get(0).request().headers().get("Cookie")).isEqualTo("foo=bar");
		assertThat(this.session.cookies().isEmpty()).isTrue();
	}

	@Test
	@DisplayName("103, 105: a cookie of the request goes over the session's, which stays")
	void overridden() {
		this.session.cookies().set("foo", "bar");
		Response response = this.session.get(url("/cookies"), (o) -> o.cookies(Map.of("foo", "baz")));
		assertThat(shown(response, "cookies", "foo")).isEqualTo("baz");
		assertThat(this.session.cookies().get("foo")).isEqualTo("bar");
	}

	@Test
	@DisplayName("8, 103: a session works on the jar it was given, a request on any other")
	void givenJars() {
		CookieJar jar = Cookies.cookieJarFromDict(Map.of("foo", "bar"));
		try (Session own = Session.builder().environment(RequestsEnvironment.EMPTY).cookies(jar).build()) {
			assertThat(shown(own.get(url("/cookies")), "cookies", "foo")).isEqualTo("bar");
			assertThat(own.cookies()).isSameAs(jar);
		}
		Response response = this.session.get(url("/cookies"), (o) -> o.cookies(jar));
		assertThat(shown(response, "cookies", "foo")).isEqualTo("bar");
	}

	@Test
	@DisplayName("116, 124: on the next hop the cookies of request and session are together")
	void mergedOnRedirect() {
		this.session.cookies().set("cookie", "tasty");
		PreparedRequest request = Request
			.of("GET", url("/headers"), (o) -> o.cookies(Cookies.cookieJarFromDict(Map.of("foo", "bar"))))
			.prepare();
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("Location", url("/get"));
		Response redirect = Response.builder(302).request(request).headers(headers).build();
		Response next = this.session.resolveRedirects(redirect, request, SendOptions.DEFAULTS).next();
		assertThat(Cookies.dictFromCookieJar(next.request().cookies()))
			.containsExactlyInAnyOrderEntriesOf(Map.of("foo", "bar", "cookie", "tasty"));
	}

	@Test
	@DisplayName("116, 124: a jar that the caller prepared a request with gets nothing of the session's by redirects")
	void callersJarStaysAsItWas() {
		this.session.cookies().set("token", "of-session");
		CookieJar own = Cookies.cookieJarFromDict(Map.of("foo", "bar"));
		PreparedRequest request = Request.of("GET", url("/redirect/1")).prepare();
		request.prepareCookies(own);
		Response response = this.session.send(request);
		assertThat(Cookies.dictFromCookieJar(response.request().cookies()))
			.containsExactlyInAnyOrderEntriesOf(Map.of("foo", "bar", "token", "of-session"));
		assertThat(Cookies.dictFromCookieJar(own)).containsExactly(Map.entry("foo", "bar"));
		assertThat(request.cookies()).isSameAs(own);
	}

	@Test
	@DisplayName("110: a caller's Host does not keep a response from setting cookies")
	void withOwnHost() {
		Response response = this.session.get(url("/cookies/set?cookie=value"),
				(o) -> o.allowRedirects(false).header("Host", "httpbin.org"));
		assertThat(response.cookies().get("cookie")).isEqualTo("value");
	}

	@Test
	@DisplayName("121: what a cookie is set with")
	void attributes() {
		CookieJar jar = new CookieJar();
		jar.set("some_cookie", "some_value",
				(cookie) -> cookie.secure(true).domain("test.com").rest(Map.of("HttpOnly", "True")));
		assertThat(jar.size()).isEqualTo(1);
		assertThat(jar.contains("some_cookie")).isTrue();
		Cookie cookie = jar.iterator().next();
		assertThat(cookie.secure()).isTrue();
		assertThat(cookie.domain()).isEqualTo("test.com");
		assertThat(cookie.rest()).containsEntry("HttpOnly", "True");
	}

	@Test
	@DisplayName("117: keys, values and items are lists, read as often as one likes")
	void asDict() {
		CookieJar jar = new CookieJar();
		jar.set("some_cookie", "some_value");
		jar.set("some_cookie1", "some_value1");
		Map<String, String> expected = Map.of("some_cookie", "some_value", "some_cookie1", "some_value1");
		assertThat(jar.size()).isEqualTo(2);
		assertThat(jar.getDict()).isEqualTo(expected);
		assertThat(jar.keys()).isEqualTo(jar.keys()).containsExactly("some_cookie", "some_cookie1");
		assertThat(jar.values()).isEqualTo(jar.values()).containsExactly("some_value", "some_value1");
		Map<String, String> iterated = new LinkedHashMap<>();
		jar.iterItems().forEachRemaining((item) -> iterated.put(item.getKey(), item.getValue()));
		assertThat(iterated).isEqualTo(expected);
		List<String> keys = new ArrayList<>();
		jar.iterKeys().forEachRemaining(keys::add);
		assertThat(keys).isEqualTo(jar.keys());
		List<String> values = new ArrayList<>();
		jar.iterValues().forEachRemaining(values::add);
		assertThat(values).isEqualTo(jar.values());
		assertThat(jar.items()).hasSize(2);
	}

	@Test
	@DisplayName("117: one name on two domains is a conflict until a domain is said")
	void conflictOfDomains() {
		CookieJar jar = new CookieJar();
		jar.set("some_cookie", "some_value", "test1.com", "/");
		jar.set("some_cookie", "some_value", "test2.com", "/");
		assertThat(jar.contains("some_cookie")).isTrue();
		assertThat(jar.items()).hasSize(2);
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.get("some_cookie"));
		assertThat(jar.get("some_cookie", "test1.com", null)).isEqualTo("some_value");
	}

	@Test
	@DisplayName("117: one name on two paths is a conflict")
	void conflictOfPaths() {
		CookieJar jar = new CookieJar();
		jar.set("some_cookie", "some_value", (cookie) -> cookie.path("/some_path"));
		jar.set("some_cookie", "some_value");
		assertThatExceptionOfType(CookieConflictException.class).isThrownBy(() -> jar.get("some_cookie"));
	}

	@Test
	@DisplayName("124: a copy of a jar has its policy")
	void policyOfCopy() {
		CookieJar jar = new CookieJar();
		CookiePolicy policy = CookiePolicy.builder().maxCookies(7).build();
		jar.setPolicy(policy);
		assertThat(jar.copy().policy()).isSameAs(policy);
	}

	@Test
	@DisplayName("250: a map goes into a jar")
	void addDict() {
		CookieJar jar = new CookieJar();
		jar.set("test", "old");
		Map<String, String> cookies = Map.of("test", "cookies", "good", "cookies");
		assertThat(Cookies.addDictToCookieJar(jar, cookies)).isSameAs(jar);
		assertThat(Cookies.dictFromCookieJar(jar)).isEqualTo(cookies);
	}

	@Test
	@DisplayName("111: expiry and age of a parsed Set-Cookie")
	void morsel() {
		assertThat(Cookies.morselToCookie("a=b; expires=Thu, 01-Jan-1970 00:00:01 GMT").expires())
			.isEqualTo(Instant.ofEpochSecond(1));
		assertThat(Cookies.morselToCookie("a=b").expires()).isNull();
		assertThat(Cookies.morselToCookie("a=b; max-age=60").expires()).isAfter(Instant.now().minusSeconds(1));
	}

}
