package io.github.requests4j;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * Sessions behind SOCKS proxies (behaviour 185).
 */
class SessionSocksTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static Path authority;

	private final List<String> resolved = new CopyOnWriteArrayList<>();

	private HttpAdapter adapter = HttpAdapter.builder().build();

	@BeforeAll
	static void writeAuthority() throws IOException {
		authority = CERTIFICATES.writeAuthority(folder);
	}

	@BeforeEach
	void makeAdapter() {
		this.adapter = HttpAdapter.builder().hostResolver((host) -> {
			this.resolved.add(host);
			if (host.startsWith("unknown")) {
				throw new UnknownHostException(host);
			}
			return List.of(InetAddress.getByName(host.equals("six.example") ? "::1" : "127.0.0.1"));
		}).build();
	}

	private Session session() {
		return Loopback.session(this.adapter).verify(authority).build();
	}

	private static TestHttpServer server(String scheme) throws IOException {
		return scheme.equals("https")
				? TestHttpServer.start(CERTIFICATES.serverContext(CERTIFICATES.issue("a.example")),
						(request) -> Reply.ok(request.requestLine()))
				: TestHttpServer.start((request) -> Reply.ok(request.requestLine()));
	}

	@ParameterizedTest
	@CsvSource({ "socks4, http, 4 address 127.0.0.1", "socks4, https, 4 address 127.0.0.1",
			"socks4a, http, 4a name a.example", "socks4a, https, 4a name a.example",
			"socks5, http, 5 address 127.0.0.1", "socks5, https, 5 address 127.0.0.1",
			"socks5h, http, 5 name a.example", "socks5h, https, 5 name a.example" })
	@DisplayName("185: socks4 and socks5 resolve the name locally; socks4a and socks5h let the proxy do it")
	void schemeDecidesWhoResolvesTheName(String kind, String scheme, String asked) throws IOException {
		try (TestHttpServer server = server(scheme);
				SocksProxyServer proxy = SocksProxyServer.start();
				Session session = session()) {
			for (int i = 0; i < 2; i++) {
				assertThat(session
					.get(server.url("a.example", "/path"),
							(options) -> options.proxy("all", kind + "://" + proxy.authority()))
					.text()).isEqualTo("GET /path HTTP/1.1");
			}
			assertThat(proxy.asked()).map(String::strip).containsExactly(asked + ":" + server.port());
			boolean here = asked.contains("address");
			assertThat(this.resolved)
				.containsExactlyElementsOf(here ? List.of("127.0.0.1", "a.example") : List.of("127.0.0.1"));
		}
	}

	@Test
	@DisplayName("185: an address in the URL is never sent as a name; socks5 carries IPv6")
	void addressesAreSentAsAddresses() throws IOException {
		try (TestHttpServer server = server("http");
				SocksProxyServer proxy = SocksProxyServer.start();
				Session session = session()) {
			for (String kind : List.of("socks4a", "socks5h")) {
				session.get(server.url("/"), (options) -> options.proxy("all", kind + "://" + proxy.authority()));
			}
			session.get(server.url("six.example", "/"),
					(options) -> options.proxy("all", "socks5://" + proxy.authority()));
			assertThat(proxy.asked()).map(String::strip)
				.containsExactly("4 address " + server.authority(), "5 address " + server.authority(),
						"5 address 0:0:0:0:0:0:0:1:" + server.port());
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get(server.url("six.example", "/"),
						(options) -> options.proxy("all", "socks4://" + proxy.authority())))
				.withMessageContaining("the host 'six.example' has no IPv4 address, which socks4 requires");
		}
	}

	@Test
	@DisplayName("185: a SOCKS5 proxy is greeted before the name of the target is resolved")
	void greetsBeforeResolving() throws IOException {
		List<List<String>> resolvedAtGreeting = new CopyOnWriteArrayList<>();
		try (RawServer proxy = RawServer.start((conversation) -> {
			conversation.in().readNBytes(3);
			resolvedAtGreeting.add(List.copyOf(this.resolved));
			conversation.send(new byte[] { 5, 0 });
			conversation.in().read();
		}); Session session = session()) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("http://a.example/",
					(options) -> options.proxy("all", "socks5://" + proxy.authority())));
			assertThat(resolvedAtGreeting).singleElement().asInstanceOf(LIST).doesNotContain("a.example");
			assertThat(this.resolved).contains("a.example");
		}
	}

	@Test
	@DisplayName("185: user name and password may be escaped or non-ASCII, and are offered only with a password part")
	void userAndPasswordAreSent() throws IOException {
		try (TestHttpServer server = server("http");
				SocksProxyServer asking = SocksProxyServer.start("m@e:s\u00e9cret");
				SocksProxyServer open = SocksProxyServer.start();
				Session session = session()) {
			String target = server.url("a.example", "/");
			session.get(target, (options) -> options.proxy("all", "socks5h://m%40e:s%C3%A9cret@" + asking.authority()));
			assertThat(asking.asked()).containsExactly("5 name a.example:" + server.port() + " m@e:s\u00e9cret");
			session.get(target, (options) -> options.proxy("all", "socks5h://me:x@" + open.authority()));
			session.get(target, (options) -> options.proxy("all", "socks4a://me:x@" + open.authority()));
			session.get(target, (options) -> options.proxy("all", "socks4a://me@" + open.authority()));
			assertThat(open.asked()).map(String::strip)
				.containsExactly("5 name a.example:" + server.port(), "4a name a.example:" + server.port() + " me",
						"4a name a.example:" + server.port());
			for (String url : List.of("socks5://" + asking.authority(), "socks5://me@" + asking.authority(),
					"socks5://me:wrong@" + asking.authority())) {
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> session.get(target, (options) -> options.proxy("all", url)))
					.satisfies((ex) -> assertThat(ex).isNotInstanceOf(ProxyException.class))
					.withMessageContaining("SOCKS5 proxy")
					.withMessageNotContaining("wrong");
			}
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "socks4", "socks4a", "socks5", "socks5h" })
	@DisplayName("186: an unreachable, rejecting, closing or invalid SOCKS proxy is a ConnectionException")
	void brokenProxiesAreConnectionErrors(String kind) throws IOException {
		int port;
		try (RawServer gone = RawServer.answering()) {
			port = gone.port();
		}
		assertBroken(kind + "://127.0.0.1:" + port, ": connection refused (");
		assertBroken(kind + "://unknown.example:1", "the host name 'unknown.example'");
		try (SocksProxyServer refusing = SocksProxyServer.refusing(kind.startsWith("socks4") ? 91 : 5);
				RawServer closing = RawServer.start((conversation) -> conversation.in().read());
				RawServer http = RawServer.start((conversation) -> {
					conversation.in().read();
					conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n");
				})) {
			assertBroken(kind + "://" + refusing.authority(), "rejected the request");
			assertBroken(kind + "://" + closing.authority(), "");
			assertBroken(kind + "://" + http.authority(), "");
		}
	}

	private void assertBroken(String proxy, String message) {
		makeAdapter();
		try (Session session = session()) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get("http://a.example/", (options) -> options.proxy("all", proxy)))
				.withMessageContaining(message)
				.satisfies((ex) -> {
					assertThat(ex).isExactlyInstanceOf(ConnectionException.class);
					assertThat(ex.request()).isNotNull();
				});
			assertThat(this.adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("186: a host that cannot be resolved locally is reported instead of the proxy")
	void unknownHostIsReported() throws IOException {
		try (SocksProxyServer proxy = SocksProxyServer.start(); Session session = session()) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get("http://unknown.example/",
						(options) -> options.proxy("all", "socks5://" + proxy.authority())))
				.withMessageContaining("the host name 'unknown.example'");
			assertThat(proxy.asked()).isEmpty();
		}
	}

	@Test
	@DisplayName("threat 16: values that SOCKS cannot encode are rejected before connecting to the proxy")
	void controlCharactersAreRejected() throws IOException {
		try (RawServer proxy = RawServer.start((conversation) -> conversation.awaitClientClose());
				Session session = session()) {
			for (String userinfo : List.of("me%00evil:x", "me:x%00", "m".repeat(256) + ":x")) {
				for (String kind : List.of("socks4a", "socks5h")) {
					String url = kind + "://" + userinfo + "@" + proxy.authority();
					assertThatExceptionOfType(InvalidUrlException.class)
						.isThrownBy(() -> session.get("http://a.example/", (options) -> options.proxy("all", url)))
						.withMessageContaining("which SOCKS does not support")
						.withMessageNotContaining("evil");
				}
			}
			assertThat(proxy.connectionCount()).isZero();
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("185, 188, threat 13: the certificate of the origin is checked behind a SOCKS proxy as well")
	void certificateOfTheOriginIsChecked() throws IOException {
		try (TestHttpServer server = server("https");
				SocksProxyServer proxy = SocksProxyServer.start();
				Session session = session()) {
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("b.example", "/"),
					(options) -> options.proxy("all", "socks5h://" + proxy.authority())));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	@DisplayName("171, 185: SOCKS proxies may come from the environment, and redirects go through them")
	void environmentMayNameSocksProxies() throws IOException {
		try (TestHttpServer end = TestHttpServer.echo();
				TestHttpServer server = TestHttpServer
					.start((request) -> Reply.redirect(302, end.url("b.example", "/end")));
				SocksProxyServer proxy = SocksProxyServer.start();
				Session session = Loopback.session(this.adapter)
					.environment(new MapEnvironment(Map.of("ALL_PROXY", "socks5h://" + proxy.authority())))
					.build()) {
			assertThat(session.get(server.url("a.example", "/from")).statusCode()).isEqualTo(200);
			assertThat(proxy.asked()).containsExactly("5 name a.example:" + server.port(),
					"5 name b.example:" + end.port());
		}
	}

}
