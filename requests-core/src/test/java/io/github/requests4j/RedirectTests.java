package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TooManyRedirectsException;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Redirects over real sockets (behaviours 146 to 169).
 */
class RedirectTests {

	/**
	 * Redirects /from with a status and a Location, and answers everything else with 200.
	 */
	private static TestHttpServer redirecting(int status, String location) throws IOException {
		return server((request) -> request.path().equals("/from") ? Reply.redirect(status, location) : Reply.ok("end"));
	}

	private static TestHttpServer server(Function<RawRequest, Reply> handler) throws IOException {
		return TestHttpServer.start(handler);
	}

	@ParameterizedTest(name = "147: status {0} turns {1} into {2}")
	@CsvSource({ "301,GET,GET", "301,HEAD,HEAD", "301,POST,GET", "301,PUT,PUT", "301,PATCH,PATCH", "301,DELETE,DELETE",
			"301,OPTIONS,OPTIONS", "301,PURGE,PURGE", "302,GET,GET", "302,HEAD,HEAD", "302,POST,GET", "302,PUT,GET",
			"302,PATCH,GET", "302,DELETE,GET", "302,OPTIONS,GET", "302,PURGE,GET", "303,GET,GET", "303,HEAD,HEAD",
			"303,POST,GET", "303,PUT,GET", "303,PATCH,GET", "303,DELETE,GET", "303,OPTIONS,GET", "303,PURGE,GET",
			"307,GET,GET", "307,HEAD,HEAD", "307,POST,POST", "307,PUT,PUT", "307,DELETE,DELETE", "307,PURGE,PURGE",
			"308,GET,GET", "308,HEAD,HEAD", "308,POST,POST", "308,PATCH,PATCH", "308,OPTIONS,OPTIONS" })
	void statusDecidesTheMethod(int status, String method, String expected) throws IOException {
		try (TestHttpServer server = redirecting(status, "/to"); Session session = Session.create()) {
			Response response = session.request(method, server.url("/from"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(server.lastRequest().method()).isEqualTo(expected);
			assertThat(server.lastRequest().path()).isEqualTo("/to");
		}
	}

	@Test
	@DisplayName("147: 303 turns POST into GET")
	void postBecomesGetOn303() throws IOException {
		statusDecidesTheMethod(303, "POST", "GET");
	}

	@ParameterizedTest(name = "146: status {0} is never followed")
	@ValueSource(ints = { 300, 304, 305, 306 })
	void otherStatusesAreNotFollowed(int status) throws IOException {
		try (TestHttpServer server = redirecting(status, "/to"); Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).statusCode()).isEqualTo(status);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("146: an empty Location is not followed, and without a Location there is no redirect")
	void emptyLocationIsNotFollowed() throws IOException {
		try (TestHttpServer server = server(
				(request) -> request.path().equals("/empty") ? Reply.redirect(302, "") : Reply.of(302, "no location"));
				Session session = Session.create()) {
			assertThat(session.get(server.url("/empty")).statusCode()).isEqualTo(302);
			Response bare = session.get(server.url("/bare"));
			assertThat(bare.statusCode()).isEqualTo(302);
			assertThat(bare.isRedirect()).isFalse();
		}
	}

	@ParameterizedTest(name = "148: status {0} drops the body and its headers")
	@ValueSource(ints = { 301, 302, 303 })
	void bodyAndItsHeadersAreDropped(int status) throws IOException {
		try (TestHttpServer server = redirecting(status, "/to"); Session session = Session.create()) {
			session.post(server.url("/from"),
					(options) -> options.data(Map.of("a", "b")).header("Content-Language", "de"));
			RawRequest last = server.lastRequest();
			assertThat(last.body()).isEmpty();
			assertThat(last.header("Content-Type")).isNull();
			assertThat(last.header("Transfer-Encoding")).isNull();
			assertThat(last.header("Content-Length")).isNull();
			assertThat(last.header("Content-Language")).isEqualTo("de");
			session.post(server.url("/from"), (options) -> options.data(List.of("chunk").iterator()));
			assertThat(server.lastRequest().headerNames()).doesNotContain("Transfer-Encoding", "Content-Length");
		}
	}

	@Test
	@DisplayName("148: a PUT that is kept by a 301 is sent with an empty body")
	void putOn301HasAnEmptyBody() throws IOException {
		try (TestHttpServer server = redirecting(301, "/to"); Session session = Session.create()) {
			session.put(server.url("/from"), (options) -> options.data("x"));
			assertThat(server.lastRequest().method()).isEqualTo("PUT");
			assertThat(server.lastRequest().body()).isEmpty();
			assertThat(server.lastRequest().header("Content-Length")).isEqualTo("0");
		}
	}

	@ParameterizedTest(name = "149: status {0} sends text, bytes and streams again")
	@ValueSource(ints = { 307, 308 })
	void bodyIsSentAgainOn307And308(int status) throws IOException {
		try (TestHttpServer server = redirecting(status, "/to"); Session session = Session.create()) {
			session.post(server.url("/from"), (options) -> options.data("text"));
			assertThat(server.lastRequest().bodyText()).isEqualTo("text");
			InputStream stream = new ByteArrayInputStream("0123456789".getBytes(StandardCharsets.UTF_8));
			assertThat(stream.skip(4)).isEqualTo(4);
			session.post(server.url("/from"), (options) -> options.data(stream));
			assertThat(server.lastRequest().bodyText()).isEqualTo("456789");
			assertThat(server.lastRequest().header("Content-Length")).isEqualTo("6");
		}
	}

	@Test
	@DisplayName("149: a body that cannot be rewound is an UnrewindableBodyException and is never sent empty")
	void unrewindableBodyFails() throws IOException {
		try (TestHttpServer server = redirecting(307, "/to"); Session session = Session.create()) {
			Iterator<String> once = List.of("a", "b").iterator();
			assertThatExceptionOfType(UnrewindableBodyException.class)
				.isThrownBy(() -> session.post(server.url("/from"), (options) -> options.data(once)));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("150: the Location is read as UTF-8")
	void locationIsUtf8() throws IOException {
		String utf8AsLatin1 = new String("/š".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
		try (TestHttpServer server = redirecting(302, utf8AsLatin1); Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).url()).endsWith("/%C5%A1");
		}
	}

	@Test
	@DisplayName("150: a Location that is not UTF-8 is followed with its bytes percent-encoded")
	void locationInAnotherCharsetKeepsItsBytes() throws IOException {
		try (TestHttpServer server = redirecting(302, "/caf\u00e9/\u00ff%2F\u00fe?q=\u00fc&r=%41#\u00e4");
				Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).url()).endsWith("/caf%E9/%FF%2F%FE?q=%FC&r=A#%E4");
			assertThat(server.lastRequest().target()).isEqualTo("/caf%E9/%FF%2F%FE?q=%FC&r=A");
		}
	}

	@Test
	@DisplayName("153: equal Location headers count once")
	void equalLocationsCountOnce() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /a,b", "location: /a,b") : Reply.ok("end"));
				Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).url()).endsWith("/a,b");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/two", "''", "/ONE" })
	@DisplayName("153: different Location headers are not followed, and the response is attached")
	void differentLocationsAreRejected(String second) throws IOException {
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (TestHttpServer server = server((request) -> request.path().equals("/before") ? Reply.redirect(302, "/from")
				: Reply.of(302, "body", "Location: /one", "X-Between: 1", "Location: " + second));
				Session session = Session.builder().mount("http://", adapter).build()) {
			for (String path : List.of("/from?token=hidden", "/before")) {
				assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> session.get(server.url(path)))
					.withMessage("GET " + server.url("/from")
							+ ": the 302 response has 2 different Location headers, so its target is ambiguous."
							+ " Fix the server, or disable redirects with allowRedirects(false) and choose one of"
							+ " response.headers().getAll(\"Location\").")
					.satisfies((ex) -> assertThat(ex.response().headers().getAll("Location")).containsExactly("/one",
							second));
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
			assertThat(server.requests()).hasSize(3);
			Response response = session.get(server.url("/from"), (options) -> options.allowRedirects(false));
			assertThat(response.text()).isEqualTo("body");
			assertThat(response.next()).isNull();
		}
	}

	@Test
	@DisplayName("151: relative, scheme-relative and absolute targets are joined to the URL of the response")
	void targetsAreResolvedAgainstTheResponse() throws IOException {
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/dir/relative" -> Reply.redirect(302, "other?x=1");
			case "/dir/up" -> Reply.redirect(302, "../top");
			case "/dir/query" -> Reply.redirect(302, "?only=query");
			case "/dir/scheme" -> Reply.redirect(302, "//" + request.header("Host") + "/scheme-relative");
			case "/dir/upper-case" -> Reply.redirect(302, "HTTP://" + request.header("Host") + "/upper-case");
			case "/dir/absolute" -> Reply.redirect(302, "http://" + request.header("Host") + "/a/../b");
			default -> Reply.ok("end");
		}); Session session = Session.create()) {
			assertThat(session.get(server.url("/dir/relative")).url()).isEqualTo(server.url("/dir/other?x=1"));
			assertThat(session.get(server.url("/dir/up")).url()).isEqualTo(server.url("/top"));
			assertThat(session.get(server.url("/dir/scheme")).url()).isEqualTo(server.url("/scheme-relative"));
			assertThat(session.get(server.url("/dir/upper-case")).url()).isEqualTo(server.url("/upper-case"));
			assertThat(session.get(server.url("/dir/absolute")).url()).isEqualTo(server.url("/a/../b"));
		}
	}

	@Test
	@DisplayName("152: the fragment is inherited until a Location has its own")
	void fragmentIsInherited() throws IOException {
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/1" -> Reply.redirect(302, "/2");
			case "/2" -> Reply.redirect(302, "/3#new");
			case "/3" -> Reply.redirect(302, "/4");
			default -> Reply.ok("end");
		}); Session session = Session.create()) {
			Response response = session.get(server.url("/1#old"));
			assertThat(response.url()).isEqualTo(server.url("/4#new"));
			assertThat(response.history().get(1).url()).isEqualTo(server.url("/2#old"));
			assertThat(server.requests()).noneMatch((request) -> request.target().contains("#"));
		}
	}

	@Test
	@DisplayName("154: inner blanks of a Location become %20")
	void blanksOfALocationAreEscaped() throws IOException {
		try (TestHttpServer server = redirecting(302, "   /a b"); Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).url()).isEqualTo(server.url("/a%20b"));
		}
	}

	@ParameterizedTest(name = "155, threat 32: no redirect to {0}")
	@ValueSource(strings = { "ftp://127.0.0.1/x", "file:///etc/passwd", "mailto:a@b", "javascript:alert(1)",
			"jar:file:///a.jar!/b", "data:text/plain,x" })
	void otherSchemesAreRejected(String location) throws IOException {
		try (TestHttpServer server = redirecting(302, location); Session session = Session.create()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(server.url("/from")))
				.isInstanceOf(InvalidSchemaException.class)
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(302));
			assertThat(server.requests()).hasSize(1);
		}
	}

	@ParameterizedTest(name = "155: the target {0} is an InvalidUrlException")
	@ValueSource(strings = { "http://127.0.0.1:99999/", "http://localhost:-1", "http://[::1/x" })
	void unparsableTargetsAreInvalidUrls(String location) throws IOException {
		try (TestHttpServer server = redirecting(302, location); Session session = Session.create()) {
			assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> session.get(server.url("/from")));
		}
	}

	@Test
	@DisplayName("156: credentials in the Location are not used")
	void credentialsInALocationAreNotUsed() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.redirect(302, "http://u:p@" + request.header("Host") + "/to") : Reply.ok("end"));
				Session session = Session.create()) {
			session.get(server.url("/from"));
			assertThat(server.lastRequest().path()).isEqualTo("/to");
			assertThat(server.lastRequest().header("Authorization")).isNull();
		}
	}

	@ParameterizedTest(name = "157: from {0} to {1} strips: {2}")
	@CsvSource({ "http://a.com/x,http://a.com/y,false", "http://a.com/,http://A.COM/,false",
			"http://a.com:80/,http://a.com/,false", "http://a.com/,https://a.com/,false",
			"http://a.com:80/,https://a.com:443/,false", "https://a.com/,https://a.com:443/,false",
			"http://a.com/,http://b.com/,true", "http://a.com/,http://x.a.com/,true",
			"https://a.com/,http://a.com/,true", "http://a.com:8080/,https://a.com/,true",
			"http://a.com/,https://a.com:8443/,true", "http://a.com:1/,http://a.com:2/,true" })
	void authorizationIsStrippedForOtherOrigins(String from, String to, boolean strips) {
		try (Session session = Session.create()) {
			assertThat(session.shouldStripAuth(from, to)).isEqualTo(strips);
		}
	}

	@Test
	@DisplayName("159: other headers are forwarded, but not the caller's Host, listed secrets and Proxy-Authorization")
	void onlySafeHeadersAreForwarded() throws IOException {
		try (TestHttpServer target = TestHttpServer.echo();
				TestHttpServer server = redirecting(302, target.url("localhost", "/to"));
				Session session = Session.builder().stripHeadersOnRedirect("X-Api-Key").build()) {
			session.get(server.url("/from"),
					(options) -> options.header("Host", "given.example")
						.header("X-Api-Key", "k")
						.header("X-Other", "o")
						.header("Proxy-Authorization", "Basic x"));
			RawRequest last = target.lastRequest();
			assertThat(last.headers("Host")).containsExactly("localhost:" + target.port());
			assertThat(last.header("X-Api-Key")).isNull();
			assertThat(last.header("X-Other")).isEqualTo("o");
			assertThat(last.header("Proxy-Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("160: the Cookie header of the redirected request comes last")
	void cookieHeaderComesLast() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.of(302, "", "Location: /to", "Set-Cookie: a=b") : Reply.ok("end"));
				Session session = Session.create()) {
			session.get(server.url("/from"), (options) -> options.auth("u", "p"));
			List<String> names = server.lastRequest().headerNames();
			assertThat(names.get(names.size() - 1)).isEqualTo("Cookie");
			assertThat(names).contains("Authorization");
		}
	}

	@Test
	@DisplayName("161: 31 hops exceed 30 redirects; the error has the last hop and its history (threat 30)")
	void limitOfRedirectsIsEnforced() throws IOException {
		try (TestHttpServer server = server((request) -> Reply.redirect(302, request.path() + "x"));
				Session session = Session.create()) {
			assertThatExceptionOfType(TooManyRedirectsException.class).isThrownBy(() -> session.get(server.url("/")))
				.withMessage(
						"Exceeded 30 redirects. This is usually a redirect loop; response().history() lists every hop."
								+ " Raise maxRedirects if the chain is legitimate.")
				.satisfies((ex) -> {
					assertThat(ex.request().url()).isEqualTo(server.url("/" + "x".repeat(30)));
					assertThat(ex.response().url()).isEqualTo(ex.request().url());
					assertThat(ex.response().history()).hasSize(30);
				});
			assertThat(server.requests()).hasSize(31);
		}
	}

	@Test
	@DisplayName("162: maxRedirects 0 is an error if redirects are followed, and returns the 3xx if not")
	void limitOfZeroRejectsRedirects() throws IOException {
		try (TestHttpServer server = redirecting(302, "/to");
				Session session = Session.builder().maxRedirects(0).build()) {
			assertThatExceptionOfType(TooManyRedirectsException.class)
				.isThrownBy(() -> session.get(server.url("/from")))
				.withMessageStartingWith("Exceeded 0 redirects. ");
			Response response = session.get(server.url("/from"), (options) -> options.allowRedirects(false));
			assertThat(response.statusCode()).isEqualTo(302);
		}
	}

	@Test
	@DisplayName("163: the history lists the earlier responses, oldest first, and each has its own")
	void historyListsEarlierResponses() throws IOException {
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/1" -> Reply.redirect(302, "/2");
			case "/2" -> Reply.redirect(302, "/3");
			default -> Reply.ok("end");
		}); Session session = Session.create()) {
			Response response = session.get(server.url("/1"));
			assertThat(response.history()).extracting(Response::url)
				.containsExactly(server.url("/1"), server.url("/2"));
			assertThat(response.history().get(0).history()).isEmpty();
			assertThat(response.history().get(1).history()).containsExactly(response.history().get(0));
			assertThat(session.get(server.url("/3")).history()).isEmpty();
		}
	}

	@Test
	@DisplayName("164: hooks run and the time is measured for every hop")
	void hooksRunForEveryHop() throws IOException {
		List<String> seen = new ArrayList<>();
		try (TestHttpServer server = redirecting(302, "/to"); Session session = Session.builder().hook((r, options) -> {
			seen.add(r.url());
			return null;
		}).build()) {
			Response response = session.get(server.url("/from"));
			assertThat(seen).containsExactly(server.url("/from"), server.url("/to"));
			assertThat(response.elapsed()).isPositive();
			assertThat(response.history().get(0).elapsed()).isPositive();
		}
	}

	@Test
	@DisplayName("165: the body of a redirect is read, and its connection reused")
	void bodyOfARedirectIsReadAndItsConnectionReused() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.of(302, "moved", "Location: /to") : Reply.ok("end")); Session session = Session.create()) {
			Response response = session.get(server.url("/from"));
			assertThat(response.history().get(0).text()).isEqualTo("moved");
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("165, 226: a redirect whose body cannot be decoded is followed")
	void wronglyEncodedRedirectIsFollowed() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.of(302, "plain", "Location: /to", "Content-Encoding: gzip") : Reply.ok("end"));
				Session session = Session.create()) {
			assertThat(session.get(server.url("/from")).text()).isEqualTo("end");
		}
	}

	@Test
	@DisplayName("166: if redirects are not followed, next is the rewritten request, and the body is read")
	void nextIsTheRequestThatWouldFollow() throws IOException {
		try (TestHttpServer server = server((request) -> request.path().equals("/from")
				? Reply.of(303, "moved", "Location: /to") : Reply.ok("end")); Session session = Session.create()) {
			Response response = session.post(server.url("/from"),
					(options) -> options.data("x").allowRedirects(false).stream(true));
			PreparedRequest next = response.next();
			assertThat(next).isNotNull();
			assertThat(next.method()).isEqualTo("GET");
			assertThat(next.url()).isEqualTo(server.url("/to"));
			assertThat(next.body()).isNull();
			assertThat(response.text()).isEqualTo("moved");
			assertThat(session.send(next).text()).isEqualTo("end");
			assertThat(session.get(server.url("/from")).next()).isNull();
		}
	}

	@Test
	@DisplayName("167: a chain can be followed step by step, with responses or requests")
	void chainIsFollowedStepByStep() throws IOException {
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/1" -> Reply.redirect(302, "/2");
			case "/2" -> Reply.redirect(302, "/3");
			default -> Reply.ok("end");
		}); Session session = Session.create()) {
			PreparedRequest request = session.prepareRequest(Request.of("GET", server.url("/1")));
			SendOptions once = SendOptions.of((o) -> o.allowRedirects(false));
			Response first = session.send(request, once);
			Iterator<PreparedRequest> requests = session.resolveRedirectRequests(first, request, once);
			assertThat(requests.next().url()).isEqualTo(server.url("/2"));
			Iterator<Response> responses = session.resolveRedirects(first, request, once);
			int before = server.requests().size();
			assertThat(responses.next().url()).isEqualTo(server.url("/2"));
			assertThat(server.requests()).hasSize(before + 1);
			assertThat(responses.next().text()).isEqualTo("end");
			assertThat(responses.hasNext()).isFalse();
		}
	}

	@Test
	@DisplayName("165, 167: the next step does not depend on how much of a streamed body was read")
	void stepsDoNotDependOnWhatWasRead() throws IOException {
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/1" -> Reply.of(302, "first", "Location: /2");
			case "/2" -> Reply.of(302, "second", "Location: /3");
			default -> Reply.ok("end");
		}); Session session = Session.create()) {
			Response first = session.get(server.url("/1"), (options) -> options.allowRedirects(false).stream(true));
			Iterator<Response> steps = session.resolveRedirects(first, first.request(),
					SendOptions.of((options) -> options.stream(true)));
			first.iterContent(3);
			Response second = steps.next();
			second.iterContent().forEachRemaining((piece) -> assertThat(piece).isNotEmpty());
			assertThat(steps.next().text()).isEqualTo("end");
			assertThat(steps.hasNext()).isFalse();
		}
	}

	@Test
	@DisplayName("164, 167: each step follows the request of the previous one, with the caller's options")
	void stepsFollowTheRequestOfThePreviousStep() throws IOException {
		List<String> seen = new ArrayList<>();
		HttpAdapter adapter = new HttpAdapter(HttpAdapter.builder()) {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				seen.add(request.method() + " " + options.stream() + " " + options.verify() + " " + options.cert());
				return super.send(request, options);
			}
		};
		try (TestHttpServer server = server((request) -> switch (request.path()) {
			case "/1" -> Reply.redirect(303, "/2");
			case "/2" -> Reply.redirect(307, "/3");
			default -> Reply.ok("end");
		}); Session session = Session.builder().mount("http://", adapter).build()) {
			Response first = session.post(server.url("/1"), (options) -> options.allowRedirects(false));
			seen.clear();
			session.resolveRedirects(first, first.request(), SendOptions.of((o) -> o.verify(Verify.enabled())))
				.forEachRemaining((response) -> assertThat(response.request().method()).isEqualTo("GET"));
		}
		assertThat(seen).hasSize(2).allMatch(("GET false " + Verify.enabled() + " null")::equals);
	}

	@Test
	@DisplayName("167: the rules of redirects can be overridden")
	void customRulesMayKeepTheMethod() throws IOException {
		RedirectRules keepPost = new RedirectRules() {

			@Override
			public void rebuildMethod(RedirectContext context) {
				context.request().method("POST");
			}

		};
		try (TestHttpServer server = redirecting(302, "/to");
				Session session = Session.builder().redirectRules(keepPost).build()) {
			session.post(server.url("/from"));
			assertThat(server.lastRequest().method()).isEqualTo("POST");
		}
	}

	@Test
	@DisplayName("167: custom rules may follow a response that is not a redirect")
	void customRulesMayFollowOtherResponses() throws IOException {
		RedirectRules rules = new RedirectRules() {

			@Override
			public String redirectTarget(Response response) {
				return response.headers().get("Location");
			}

		};
		try (TestHttpServer server = server(
				(request) -> request.path().equals("/from") ? Reply.of(200, "", "Location: /to") : Reply.ok("end"));
				Session session = Session.builder().redirectRules(rules).build()) {
			Response response = session.get(server.url("/from"));
			assertThat(response.text()).isEqualTo("end");
			assertThat(response.history()).extracting(Response::isRedirect).containsExactly(false);
		}
	}

	@Test
	@DisplayName("168: 301 and 308 are permanent, 302 is not; ok is true for 3xx")
	void permanentRedirectsAre301And308() throws IOException {
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			try (TestHttpServer server = redirecting(status, "/to"); Session session = Session.create()) {
				Response response = session.get(server.url("/from"), (options) -> options.allowRedirects(false));
				assertThat(response.isPermanentRedirect()).isEqualTo(status == 301 || status == 308);
				assertThat(response.isRedirect()).isTrue();
				assertThat(response.ok()).isTrue();
			}
		}
	}

	@Test
	@DisplayName("169: a failure after a redirect carries the failing hop's request and no response")
	void failureCarriesTheRequestOfItsHop() throws IOException {
		try (TestHttpServer server = redirecting(302, "http://127.0.0.1:1/to"); Session session = Session.create()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(server.url("/from")))
				.satisfies((ex) -> {
					assertThat(ex.request().url()).isEqualTo("http://127.0.0.1:1/to");
					assertThat(ex.response()).isNull();
				});
		}
	}

	@Test
	@DisplayName("threat 31: after a 303, a POST forwards neither its body nor Content headers")
	void postOn303SendsNoBodyHeaders() throws IOException {
		try (TestHttpServer server = redirecting(303, "/to"); Session session = Session.create()) {
			session.post(server.url("/from"),
					(options) -> options.data(Body.of("secret")).header("Content-Type", "a/b"));
			assertThat(server.lastRequest().head()).doesNotContain("secret").doesNotContainIgnoringCase("Content-");
			assertThat(server.lastRequest().body()).isEmpty();
		}
	}

}
