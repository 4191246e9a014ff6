package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests through every kind of proxy.
 */
class ProxyTests {

	@RegisterExtension
	static final TlsSetting setting = new TlsSetting();

	private final HttpAdapter adapter = setting.adapter();

	private static SendOptions through(String proxy) {
		return SendOptions
			.of((o) -> o.proxies(Proxies.of(Map.of("all", proxy))).verify(Verify.authorities(setting.authority())));
	}

	private static TestHttpServer secureServer() throws IOException {
		return TestHttpServer.start(setting.certificates().localhostContext(), (request) -> Reply.ok("secure"));
	}

	@Test
	@DisplayName("183: an http URL is sent to the proxy in absolute form, with Proxy-Authorization last")
	void httpRequestIsForwardedInAbsoluteForm() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start("me", "p@ss")) {
			String url = "http://user:hidden@" + server.authority() + "/path?q=1#part";
			Calls.text(this.adapter, Calls.post(url, Body.of("hello"), "X-A", "1"), through(proxy.url("me", "p%40ss")));
			RawRequest request = proxy.requests().get(0);
			assertThat(request.requestLine()).isEqualTo("POST http://" + server.authority() + "/path?q=1 HTTP/1.1");
			assertThat(request.headerNames()).containsExactly("Host", "Content-Length", "X-A", "Proxy-Authorization");
			assertThat(request.header("Host")).isEqualTo(server.authority());
			assertThat(request.header("Proxy-Authorization")).isEqualTo("Basic bWU6cEBzcw==");
			assertThat(server.lastRequest().bodyText()).isEqualTo("hello");
		}
	}

	@Test
	@DisplayName("183: the caller's Host is sent to the proxy unchanged")
	void hostHeaderOfTheCallerIsKept() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo(); HttpProxyServer proxy = HttpProxyServer.start()) {
			Calls.text(this.adapter, Calls.get(server.url("/"), "Host", "other"), through(proxy.url()));
			assertThat(proxy.requests().get(0).headers("Host")).containsExactly("other");
		}
	}

	@Test
	@DisplayName("184, threat 4 (CVE-2023-32681): CONNECT has only the proxy's headers, and the origin receives none of them")
	void connectCarriesOnlyTheHeadersOfTheProxy() throws IOException {
		try (TestHttpServer server = secureServer(); HttpProxyServer proxy = HttpProxyServer.start("me", "secret")) {
			PreparedRequest request = Calls.get(server.url("/path"), "Authorization", "Basic x", "X-A", "1",
					"Proxy-Authorization", "leak");
			for (int i = 0; i < 2; i++) {
				assertThat(Calls.text(this.adapter, request, through(proxy.url("me", "secret")))).isEqualTo("secure");
			}
			assertThat(proxy.requests()).hasSize(1);
			RawRequest connect = proxy.requests().get(0);
			assertThat(connect.head()).isEqualTo("CONNECT " + server.authority() + " HTTP/1.1\r\nHost: "
					+ server.authority() + "\r\nProxy-Authorization: Basic bWU6c2VjcmV0");
			assertThat(server.lastRequest().requestLine()).isEqualTo("GET /path HTTP/1.1");
			assertThat(server.lastRequest().headerNames()).containsExactly("Host", "Authorization", "X-A");
		}
	}

	@Test
	@DisplayName("184, threat 13: a proxy can be reached over TLS, and its name is checked")
	void proxyCanBeReachedOverTls() throws IOException {
		try (TestHttpServer server = secureServer();
				TestHttpServer plain = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpProxyServer wrong = HttpProxyServer
					.start(setting.certificates().serverContext(setting.certificates().issue("other.example")))) {
			assertThat(Calls.text(this.adapter, Calls.get(server.url("/")), through(proxy.url()))).isEqualTo("secure");
			assertThat(Calls.text(this.adapter, Calls.get(plain.url("/")), through(proxy.url()))).startsWith("GET / ");
			assertThat(proxy.requests().get(1).requestLine()).startsWith("GET http://");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), through(wrong.url())))
				.withMessageContaining("the TLS handshake with the proxy https://127.0.0.1:");
			assertThat(wrong.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("186: a rejected CONNECT is a ProxyException that has the 407")
	void rejectedConnectShowsTheResponse() throws IOException {
		try (TestHttpServer server = secureServer(); HttpProxyServer proxy = HttpProxyServer.start("me", "secret")) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), through(proxy.url())))
				.withMessageContaining("the proxy rejected the tunnel with status 407 Proxy Authentication Required")
				.satisfies((ex) -> {
					Response response = ex.response();
					assertThat(response.statusCode()).isEqualTo(407);
					assertThat(response.headers().get("Proxy-Authenticate")).isEqualTo("Basic realm=\"proxy\"");
					assertThat(Calls.read(response)).isEqualTo("who are you?");
					assertThat(ex.request()).isNotNull();
				});
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("186: a 407 to a plain http request is an ordinary response")
	void rejectedForwardIsAnOrdinaryResponse() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start("me", "secret")) {
			assertThat(this.adapter.send(Calls.get(server.url("/")), through(proxy.url())).statusCode()).isEqualTo(407);
		}
	}

	@Test
	@DisplayName("186: a proxy that is unreachable, unresolvable or closes is a ProxyException")
	void brokenProxiesAreReported() throws IOException {
		int port;
		try (RawServer gone = RawServer.answering()) {
			port = gone.port();
		}
		String unreachable = "http://me:hidden@127.0.0.1:" + port;
		for (String url : List.of("http://a.example/", "https://a.example/")) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(url), through(unreachable)))
				.withMessageContaining("cannot connect to the proxy http://127.0.0.1:" + port)
				.withMessageNotContaining("hidden");
			try (HttpAdapter lost = HttpAdapter.builder().hostResolver((host) -> {
				throw new UnknownHostException(host);
			}).build()) {
				assertThatExceptionOfType(ProxyException.class)
					.isThrownBy(() -> lost.send(Calls.get(url), through("http://proxy.example:1")))
					.withMessageContaining("proxy.example");
			}
		}
		try (RawServer closing = RawServer.start((conversation) -> conversation.readRequest())) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get("https://a.example/"), through(closing.url(""))))
				.withMessageContaining("the connection was closed without a response");
		}
		try (HttpProxyServer bad = HttpProxyServer.answering("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get("https://a.example/"), through(bad.url())))
				.withMessageContaining("the proxy rejected the tunnel with status 502 Bad Gateway")
				.satisfies((ex) -> assertThat(ex.response().statusCode()).isEqualTo(502));
		}
	}

	@Test
	@DisplayName("193: an origin with a bad certificate behind a proxy is an SslException, not a ProxyException")
	void badCertificateOfTheOriginIsATlsError() throws IOException {
		try (TestHttpServer server = secureServer(); HttpProxyServer proxy = HttpProxyServer.start()) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> this.adapter.send(Calls.get(server.url("/")), Calls.proxy("all", proxy.url())))
				.withMessageContaining(
						"no trusted authority signed the certificate of the server (through the proxy http://");
		}
	}

	@Test
	@DisplayName("182: proxy URLs without scheme, without host or of an unknown kind are rejected")
	void badProxyUrlsAreRejected() {
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> this.adapter.send(Calls.get("http://a.example/"), through("proxy.example:3128")))
			.withMessageContaining("has no scheme");
		assertThatExceptionOfType(InvalidProxyUrlException.class)
			.isThrownBy(() -> this.adapter.send(Calls.get("http://a.example/"), through("http://:3128")))
			.withMessageContaining("Please check proxy URL. It is malformed and could be missing the host");
		assertThatExceptionOfType(InvalidUrlException.class)
			.isThrownBy(() -> this.adapter.send(Calls.get("http://a.example/"), through("gopher://proxy.example")))
			.withMessageContaining("unsupported scheme gopher");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	@DisplayName("185: socks4, socks4a, socks5 and socks5h work; the last letter decides who resolves the name")
	void socksSchemeDecidesWhoResolvesTheName(String scheme) throws IOException {
		try (TestHttpServer server = scheme.equals("https") ? secureServer()
				: TestHttpServer.start((request) -> Reply.ok("plain"));
				SocksProxyServer proxy = SocksProxyServer.start()) {
			String url = scheme + "://localhost:" + server.port() + "/path";
			String address = "127.0.0.1:" + server.port();
			String name = "localhost:" + server.port();
			for (String kind : List.of("socks4", "socks4a", "socks5", "socks5h")) {
				Calls.text(this.adapter, Calls.get(url), through(kind + "://" + proxy.authority()));
			}
			assertThat(proxy.asked()).map(String::strip)
				.containsExactly("4 address " + address, "4a name " + name, "5 address " + address, "5 name " + name);
			assertThat(server.lastRequest().requestLine()).isEqualTo("GET /path HTTP/1.1");
		}
	}

	@Test
	@DisplayName("185: SOCKS proxies receive the user name and password")
	void socksProxiesReceiveUserAndPassword() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				SocksProxyServer proxy = SocksProxyServer.start("me:s\u00e9cret");
				SocksProxyServer old = SocksProxyServer.start()) {
			Calls.text(this.adapter, Calls.get(server.url("/")),
					through("socks5h://me:s%C3%A9cret@" + proxy.authority()));
			assertThat(proxy.asked()).containsExactly("5 address " + server.authority() + " me:s\u00e9cret");
			Calls.text(this.adapter, Calls.get(server.url("/")), through("socks4://me:x@" + old.authority()));
			assertThat(old.asked()).containsExactly("4 address " + server.authority() + " me");
		}
	}

	@Test
	@DisplayName("186: a SOCKS proxy that is unreachable or rejects is a ConnectionException")
	void brokenSocksProxiesAreReported() throws IOException {
		int port;
		try (RawServer gone = RawServer.answering()) {
			port = gone.port();
		}
		for (String kind : List.of("socks4", "socks5h")) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(
						() -> this.adapter.send(Calls.get("http://a.example/"), through(kind + "://127.0.0.1:" + port)))
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(ConnectionException.class));
			try (SocksProxyServer refusing = SocksProxyServer.refusing(kind.equals("socks4") ? 91 : 5);
					SocksProxyServer asking = SocksProxyServer.start("me:secret")) {
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> this.adapter.send(Calls.get("http://a.example/"),
							through(kind + "://" + refusing.authority())))
					.withMessageContaining("rejected the request");
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> this.adapter.send(Calls.get("http://a.example/"),
							through("socks5://me:wrong@" + asking.authority())))
					.withMessageContaining("rejected the user name or password")
					.withMessageNotContaining("wrong");
			}
		}
	}

	@Test
	@DisplayName("threat 11 (CVE-2026-3784), 185: other credentials or another proxy use another connection")
	void proxyUsersDoNotShareConnections() throws IOException {
		try (TestHttpServer server = secureServer();
				HttpProxyServer proxy = HttpProxyServer.start();
				HttpProxyServer other = HttpProxyServer.start()) {
			Calls.text(this.adapter, Calls.get(server.url("/")), through(proxy.url("one", "x")));
			Calls.text(this.adapter, Calls.get(server.url("/")), through(proxy.url("two", "x")));
			Calls.text(this.adapter, Calls.get(server.url("/")), through(other.url()));
			Calls.text(this.adapter, Calls.get(server.url("/")), Calls.verify(Verify.authorities(setting.authority())));
			assertThat(server.connectionCount()).isEqualTo(4);
			assertThat(this.adapter.poolStatisticsByKey().keySet().toString()).doesNotContain(":x@");
		}
	}

}
