package io.github.requests4j;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.auth.HttpProxyAuth;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Sessions behind HTTP proxies: which proxy is used for which URL, what it receives, and
 * what reaches the origin.
 */
class SessionProxyTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static Path authority;

	@BeforeAll
	static void writeAuthority() throws IOException {
		authority = CERTIFICATES.writeAuthority(folder);
	}

	private static TestHttpServer secureServer() throws IOException {
		return TestHttpServer.start(
				CERTIFICATES.serverContext(CERTIFICATES.issue("a.example", "localhost", "127.0.0.1")),
				(request) -> Reply.ok("secure"));
	}

	private static Session.Builder session() {
		return Loopback.session().verify(authority);
	}

	@Test
	@DisplayName("181: the first match of scheme and host, scheme, all and host, and all is used")
	void mostSpecificProxyIsSelected() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer forHost = HttpProxyServer.start();
				HttpProxyServer forScheme = HttpProxyServer.start();
				HttpProxyServer forAll = HttpProxyServer.start();
				TestHttpServer secure = secureServer();
				Session session = session().proxy("http://b.example", forHost.url())
					.proxy("http", forScheme.url())
					.proxy("all://a.example", null)
					.proxy("all", forAll.url())
					.build()) {
			session.get(server.url("B.example", "/"));
			session.get(server.url("c.example", "/"));
			session.get(secure.url("localhost", "/"));
			session.get(secure.url("a.example", "/"));
			assertThat(forHost.asked()).containsExactly("GET " + server.url("b.example", "/"));
			assertThat(forScheme.asked()).containsExactly("GET " + server.url("c.example", "/"));
			assertThat(forAll.asked()).containsExactly("CONNECT localhost:" + secure.port());
			assertThat(secure.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("172, 173, 178, 179: no_proxy lists hosts, domains and ports that are called directly")
	void noProxyHostsAreCalledDirectly() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer other = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session().proxy("http", proxy.url())
					.proxy("no_proxy", "direct.example, port.example:" + server.port() + ", 127.0.0.0/8")
					.build()) {
			session.get(server.url("direct.example", "/"));
			session.get(server.url("www.direct.example", "/"));
			session.get(server.url("port.example", "/"));
			session.get(server.url("127.0.0.1", "/"));
			assertThat(proxy.requests()).isEmpty();
			session.get(other.url("port.example", "/"));
			session.get(server.url("notdirect.example", "/"));
			assertThat(proxy.asked()).containsExactly("GET " + other.url("port.example", "/"),
					"GET " + server.url("notdirect.example", "/"));
		}
	}

	private static Session in(Map<String, String> variables) {
		return session().environment(new MapEnvironment(variables)).build();
	}

	@Test
	@DisplayName("171, 176, 180: proxies of the environment are used if no other matches, and only with trustEnv")
	void environmentIsUsedForMissingProxies() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer secure = secureServer();
				HttpProxyServer plain = HttpProxyServer.start();
				HttpProxyServer tunnels = HttpProxyServer.start("me", "secret");
				HttpProxyServer explicit = HttpProxyServer.start();
				Session session = in(Map.of("http_proxy", "127.0.0.1:" + plain.port(), "HTTPS_PROXY",
						tunnels.url("me", "secret"), "no_proxy", "direct.example"))) {
			session.get(server.url("a.example", "/"));
			assertThat(plain.asked()).containsExactly("GET " + server.url("a.example", "/"));
			session.get(secure.url("a.example", "/"));
			assertThat(tunnels.asked()).containsExactly("CONNECT a.example:" + secure.port());
			session.get(server.url("direct.example", "/"));
			session.get(server.url("a.example", "/"), (options) -> options.proxy("http", explicit.url()));
			session.get(server.url("direct.example", "/"), (options) -> options.proxy("http", explicit.url()));
			session.get(server.url("a.example", "/"), (options) -> options.proxy("http", null));
			assertThat(explicit.requests()).hasSize(2);
			try (Session unaware = session.derive((builder) -> builder.trustEnv(false))) {
				unaware.get(server.url("a.example", "/"));
			}
			assertThat(plain.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("171, 181: ALL_PROXY applies to every scheme; 170: changes of the environment apply immediately")
	void allProxyAppliesToEveryScheme() throws IOException {
		Map<String, String> variables = new ConcurrentHashMap<>();
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer secure = secureServer();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = in(variables)) {
			session.get(server.url("a.example", "/"));
			assertThat(proxy.requests()).isEmpty();
			variables.put("ALL_PROXY", proxy.url());
			session.get(server.url("a.example", "/"));
			session.get(secure.url("a.example", "/"));
			assertThat(proxy.requests()).hasSize(2);
			variables.put("NO_PROXY", "*");
			session.get(server.url("a.example", "/"));
			assertThat(proxy.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("180: sockets do not use the JVM's proxy selector")
	void proxySelectorOfTheJvmIsIgnored() throws IOException {
		List<URI> asked = new CopyOnWriteArrayList<>();
		ProxySelector before = ProxySelector.getDefault();
		ProxySelector.setDefault(new ProxySelector() {
			@Override
			public List<Proxy> select(URI uri) {
				asked.add(uri);
				return List.of(Proxy.NO_PROXY);
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException ex) {
			}
		});
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session().build()) {
			session.get(server.url("/"));
			assertThat(asked).noneMatch((uri) -> uri.toString().contains(":" + server.port()));
		}
		finally {
			ProxySelector.setDefault(before);
		}
	}

	@Test
	@DisplayName("183: a proxy receives the absolute URL without user information and fragment, and all headers")
	void forwardedRequestsHaveTheAbsoluteUrl() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start("me", "secret");
				Session session = session().proxy("http", proxy.url("me", "secret")).build()) {
			String url = server.url("a.example", "/path?q=1#part").replace("http://", "http://user:hidden@");
			session.post(url, (options) -> options.header("X-A", "1").data("body"));
			RawRequest request = proxy.requests().get(0);
			assertThat(request.requestLine())
				.isEqualTo("POST http://a.example:" + server.port() + "/path?q=1 HTTP/1.1");
			assertThat(request.header("Host")).isEqualTo("a.example:" + server.port());
			assertThat(request.header("X-A")).isEqualTo("1");
			assertThat(request.headerNames()).last().isEqualTo("Proxy-Authorization");
			assertThat(request.head()).doesNotContain("hidden");
			assertThat(server.lastRequest().bodyText()).isEqualTo("body");
			assertThat(server.lastRequest().header("Proxy-Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("184: CONNECT has only the proxy's headers, also over TLS (threat 4, CVE-2023-32681)")
	void connectCarriesOnlyTheHeadersOfTheProxy() throws IOException {
		try (TestHttpServer server = secureServer();
				HttpProxyServer plain = HttpProxyServer.start("me", "secret");
				HttpProxyServer secure = HttpProxyServer.start(CERTIFICATES.localhostContext(), "me", "secret")) {
			for (HttpProxyServer proxy : List.of(plain, secure)) {
				try (Session session = session().proxy("https", proxy.url("me", "secret"))
					.auth("user", "hidden")
					.header("X-Team", "search")
					.build()) {
					session.cookies().set("cookie", "hidden");
					session.post(server.url("a.example", "/path"), (options) -> options.data("body"));
				}
				String authority = "a.example:" + server.port();
				assertThat(proxy.requests()).singleElement()
					.extracting(RawRequest::head)
					.isEqualTo("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority
							+ "\r\nProxy-Authorization: Basic bWU6c2VjcmV0");
				assertThat(server.lastRequest().requestLine()).isEqualTo("POST /path HTTP/1.1");
				assertThat(server.lastRequest().header("Proxy-Authorization")).isNull();
				assertThat(server.lastRequest().header("X-Team")).isEqualTo("search");
			}
		}
	}

	@Test
	@DisplayName("threat 4: Proxy-Authorization of a caller or an auth reaches a forwarding proxy, never an origin")
	void proxyAuthorizationNeverReachesTheOrigin() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer secure = secureServer();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session().auth(new HttpProxyAuth("me", "secret")).build()) {
			session.get(server.url("/"));
			session.get(secure.url("/"));
			session.get(server.url("/"), (options) -> options.proxy("http", proxy.url()));
			session.get(secure.url("/"), (options) -> options.proxy("https", proxy.url()));
			assertThat(proxy.requests()).map((request) -> Objects.toString(request.header("Proxy-Authorization")))
				.containsExactly("Basic bWU6c2VjcmV0", "null");
			assertThat(server.requests()).allMatch((request) -> request.header("Proxy-Authorization") == null);
			assertThat(secure.requests()).allMatch((request) -> request.header("Proxy-Authorization") == null);
		}
	}

	@Test
	@DisplayName("182: a user name requires a password part and must not be empty; escapes are decoded")
	void credentialsRequireAPasswordPart() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session().build()) {
			for (String userinfo : List.of("me", ":secret", "me:", "m%40e:s%3Acret", ":")) {
				String url = proxy.url().replace("://", "://" + userinfo + "@");
				session.get(server.url("/"), (options) -> options.proxy("http", url));
			}
			assertThat(proxy.requests()).map((request) -> Objects.toString(request.header("Proxy-Authorization")))
				.containsExactly("null", "null", "Basic bWU6", "Basic bUBlOnM6Y3JldA==", "null");
		}
	}

	@Test
	@DisplayName("182: proxy URLs without scheme or host, or of unknown kinds, are rejected before connecting")
	void badProxyUrlsFailBeforeConnecting() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = session().build()) {
			assertRefused(session, server, "proxy.example:3128", MissingSchemaException.class);
			assertRefused(session, server, "me:hidden@proxy.example", MissingSchemaException.class);
			assertRefused(session, server, "http://:3128", InvalidProxyUrlException.class);
			assertRefused(session, server, "http:///path", InvalidProxyUrlException.class);
			assertRefused(session, server, "ftp://me:hidden@proxy.example", InvalidUrlException.class);
			assertRefused(session, server, "http://proxy.example:99999", InvalidUrlException.class);
			assertRefused(session, server, "http://[::1", InvalidUrlException.class);
			assertThat(server.connectionCount()).isZero();
		}
	}

	private static void assertRefused(Session session, TestHttpServer server, String proxy,
			Class<? extends RequestException> type) {
		assertThatExceptionOfType(type)
			.isThrownBy(() -> session.get(server.url("/"), (options) -> options.proxy("all", proxy)))
			.withMessageNotContaining("hidden");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("186: a rejected CONNECT has the proxy's response, whether its body has a length or not")
	@Timeout(30)
	void rejectedConnectShowsTheResponse(boolean framed) throws IOException {
		String length = framed ? "Content-Length: 12\r\n" : "";
		try (HttpProxyServer proxy = HttpProxyServer.answering("HTTP/1.1 407 Who are you\r\n"
				+ "Proxy-Authenticate: Basic realm=\"p\"\r\n" + length + "\r\nwho are you?");
				HttpAdapter adapter = Loopback.adapter().build();
				Session session = Loopback.session(adapter).proxy("https", proxy.url("me", "hidden")).build()) {
			assertThatExceptionOfType(ProxyException.class).isThrownBy(() -> session.get("https://a.example/path"))
				.withMessageContaining("the proxy rejected the tunnel with status 407 Who are you")
				.withMessageNotContaining("hidden")
				.satisfies((ex) -> {
					Response response = Objects.requireNonNull(ex.response());
					assertThat(response.statusCode()).isEqualTo(407);
					assertThat(response.headers().get("Proxy-Authenticate")).isEqualTo("Basic realm=\"p\"");
					assertThat(response.text()).isEqualTo("who are you?");
					assertThat(Objects.requireNonNull(ex.request()).url()).isEqualTo("https://a.example/path");
				});
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("186: a 407 to a forwarded request is an ordinary response, and the connection is reused")
	void rejectedForwardIsAnOrdinaryResponse() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start("me", "secret");
				Session session = session().proxy("http", proxy.url()).build()) {
			Response response = session.get(server.url("/"));
			assertThat(response.statusCode()).isEqualTo(407);
			assertThat(response.text()).isEqualTo("who are you?");
			session.get(server.url("/"));
			assertThat(proxy.connectionCount()).isEqualTo(1);
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("186: a proxy that is unreachable, closes, resets or sends invalid data is a ProxyException")
	void brokenProxiesAreProxyErrors() throws IOException {
		int port;
		try (RawServer gone = RawServer.answering()) {
			port = gone.port();
		}
		assertBroken("http://127.0.0.1:" + port, ": connection refused (");
		try (RawServer closing = RawServer.start((conversation) -> conversation.readRequest());
				RawServer resetting = RawServer.start((conversation) -> {
					conversation.readRequest();
					conversation.reset();
				});
				HttpProxyServer babbling = HttpProxyServer.answering("what?\r\n\r\n");
				HttpProxyServer switching = HttpProxyServer.answering("HTTP/1.1 101 Switching\r\n\r\n");
				HttpProxyServer hasty = HttpProxyServer.answering("HTTP/1.1 200 OK\r\n\r\ntoo much");
				HttpProxyServer failing = HttpProxyServer
					.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")) {
			assertBroken(closing.url(""), "the connection was closed without a response");
			assertBroken(resetting.url(""), "the handshake with the proxy ");
			assertBroken(babbling.url(), "the handshake with the proxy ");
			assertBroken(switching.url(), "the handshake with the proxy ");
			assertBroken(hasty.url(), "sent data before the tunnel was used");
			assertBroken(failing.url(), "the proxy rejected the tunnel with status 502 Bad Gateway");
		}
	}

	private static void assertBroken(String proxy, String message) {
		String secret = proxy.replace("://", "://me:hidden@");
		try (HttpAdapter adapter = Loopback.adapter().build();
				Session session = Loopback.session(adapter).proxy("all", secret).build()) {
			assertThatExceptionOfType(ProxyException.class).isThrownBy(() -> session.get("https://a.example/"))
				.withMessageContaining(message)
				.withMessageNotContaining("hidden")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("186: a proxy that closes instead of forwarding is a ConnectionException")
	void closedForwardIsAConnectionError() throws IOException {
		try (RawServer closing = RawServer.start((conversation) -> conversation.readRequest());
				Session session = session().proxy("http", closing.url("")).build()) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("http://a.example/"));
		}
	}

	@Test
	@DisplayName("187, threat 4: a redirect from http to https through one proxy: its credentials are sent only to it")
	void redirectToHttpsOpensATunnel() throws IOException {
		try (TestHttpServer secure = secureServer();
				TestHttpServer server = TestHttpServer
					.start((request) -> Reply.redirect(302, secure.url("a.example", "/to")));
				HttpProxyServer proxy = HttpProxyServer.start("me", "secret");
				Session session = session().proxy("all", proxy.url("me", "secret")).build()) {
			Response response = session.get(server.url("a.example", "/from"));
			assertThat(response.text()).isEqualTo("secure");
			assertThat(response.history()).hasSize(1);
			assertThat(proxy.asked()).containsExactly("GET " + server.url("a.example", "/from"),
					"CONNECT a.example:" + secure.port());
			assertThat(proxy.requests())
				.allMatch((request) -> request.headers("Proxy-Authorization").equals(List.of("Basic bWU6c2VjcmV0")));
			assertThat(secure.lastRequest().header("Proxy-Authorization")).isNull();
			assertThat(server.lastRequest().header("Proxy-Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("187, threat 5 (curl CVE-2026-6253): each proxy in a chain of redirects receives only its own credentials")
	void eachProxyReceivesItsOwnCredentials() throws IOException {
		try (TestHttpServer end = TestHttpServer.echo();
				TestHttpServer secure = TestHttpServer.start(CERTIFICATES.localhostContext(),
						(request) -> Reply.redirect(302, end.url("c.example", "/end")));
				TestHttpServer server = TestHttpServer
					.start((request) -> Reply.redirect(302, secure.url("localhost", "/to")));
				HttpProxyServer one = HttpProxyServer.start();
				HttpProxyServer two = HttpProxyServer.start();
				HttpProxyServer three = HttpProxyServer.start();
				Session session = session().proxy("http://a.example", one.url("one", "1"))
					.proxy("https", two.url())
					.proxy("http", three.url("three", "3"))
					.build()) {
			Response response = session.get(server.url("a.example", "/from"),
					(options) -> options.header("Proxy-Authorization", "Basic callers"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(sent(one)).isEqualTo("Basic b25lOjE=");
			assertThat(sent(two)).isNull();
			assertThat(sent(three)).isEqualTo("Basic dGhyZWU6Mw==");
			for (TestHttpServer origin : List.of(server, secure, end)) {
				assertThat(origin.lastRequest().header("Proxy-Authorization")).isNull();
			}
		}
	}

	private static @Nullable String sent(HttpProxyServer proxy) {
		assertThat(proxy.requests()).hasSize(1);
		return proxy.requests().get(0).header("Proxy-Authorization");
	}

	@Test
	@DisplayName("159, 187: credentials that a caller sets for one proxy are not sent to the next")
	void credentialsOfTheCallerAreSentOnlyToTheFirstProxy() throws IOException {
		try (TestHttpServer end = TestHttpServer.echo();
				TestHttpServer server = TestHttpServer
					.start((request) -> Reply.redirect(302, end.url("b.example", "/to")));
				HttpProxyServer one = HttpProxyServer.start();
				HttpProxyServer two = HttpProxyServer.start();
				Session session = session().proxy("http://a.example", one.url()).proxy("http", two.url()).build()) {
			session.get(server.url("a.example", "/from"),
					(options) -> options.header("Proxy-Authorization", "Basic callers"));
			assertThat(sent(one)).isEqualTo("Basic callers");
			assertThat(sent(two)).isNull();
		}
	}

	@ParameterizedTest(name = "187: a request to {0} gets Proxy-Authorization: {1}")
	@CsvSource({ "http://example.com, true", "https://example.com, false" })
	void rebuiltProxiesReplaceTheAuthorization(String url, boolean authorized) {
		PreparedRequest request = Request.of("GET", url).prepare();
		request.headers().put("Proxy-Authorization", "of an earlier hop");
		Proxies proxies = Proxies
			.of(Map.of("http", "http://test:pass@localhost:8080", "https", "http://test:pass@localhost:8090"));
		try (Session session = session().build()) {
			assertThat(session.rebuildProxies(request, proxies)).isEqualTo(proxies);
		}
		assertThat(request.headers().get("Proxy-Authorization")).isEqualTo(authorized ? "Basic dGVzdDpwYXNz" : null);
	}

	@Test
	@DisplayName("187: a redirected request has one Proxy-Authorization header")
	void redirectsHaveOneProxyAuthorization() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end"));
				HttpProxyServer proxy = HttpProxyServer.start("me", "secret");
				Session session = session().proxy("http", proxy.url("me", "secret")).build()) {
			assertThat(session.get(server.url("/from")).text()).isEqualTo("end");
			assertThat(proxy.requests()).hasSize(2)
				.allMatch((request) -> request.headers("Proxy-Authorization").equals(List.of("Basic bWU6c2VjcmV0")));
			assertThat(server.requests()).allMatch((request) -> request.header("Proxy-Authorization") == null);
		}
	}

	@Test
	@DisplayName("15, 183: closing a session closes idle connections to proxies too")
	void closingTheSessionClosesConnectionsToProxies() throws IOException {
		HttpAdapter adapter = Loopback.adapter().build();
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = Loopback.session(adapter).build()) {
			session.get(server.url("/"));
			session.get(server.url("/"), (options) -> options.proxy("http", proxy.url()));
			assertThat(adapter.poolStatisticsByKey()).hasSize(2);
			session.close();
			assertThat(adapter.poolStatistics().available()).isZero();
			await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
		}
	}

	@Test
	@DisplayName("threat 16: control characters in values for a proxy are rejected before connecting to it")
	void controlCharactersAreRejected() throws IOException {
		for (char control : new char[] { '\r', '\n', '\0', 1, 0x7f }) {
			HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
				@Override
				protected Map<String, String> proxyHeaders(ProxyUrl proxy) {
					return Map.of("X-Token", "a" + control + "b");
				}
			};
			try (RawServer proxy = RawServer.start((conversation) -> conversation.awaitClientClose());
					Session session = Loopback.session(adapter).proxy("all", proxy.url("")).build()) {
				for (String url : List.of("http://a.example/", "https://a.example/")) {
					assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> session.get(url));
				}
				assertThat(proxy.connectionCount()).isZero();
				assertThat(adapter.poolStatistics().leased()).isZero();
			}
		}
	}

	@Test
	@DisplayName("threat 16: escaped controls in the credentials or host of a proxy cannot break out")
	void escapedControlCharactersCannotBreakOut() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = session().build()) {
			String url = proxy.url().replace("://", "://me%0d%0aX-Evil:%201%0d%0a:secret%00@");
			session.get(server.url("/"), (options) -> options.proxy("http", url));
			assertThat(proxy.requests().get(0).headerNames()).doesNotContain("X-Evil");
			for (String host : List.of("a%0d%0ab", "a\r\nX-Evil: 1", "a b")) {
				assertThatExceptionOfType(RuntimeException.class)
					.isThrownBy(
							() -> session.get(server.url("/"), (options) -> options.proxy("http", "http://" + host)))
					.satisfies((ex) -> assertThat(ex).isInstanceOfAny(InvalidUrlException.class,
							ConnectionException.class));
			}
			assertThat(proxy.requests()).hasSize(1);
		}
	}

}
