package io.github.requests4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Entry points, defaults and merging of a session over real sockets (behaviours 1 to 22,
 * 53, 234 to 237).
 */
class SessionTests {

	private Function<RawRequest, Reply> handler = (request) -> Reply.ok("ok");

	private TestHttpServer server;

	private Session session;

	@BeforeEach
	void start() throws IOException {
		this.server = TestHttpServer.start((request) -> this.handler.apply(request));
		this.session = Session.builder().environment(RequestsEnvironment.EMPTY).build();
	}

	@AfterEach
	void stop() {
		this.session.close();
		this.server.close();
	}

	private String url(String path) {
		return this.server.url(path);
	}

	private RawRequest last() {
		return this.server.lastRequest();
	}

	@Test
	@DisplayName("1: static calls share connections but no cookies")
	void staticCallsShareConnectionsButNoCookies() {
		this.handler = (request) -> Reply.of(200, "ok", "Set-Cookie: a=b");
		Requests.get(url("/"));
		Requests.get(url("/"));
		assertThat(last().header("Cookie")).isNull();
		assertThat(this.server.connectionCount()).isEqualTo(1);
	}

	@Test
	@DisplayName("1: a streamed response of a static call remains readable")
	void streamOfAStaticCallRemainsReadable() {
		try (Response response = Requests.get(url("/"), (options) -> options.stream(true))) {
			assertThat(response.text()).isEqualTo("ok");
		}
	}

	@Test
	@DisplayName("2: get and options follow redirects, head does not, request(HEAD) does")
	void headDoesNotFollowRedirectsByDefault() {
		this.handler = (request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end");
		assertThat(this.session.get(url("/from")).statusCode()).isEqualTo(200);
		assertThat(this.session.options(url("/from")).statusCode()).isEqualTo(200);
		assertThat(this.session.head(url("/from")).statusCode()).isEqualTo(302);
		assertThat(this.session.head(url("/from"), (o) -> o.allowRedirects(true)).statusCode()).isEqualTo(200);
		assertThat(this.session.request("HEAD", url("/from")).statusCode()).isEqualTo(200);
		assertThat(Requests.head(url("/from")).statusCode()).isEqualTo(302);
	}

	@Test
	@DisplayName("3, 4: the seven methods and request() take a URL and options")
	void eachMethodSendsItsRequest() {
		this.session.get(url("/"), (o) -> o.param("a", 1));
		assertThat(last().requestLine()).isEqualTo("GET /?a=1 HTTP/1.1");
		this.session.options(url("/"));
		assertThat(last().method()).isEqualTo("OPTIONS");
		this.session.head(url("/"));
		assertThat(last().method()).isEqualTo("HEAD");
		this.session.post(url("/"), (o) -> o.data("d"));
		assertThat(last().method() + last().bodyText()).isEqualTo("POSTd");
		this.session.put(url("/"), (o) -> o.data("d"));
		assertThat(last().method() + last().bodyText()).isEqualTo("PUTd");
		this.session.patch(url("/"), (o) -> o.data("d"));
		assertThat(last().method() + last().bodyText()).isEqualTo("PATCHd");
		this.session.delete(url("/"));
		assertThat(last().method()).isEqualTo("DELETE");
		this.session.request("purge", url("/"));
		assertThat(last().method()).isEqualTo("PURGE");
	}

	@ParameterizedTest(name = "1, 2, 3: Requests.{0} sends its own method")
	@ValueSource(strings = { "get", "options", "head", "post", "put", "patch", "delete" })
	void staticMethodsSendTheirOwnMethod(String name) throws ReflectiveOperationException {
		Response response = (Response) Requests.class.getMethod(name, String.class).invoke(null, url("/"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(last().method()).isEqualToIgnoringCase(name);
		assertThat(Requests.request(name, url("/")).statusCode()).isEqualTo(200);
		assertThat(last().method()).isEqualToIgnoringCase(name);
	}

	@Test
	@DisplayName("5: the method is upper-cased when prepared, Request keeps its case")
	void methodIsUpperCasedWhenPrepared() {
		Request request = Request.of("PurGe", url("/"));
		assertThat(request.toString()).isEqualTo("<Request [PurGe]>");
		PreparedRequest prepared = this.session.prepareRequest(request);
		assertThat(prepared.toString()).isEqualTo("<PreparedRequest [PURGE]>");
	}

	@ParameterizedTest(name = "6: method {0} is rejected before anything is sent")
	@ValueSource(strings = { "GE T", "GET\r\nX: y", "G\u00c4T", "GET\u0000" })
	void invalidMethodFailsBeforeSending(String method) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.session.request(method, url("/")))
			.withMessageContaining("Method cannot contain non-token characters");
		assertThat(this.server.connectionCount()).isZero();
	}

	@Test
	@DisplayName("7: empty options count as absent")
	void emptyOptionsCountAsAbsent() {
		this.session.post(url("/"), (o) -> o.params(Map.of()).data(Map.of()).proxies(Map.of()));
		assertThat(last().target()).isEqualTo("/");
		assertThat(last().header("Content-Length")).isEqualTo("0");
		assertThat(last().header("Content-Type")).isNull();
	}

	@Test
	@DisplayName("8: a new session has the defaults")
	void newSessionHasTheDefaults() {
		try (Session fresh = Session.create()) {
			assertThat(fresh.auth()).isNull();
			assertThat(fresh.proxies().isEmpty()).isTrue();
			assertThat(fresh.hooks().responseHooks()).isEmpty();
			assertThat(fresh.params()).isNull();
			assertThat(fresh.stream()).isFalse();
			assertThat(fresh.verify()).isEqualTo(Verify.enabled());
			assertThat(fresh.cert()).isNull();
			assertThat(fresh.maxRedirects()).isEqualTo(30).isEqualTo(Session.DEFAULT_REDIRECT_LIMIT);
			assertThat(fresh.trustEnv()).isTrue();
			assertThat(fresh.cookies().isEmpty()).isTrue();
			assertThat(fresh.timeouts()).isEqualTo(Timeouts.NONE);
			assertThat(fresh.adapters().keySet()).containsExactly("https://", "http://");
		}
	}

	@Test
	@DisplayName("9, 10, 248: the default headers are sent in order")
	void defaultHeadersAreSentInOrder() {
		this.session.get(url("/"));
		assertThat(last().headerNames()).containsExactly("Host", "User-Agent", "Accept-Encoding", "Accept",
				"Connection");
		assertThat(last().header("User-Agent")).matches("requests4j/\\d+\\.\\d+\\.\\d+.*");
		assertThat(last().header("Accept-Encoding")).startsWith("gzip, deflate");
		assertThat(last().header("Accept")).isEqualTo("*/*");
		assertThat(last().header("Connection")).isEqualTo("keep-alive");
	}

	@Test
	@DisplayName("11: send adds nothing of the session but stores received cookies")
	void sendAddsNothing() {
		this.handler = (request) -> Reply.of(200, "ok", "Set-Cookie: c=d");
		this.session.update((b) -> b.header("X-Session", "1"));
		this.session.update((b) -> b.auth("u", "p"));
		this.session.cookies().set("a", "b");
		PreparedRequest bare = Request.of("GET", url("/")).prepare();
		this.session.send(bare);
		assertThat(last().headerNames()).containsExactly("Host");
		assertThat(this.session.cookies().get("c")).isEqualTo("d");
	}

	@Test
	@DisplayName("13: only prepared requests can be sent")
	void onlyPreparedRequestsCanBeSent() {
		assertThat(Session.class.getMethods()).filteredOn((method) -> method.getName().equals("send"))
			.isNotEmpty()
			.allMatch((method) -> method.getParameterTypes()[0] == PreparedRequest.class);
	}

	@Test
	@DisplayName("12: send ignores the CA bundles of the environment; request uses them")
	void sendIgnoresTheBundlesOfTheEnvironment() {
		RequestsEnvironment environment = new MapEnvironment(Map.of("REQUESTS_CA_BUNDLE", "/env.pem"));
		List<Verify> seen = new ArrayList<>();
		try (Session trusting = Session.builder()
			.environment(environment)
			.mount("mock://", new FixedAdapter((request, options) -> seen.add(options.verify())))
			.build()) {
			trusting.get("mock://x");
			trusting.send(Request.of("GET", "mock://x").prepare());
		}
		assertThat(seen.get(0).toString()).isEqualTo("/env.pem");
		assertThat(seen.get(1)).isNull();
	}

	@Test
	@DisplayName("14: the adapter receives the merged options")
	void adapterReceivesTheMergedOptions() {
		List<SendOptions> seen = new ArrayList<>();
		try (Session mock = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("mock://", new FixedAdapter((request, options) -> seen.add(options)))
			.build()) {
			mock.get("mock://x", (o) -> o.timeout(Duration.ofSeconds(2)).stream(true).proxy("http", "http://p:1"));
		}
		SendOptions options = seen.get(0);
		assertThat(options.stream()).isTrue();
		assertThat(options.timeouts()).isEqualTo(Timeouts.of(Duration.ofSeconds(2)));
		assertThat(options.verify()).isEqualTo(Verify.enabled());
		assertThat(options.cert()).isNull();
		assertThat(options.proxies()).isEqualTo(Proxies.of(Map.of("http", "http://p:1")));
	}

	@Test
	@DisplayName("15: a closed session rejects new calls; open streams remain readable")
	void closedSessionRejectsCalls() {
		Response streamed = this.session.get(url("/"), (o) -> o.stream(true));
		this.session.close();
		this.session.close();
		assertThat(this.session.isClosed()).isTrue();
		assertThat(streamed.text()).isEqualTo("ok");
		assertThatIllegalStateException().isThrownBy(() -> this.session.get(url("/"))).withMessageContaining("closed");
	}

	@Test
	@DisplayName("16: Requests.session() is a session")
	void requestsSessionReturnsASession() {
		try (Session alias = Requests.session()) {
			assertThat(alias.get(url("/")).ok()).isTrue();
		}
	}

	@Test
	@DisplayName("17: options that a call does not set come from the session; an explicit false is a value")
	void unsetOptionsComeFromTheSession() {
		List<SendOptions> seen = new ArrayList<>();
		try (Session mock = Session.builder()
			.stream(true)
			.verify(false)
			.environment(RequestsEnvironment.EMPTY)
			.mount("mock://", new FixedAdapter((request, options) -> seen.add(options)))
			.build()) {
			mock.get("mock://x");
			mock.get("mock://x", (o) -> o.stream(false).verify(true));
		}
		assertThat(seen.get(0).stream()).isTrue();
		assertThat(seen.get(0).verify()).isEqualTo(Verify.disabled());
		assertThat(seen.get(1).stream()).isFalse();
		assertThat(seen.get(1).verify()).isEqualTo(Verify.enabled());
	}

	@Test
	@DisplayName("18, 20, 21: request headers replace the session's in any case, and null removes them")
	void headersOfTheCallReplaceThoseOfTheSession() {
		this.session.update((b) -> b.clearHeaders().headers(Map.of("FOO", "session")));
		this.session.update((b) -> b.header("Bar", "session"));
		this.session.get(url("/"), (o) -> o.header("foo", null).header("BAR", "request").header("New", "n"));
		assertThat(last().header("Foo")).isNull();
		assertThat(last().headerLines()).contains("BAR: request", "New: n");
	}

	@ParameterizedTest(name = "9, 20, 58: {0} is not sent if the session or the call sets it to null")
	@ValueSource(strings = { "User-Agent", "Accept-Encoding", "Accept", "Connection" })
	void headersSetToNullAreNotSent(String name) {
		this.session.get(url("/"), (o) -> o.header(name, null));
		assertThat(last().header(name)).isNull();
		this.session.get(url("/"));
		assertThat(last().header(name)).isNotNull();
		this.session.update((b) -> b.header(name, null));
		this.session.get(url("/"));
		assertThat(last().header(name)).isNull();
	}

	@Test
	@DisplayName("54: a header that replaces the session's keeps its position")
	void replacedHeaderKeepsItsPosition() {
		this.session.get(url("/"), (o) -> o.header("accept", "text/x").header("X-A", "1"));
		assertThat(last().headerNames()).containsExactly("Host", "User-Agent", "Accept-Encoding", "accept",
				"Connection", "X-A");
	}

	@Test
	@DisplayName("19, 21, 53: params are merged case-sensitively, the session's first, and null removes")
	void paramsOfTheCallFollowThoseOfTheSession() {
		this.session.update((b) -> b.params(KeyValues.fromMap(Map.of("s", "1")).plus("x", "2")));
		this.session.get(url("/"), (o) -> o.param("x", "3").param("a", "b"));
		assertThat(last().target()).isEqualTo("/?s=1&x=3&a=b");
		this.session.get(url("/"), (o) -> o.param("x", null).param("S", "4"));
		assertThat(last().target()).isEqualTo("/?s=1&S=4");
		this.session.get(url("/"), (o) -> o.params("a=b"));
		assertThat(last().target()).isEqualTo("/?s=1&x=2&a=b");
	}

	@Test
	@DisplayName("22: a null header is rejected when a request is prepared without a session")
	void nullHeaderRequiresASession() {
		Request request = Request.of("GET", url("/"), (o) -> o.header("A", null));
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(request::prepare);
		assertThat(this.session.prepareRequest(request).headers().containsKey("A")).isFalse();
	}

	@Test
	@DisplayName("27: a relative URL without a base URL lacks a scheme")
	void relativeUrlRequiresABaseUrl() {
		assertThatExceptionOfType(MissingSchemaException.class).isThrownBy(() -> this.session.get("/orders"))
			.withMessage(
					"Invalid URL '/orders': No scheme supplied. A relative URL requires a session with a base URL. "
							+ "Set the base URL of the session, or use an absolute URL.");
	}

	@Test
	@DisplayName("A base URL is joined to relative URLs")
	void relativeUrlsAreJoinedToTheBaseUrl() {
		assertThat(this.session.baseUrl()).isNull();
		try (Session based = Session.builder().baseUrl(url("/v1")).build()) {
			assertThat(based.baseUrl()).isEqualTo(url("/v1"));
			based.get("orders");
			assertThat(last().target()).isEqualTo("/v1/orders");
			based.get("/orders/{id}", (o) -> o.uriVariable("id", "a/b?c"));
			assertThat(last().target()).isEqualTo("/v1/orders/a%2Fb%3Fc");
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> based.get("../admin"));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> based.get("/orders/{id}/x", (o) -> o.uriVariable("id", "..")));
		}
	}

	@Test
	@DisplayName("With a base URL, auth, headers and params are sent only to its origin and trusted ones")
	void credentialsAreSentOnlyToTrustedOrigins() {
		String other = this.server.url("localhost", "/x");
		try (Session based = Session.builder()
			.baseUrl(url("/"))
			.auth("u", "p")
			.header("X-Key", "k")
			.param("key", "v")
			.build()) {
			based.get("/x");
			assertThat(last().headerNames()).contains("Authorization", "X-Key");
			assertThat(last().target()).isEqualTo("/x?key=v");
			based.get(other);
			assertThat(last().headerNames()).doesNotContain("Authorization", "X-Key").contains("User-Agent");
			assertThat(last().target()).isEqualTo("/x");
			try (Session trusting = based.derive((b) -> b.trustedOrigins(this.server.url("localhost", "/")))) {
				trusting.get(other);
				assertThat(last().headerNames()).contains("Authorization", "X-Key");
				assertThat(last().target()).isEqualTo("/x?key=v");
			}
		}
	}

	@Test
	@DisplayName("With a base URL, a redirect elsewhere carries none of the session's headers")
	void redirectElsewhereDropsHeadersOfTheSession() {
		this.handler = (request) -> request.path().equals("/from")
				? Reply.redirect(302, this.server.url("localhost", "/to")) : Reply.ok("end");
		try (Session based = Session.builder().baseUrl(url("/")).header("X-Key", "k").build()) {
			based.get("/from");
			assertThat(last().path()).isEqualTo("/to");
			assertThat(last().header("X-Key")).isNull();
			assertThat(last().header("User-Agent")).isNotNull();
		}
	}

	@Test
	@DisplayName("The headers that a session returns are read-only")
	void headersOfASessionAreReadOnly() {
		try (Session session = Session.builder().build();
				Session frozen = Session.builder().name("shop").frozen(true).build()) {
			session.update((b) -> b.header("A", "b"));
			CaseInsensitiveHeaders shown = session.headers();
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> shown.put("A", "c"))
				.withMessage("The session returns a read-only copy of its headers."
						+ " Use session.update((builder) -> builder.header(name, value)) to change them.");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> frozen.headers().put("A", "c"))
				.withMessageContaining("The session 'shop' returns a read-only copy")
				.withMessageContaining("session.derive(");
			assertThat(session.headers()).containsEntry("A", "b");
		}
	}

	@Test
	@DisplayName("A frozen session rejects updates and suggests derive")
	void frozenSessionRejectsUpdates() {
		try (Session frozen = Session.builder().name("shop").frozen(true).build()) {
			assertThatIllegalStateException().isThrownBy(() -> frozen.update((b) -> b.header("a", "b")))
				.withMessageContaining("'shop'")
				.withMessageContaining("derive");
			assertThatIllegalStateException().isThrownBy(() -> frozen.mount("x://", new FixedAdapter((r, o) -> {
			})));
			try (Session derived = frozen.derive((b) -> b.header("X", "y"))) {
				derived.update((b) -> b.header("Z", "z"));
				derived.get(url("/"));
				assertThat(last().headerNames()).contains("X", "Z");
			}
		}
	}

	@Test
	@DisplayName("234: the only event with hooks is response")
	void onlyTheResponseEventHasHooks() {
		PreparedRequest prepared = Request.of("GET", url("/")).prepare();
		assertThatIllegalArgumentException().isThrownBy(() -> prepared.registerHook("pre", (r, o) -> null))
			.withMessageContaining("Unsupported event specified, with event name \"pre\"");
		ResponseHook hook = (r, o) -> null;
		prepared.registerHook("response", hook);
		assertThat(prepared.deregisterHook("response", hook)).isTrue();
		assertThat(prepared.deregisterHook("response", hook)).isFalse();
	}

	@Test
	@DisplayName("235: hooks run in order and may replace the response")
	void hooksMayReplaceTheResponse() {
		Response replacement = Response.builder(299).build();
		List<Integer> seen = new ArrayList<>();
		Response response = this.session.get(url("/"), (o) -> o.hook((r, options) -> {
			seen.add(r.statusCode());
			return replacement;
		}).hook((r, options) -> {
			seen.add(r.statusCode());
			return null;
		}));
		assertThat(seen).containsExactly(200, 299);
		assertThat(response).isSameAs(replacement);
		IllegalStateException thrown = new IllegalStateException("from the hook");
		assertThatIllegalStateException().isThrownBy(() -> this.session.get(url("/"), (o) -> o.hook((r, options) -> {
			throw thrown;
		}))).isSameAs(thrown);
		this.session.get(url("/"));
		await().untilAsserted(() -> assertThat(this.server.openConnections()).isLessThanOrEqualTo(1));
	}

	@Test
	@DisplayName("235: a hook receives the response and the options of the call")
	void hooksReceiveTheOptionsOfTheCall() {
		List<Boolean> streamed = new ArrayList<>();
		ResponseHook hook = (response, options) -> {
			streamed.add(options.stream());
			return null;
		};
		this.session.get(url("/"), (o) -> o.hook(hook));
		this.session.get(url("/"), (o) -> o.hook(hook).stream(true)).close();
		assertThat(streamed).containsExactly(false, true);
	}

	@Test
	@DisplayName("210, 235: the body of an error that a hook raises can be read")
	void bodyOfAnErrorRaisedByAHookIsReadable() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(422, "name is too long"));
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.hook((response, options) -> response.raiseForStatus())
					.build()) {
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> session.get(server.url("/")))
				.satisfies(
						(ex) -> assertThat(Objects.requireNonNull(ex.response()).text()).isEqualTo("name is too long"));
			assertThatExceptionOfType(HttpException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("236: hooks run before cookies are stored")
	void hooksRunBeforeCookiesAreStored() {
		this.handler = (request) -> Reply.of(200, "ok", "Set-Cookie: a=b");
		List<Boolean> empty = new ArrayList<>();
		this.session.get(url("/"), (o) -> o.hook((r, options) -> {
			empty.add(this.session.cookies().isEmpty());
			return null;
		}));
		assertThat(empty).containsExactly(true);
		assertThat(this.session.cookies().isEmpty()).isFalse();
	}

	@Test
	@DisplayName("237: hooks of a request replace the session's")
	void hooksOfTheCallReplaceThoseOfTheSession() {
		List<String> seen = new ArrayList<>();
		this.session.update((b) -> b.hooks(Hooks.onResponse((r, o) -> {
			seen.add("session");
			return null;
		})));
		this.session.get(url("/"));
		this.session.get(url("/"), (o) -> o.hook((r, options) -> {
			seen.add("request");
			return null;
		}));
		assertThat(seen).containsExactly("session", "request");
	}

	@Test
	@DisplayName("Interceptors wrap the whole call, the first one outermost")
	void interceptorsWrapTheWholeCall() {
		this.handler = (request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end");
		List<String> order = new ArrayList<>();
		try (Session wrapped = Session.builder().interceptor((request, options, chain) -> {
			order.add("outer");
			Response response = chain.proceed(request, options);
			order.add("outer " + response.statusCode());
			return response;
		}).interceptor((request, options, chain) -> {
			order.add("inner");
			return chain.proceed(request, options);
		}).build()) {
			wrapped.get(url("/from"));
			assertThat(wrapped.interceptors()).hasSize(2);
		}
		assertThat(order).containsExactly("outer", "inner", "outer 200");
	}

	@Test
	@DisplayName("Listeners observe every exchange once, with its kind, session, client and template")
	void listenersObserveEachExchangeOnce() {
		this.handler = (request) -> request.path().equals("/from/1") ? Reply.redirect(302, "/to") : Reply.ok("end");
		List<String> heard = new ArrayList<>();
		try (Session listening = Session.builder().name("shop").listener((exchange) -> {
			exchange.header("traceparent", "00-1");
			heard.add(exchange.kind() + " " + exchange.context().session() + " " + exchange.context().client() + " "
					+ exchange.context().uriTemplate());
			return new Recorder(heard);
		}).build()) {
			listening.get(url("/from/{id}"), (o) -> o.uriVariable("id", 1).client("Catalog").uriTemplate("/from/{id}"));
			assertThat(last().header("traceparent")).isEqualTo("00-1");
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> listening.get("http://127.0.0.1:1/"));
		}
		assertThat(heard).containsExactly("FIRST shop Catalog /from/{id}", "responded 302",
				"REDIRECT shop Catalog null", "responded 200", "FIRST shop null null", "failed ConnectionException");
	}

	@Test
	@DisplayName("A deadline bounds the whole call")
	void deadlineBoundsTheCall() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.session.get(url("/"), (o) -> o.deadline(Duration.ZERO)));
		assertThat(this.session.get(url("/"), (o) -> o.deadline(Duration.ofSeconds(30))).ok()).isTrue();
	}

	private record Recorder(List<String> heard) implements ExchangeListener.Scope {

		@Override
		public void responded(Response response, Duration elapsed) {
			this.heard.add("responded " + response.statusCode());
			assertThat(elapsed).isPositive();
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			this.heard.add("failed " + error.getClass().getSimpleName());
		}

	}

}
