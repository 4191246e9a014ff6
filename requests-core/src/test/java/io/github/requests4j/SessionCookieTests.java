package io.github.requests4j;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.cookies.Cookies;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cookies of sessions, calls and redirects over real sockets (behaviours 102 to 105, 114
 * to 116, 123, 124).
 */
class SessionCookieTests {

	private Function<RawRequest, Reply> handler = (request) -> Reply.of(200, "ok", "Set-Cookie: a=b");

	private TestHttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = TestHttpServer.start((request) -> this.handler.apply(request));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private String cookieOfLast() {
		return this.server.lastRequest().header("Cookie");
	}

	@Test
	@DisplayName("102: the Cookie header comes from the jar, unless the caller gives one")
	void cookieHeaderComesFromTheJar() {
		try (Session session = Session.create()) {
			session.get(this.server.url("/"));
			session.get(this.server.url("/"));
			assertThat(cookieOfLast()).isEqualTo("a=b");
			session.get(this.server.url("/"), (options) -> options.header("Cookie", "own=1"));
			assertThat(cookieOfLast()).isEqualTo("own=1");
		}
	}

	@Test
	@DisplayName("103, 105: a request's cookies are sent with the session's and not stored")
	void cookiesOfTheCallAreNotStored() {
		try (Session session = Session.create()) {
			session.get(this.server.url("/"));
			session.get(this.server.url("/"), (options) -> options.cookie("a", "req").cookie("x", "y"));
			assertThat(cookieOfLast()).contains("a=b", "a=req", "x=y");
			session.get(this.server.url("/"));
			assertThat(cookieOfLast()).isEqualTo("a=b");
			assertThat(session.cookies().keys()).containsExactly("a");
		}
	}

	@Test
	@DisplayName("103, 105: a cookie of the call replaces that of the session for this call only")
	void cookieOfTheCallReplacesThatOfTheSession() {
		try (Session session = Session.create()) {
			session.cookies().set("foo", "bar");
			session.get(this.server.url("/"), (options) -> options.cookie("foo", "baz"));
			assertThat(cookieOfLast()).isEqualTo("foo=baz");
			assertThat(session.cookies().get("foo")).isEqualTo("bar");
		}
	}

	@Test
	@DisplayName("8, 103: sessions and calls use the jars passed to them")
	void givenJarsAreUsed() {
		CookieJar jar = Cookies.cookieJarFromDict(Map.of("foo", "bar"));
		try (Session own = Session.builder().cookies(jar).build(); Session other = Session.create()) {
			assertThat(own.cookies()).isSameAs(jar);
			own.get(this.server.url("/"));
			assertThat(cookieOfLast()).isEqualTo("foo=bar");
			other.get(this.server.url("/"), (options) -> options.cookies(Cookies.cookieJarFromDict(Map.of("x", "y"))));
			assertThat(cookieOfLast()).isEqualTo("x=y");
			assertThat(other.cookies().keys()).containsExactly("a");
		}
	}

	@Test
	@DisplayName("104: a request's cookies are sent only to its host")
	void cookiesOfTheCallStayOnTheirHost() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.redirect(302, this.server.url("localhost", "/to")) : Reply.ok("end");
		try (Session session = Session.create()) {
			session.get(this.server.url("/from"), (options) -> options.cookie("x", "y"));
			assertThat(this.server.requests().get(0).header("Cookie")).isEqualTo("x=y");
			assertThat(cookieOfLast()).isNull();
		}
	}

	@Test
	@DisplayName("114: Set-Cookie headers count separately although the header shows them joined")
	void setCookieHeadersCountSeparately() {
		this.handler = (request) -> Reply.of(200, "", "Set-Cookie: a=1", "Set-Cookie: b=2; Path=/");
		try (Session session = Session.create()) {
			Response response = session.get(this.server.url("/"));
			assertThat(response.headers().get("Set-Cookie")).isEqualTo("a=1, b=2; Path=/");
			assertThat(response.cookies().keys()).containsExactlyInAnyOrder("a", "b");
		}
	}

	@Test
	@DisplayName("108, 115: the policy of the jar decides which cookies the session stores")
	void policyDecidesWhatTheSessionStores() {
		try (Session session = Session.create()) {
			session.cookies().setPolicy(CookiePolicy.blockAll());
			Response response = session.get(this.server.url("/"));
			assertThat(response.cookies().get("a")).isEqualTo("b");
			assertThat(session.cookies().isEmpty()).isTrue();
		}
	}

	@Test
	@DisplayName("110: a Host header of the caller does not prevent cookies from being stored")
	void hostHeaderOfTheCallerDoesNotPreventCookies() {
		try (Session session = Session.create()) {
			Response response = session.get(this.server.url("/"), (options) -> options.header("Host", "other.example"));
			assertThat(response.cookies().get("a")).isEqualTo("b");
			assertThat(session.cookies().get("a")).isEqualTo("b");
		}
	}

	@Test
	@DisplayName("115: each response has its own cookies, and the session has those of every hop")
	void sessionStoresTheCookiesOfEveryHop() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /to", "Set-Cookie: first=1") : Reply.of(200, "", "Set-Cookie: second=2");
		try (Session session = Session.create()) {
			Response response = session.get(this.server.url("/from"));
			assertThat(response.cookies().keys()).containsExactly("second");
			assertThat(response.history().get(0).cookies().keys()).containsExactly("first");
			assertThat(session.cookies().keys()).containsExactlyInAnyOrder("first", "second");
		}
	}

	@Test
	@DisplayName("116: a redirect's cookies and the request's own are sent on the same host; a Cookie header is dropped")
	void cookiesAreSentAcrossRedirects() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /to", "Set-Cookie: new=1") : Reply.ok("end");
		try (Session session = Session.create()) {
			session.get(this.server.url("/from"), (options) -> options.cookie("own", "2"));
			assertThat(cookieOfLast()).contains("new=1", "own=2");
			session.get(this.server.url("/from"), (options) -> options.header("Cookie", "explicit=3"));
			assertThat(cookieOfLast()).isEqualTo("new=1");
		}
	}

	@Test
	@DisplayName("111, 116: a cookie that a redirect expires is not sent on the next hop")
	void cookieExpiredByARedirectIsNotSent() {
		this.handler = (request) -> switch (request.path()) {
			case "/login" -> Reply.of(200, "", "Set-Cookie: old=1");
			case "/from" -> Reply.of(302, "", "Location: /to", "Set-Cookie: old=; Max-Age=0", "Set-Cookie: new=1");
			default -> Reply.ok("end");
		};
		try (Session session = Session.create()) {
			session.get(this.server.url("/login"));
			session.get(this.server.url("/from"), (options) -> options.cookie("own", "2"));
			assertThat(this.server.requests().get(1).header("Cookie")).contains("old=1", "own=2");
			assertThat(cookieOfLast()).contains("new=1", "own=2").doesNotContain("old");
			assertThat(session.cookies().keys()).containsExactly("new");
		}
	}

	@Test
	@DisplayName("116, 124: a redirect does not add cookies of the session to the jar of a prepared request")
	void redirectsDoNotChangeTheJarOfThePreparedRequest() {
		this.handler = (request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end");
		try (Session session = Session.create()) {
			session.cookies().set("token", "session");
			CookieJar own = Cookies.cookieJarFromDict(Map.of("foo", "bar"));
			PreparedRequest request = Request.of("GET", this.server.url("/from")).prepare();
			request.prepareCookies(own);
			Response response = session.send(request);
			assertThat(Cookies.dictFromCookieJar(response.request().cookies()))
				.containsExactlyInAnyOrderEntriesOf(Map.of("foo", "bar", "token", "session"));
			assertThat(Cookies.dictFromCookieJar(own)).containsExactly(Map.entry("foo", "bar"));
			assertThat(request.cookies()).isSameAs(own);
		}
	}

	@Test
	@DisplayName("123: preparing cookies again changes nothing while there is a Cookie header")
	void preparingAgainKeepsTheCookieHeader() {
		try (Session session = Session.create()) {
			session.cookies().setCookie(Cookie.create("a", "b"));
			PreparedRequest prepared = session.prepareRequest(Request.of("GET", this.server.url("/")));
			session.cookies().setCookie(Cookie.create("c", "d"));
			prepared.prepareCookies(session.cookies());
			assertThat(prepared.headers().get("Cookie")).isEqualTo("a=b");
		}
	}

	@Test
	@DisplayName("124: a copy has its own headers and jar")
	void copyHasItsOwnHeadersAndJar() {
		try (Session session = Session.create()) {
			session.cookies().setCookie(Cookie.create("a", "b"));
			PreparedRequest prepared = session.prepareRequest(Request.of("GET", this.server.url("/")));
			PreparedRequest copy = prepared.copy();
			copy.headers().put("X", "y");
			assertThat(prepared.headers().containsKey("X")).isFalse();
			assertThat(copy.cookies()).isNotSameAs(prepared.cookies());
			assertThat(copy.hooks()).isSameAs(prepared.hooks());
		}
	}

	@Test
	@DisplayName("In the session scope, a call with its own credentials gets its own jar")
	void sessionScopeSeparatesCredentials() {
		this.handler = (request) -> Reply.of(200, "",
				"Set-Cookie: who=" + ((request.header("Authorization") != null) ? "caller" : "session"));
		try (Session session = Session.builder().cookieScope(CookieScope.SESSION).build()) {
			session.get(this.server.url("/"));
			session.get(this.server.url("/"), (options) -> options.auth("u", "p"));
			assertThat(cookieOfLast()).isNull();
			assertThat(session.cookies().get("who")).isEqualTo("session");
			session.get(this.server.url("/"));
			assertThat(cookieOfLast()).isEqualTo("who=session");
		}
	}

	@Test
	@DisplayName("In the call scope, redirects share cookies, and the next call starts with none")
	void callScopeEndsWithTheCall() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /to", "Set-Cookie: a=1") : Reply.ok("end");
		try (Session session = Session.builder().cookieScope(CookieScope.CALL).build()) {
			session.get(this.server.url("/from"));
			assertThat(cookieOfLast()).isEqualTo("a=1");
			session.get(this.server.url("/to"));
			assertThat(cookieOfLast()).isNull();
			assertThat(session.cookies().isEmpty()).isTrue();
		}
	}

	@Test
	@DisplayName("In the NONE scope, only the caller's cookies are sent")
	void noneScopeSendsOnlyExplicitCookies() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /to", "Set-Cookie: a=1") : Reply.ok("end");
		try (Session session = Session.builder().cookieScope(CookieScope.NONE).build()) {
			session.get(this.server.url("/from"), (options) -> options.cookie("own", "1"));
			assertThat(this.server.requests().get(0).header("Cookie")).isEqualTo("own=1");
			assertThat(cookieOfLast()).isEqualTo("own=1");
			session.get(this.server.url("/to"));
			assertThat(cookieOfLast()).isNull();
		}
	}

}
