package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolKey;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections and TLS sessions are never shared across settings or identities (behaviour
 * 194).
 */
class ConnectionIsolationTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static Path authority;

	private static Path clientOne;

	private static Path clientTwo;

	@BeforeAll
	static void writeFiles() throws IOException {
		authority = CERTIFICATES.writeAuthority(folder);
		clientOne = TestCertificates.writeBoth(folder.resolve("one.pem"), CERTIFICATES.issue("one"));
		clientTwo = TestCertificates.writeBoth(folder.resolve("two.pem"), CERTIFICATES.issue("two"));
	}

	private static TestHttpServer server() throws IOException {
		return TestHttpServer.start(CERTIFICATES.localhostContext(), (request) -> Reply.ok("secret"));
	}

	@Test
	@DisplayName("194: each verify, cert, proxy and proxy user has its own connections, and reuses them")
	void differentSettingsDoNotShareConnections() throws IOException {
		Path copy = Files.copy(authority, folder.resolve("copy.pem"));
		try (TestHttpServer server = server();
				HttpProxyServer proxy = HttpProxyServer.start();
				HttpProxyServer secure = HttpProxyServer.start(CERTIFICATES.localhostContext());
				SocksProxyServer socks = SocksProxyServer.start();
				Session session = Loopback.session(Loopback.adapter().poolConnections(50).build())
					.verify(authority)
					.build()) {
			List<Consumer<RequestOptions>> settings = new ArrayList<>();
			settings.add((options) -> {
			});
			settings.add((options) -> options.verify(false));
			settings.add((options) -> options.verify(copy));
			settings.add((options) -> options.verify(folder));
			settings.add((options) -> options.cert(clientOne));
			settings.add((options) -> options.cert(clientTwo));
			settings.add((options) -> options.cert(clientOne, clientOne));
			settings.add((options) -> options.cert(ClientCert.of(clientOne).withPassword("x")));
			settings.add((options) -> options.cert(clientOne).verify(false));
			for (String url : List.of(proxy.url(), proxy.url("one", "x"), proxy.url("two", "x"), proxy.url("two", "y"),
					secure.url(), "socks5://" + socks.authority(), "socks5h://" + socks.authority(),
					"socks5://me:x@" + socks.authority(), "socks4://" + socks.authority())) {
				settings.add((options) -> options.proxy("https", url));
			}
			for (int round = 1; round <= 2; round++) {
				for (Consumer<RequestOptions> setting : settings) {
					assertThat(session.get(server.url("/"), setting).text()).isEqualTo("secret");
				}
				assertThat(server.connectionCount()).isEqualTo(settings.size());
			}
		}
	}

	@Test
	@DisplayName("194, threat 9 (CVE-2024-35195): a connection made without verification never serves a verified call")
	void unverifiedConnectionNeverServesAVerifiedCall() throws IOException {
		try (TestHttpServer server = server(); Session session = Loopback.session().build()) {
			session.get(server.url("/"), (options) -> options.verify(false));
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")));
			try (Session strict = session.derive((builder) -> builder.verify(true))) {
				assertThatExceptionOfType(SslException.class).isThrownBy(() -> strict.get(server.url("/")));
			}
			session.update((b) -> b.verify(Verify.disabled()));
			session.get(server.url("/"));
			session.update((b) -> b.verify(Verify.enabled()));
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(server.requests()).hasSize(2);
			assertThat(server.connectionCount()).isEqualTo(4);
		}
	}

	@Test
	@DisplayName("194, threat 9: a verified connection does not serve calls without verification either")
	void verifiedConnectionNeverServesAnUnverifiedCall() throws IOException {
		try (TestHttpServer server = server(); Session session = Loopback.session().verify(authority).build()) {
			session.get(server.url("/"));
			session.get(server.url("/"), (options) -> options.verify(false));
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	@Test
	@DisplayName("threat 9: a TLS session that was not verified is not resumed for a verified call")
	void unverifiedTlsSessionIsNotResumedForAVerifiedCall() throws IOException {
		try (TestHttpServer server = server(); Session session = Loopback.session().build()) {
			for (int i = 0; i < 3; i++) {
				session.get(server.url("/"), (options) -> options.verify(false).header("Connection", "close"));
			}
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")));
		}
	}

	/**
	 * Identifies the TLS session of each connection, which TLS 1.2 shows on both sides.
	 */
	private static RawServer sessions(boolean wantsCertificate, List<String> seen) throws IOException {
		return RawServer.start(CERTIFICATES.localhostContext(), wantsCertificate, (conversation) -> {
			while (conversation.readRequest() != null) {
				seen.add(HexFormat.of().formatHex(((SSLSocket) conversation.socket()).getSession().getId()));
				conversation.respond(200, "x", "Connection: close");
			}
		});
	}

	private static Session tls12() {
		TlsMaterial old = new TlsMaterial("old", CERTIFICATES.clientContext(), List.of("TLSv1.2"), List.of());
		return Loopback.session(Loopback.adapter().tlsMaterial(() -> old).build()).build();
	}

	@Test
	@DisplayName("194, threat 10 (curl CVE-2016-5419): a TLS session is resumed only by the same identity")
	void tlsSessionIsResumedOnlyByTheSameIdentity() throws IOException {
		List<String> seen = new CopyOnWriteArrayList<>();
		List<Consumer<RequestOptions>> settings = List.of((options) -> options.verify(authority),
				(options) -> options.verify(authority).cert(clientOne),
				(options) -> options.verify(authority).cert(clientTwo), (options) -> options.verify(false),
				(options) -> options.verify(true));
		try (RawServer server = sessions(false, seen); Session session = tls12()) {
			Set<String> all = new HashSet<>();
			for (Consumer<RequestOptions> setting : settings) {
				seen.clear();
				for (int i = 0; i < 3; i++) {
					session.get(server.url("/"), setting);
				}
				assertThat(new HashSet<>(seen)).hasSize(1);
				all.addAll(seen);
			}
			assertThat(all).hasSize(settings.size());
		}
	}

	@Test
	@DisplayName("threat 10: calls that alternate between two certificates always present the right one")
	void identitiesDoNotMixWhenTheyAlternate() throws IOException {
		List<String> seen = new CopyOnWriteArrayList<>();
		try (RawServer server = RawServer.start(CERTIFICATES.localhostContext(), true, (conversation) -> {
			while (conversation.readRequest() != null) {
				String serial = String
					.valueOf(((SSLSocket) conversation.socket()).getSession().getPeerCertificates()[0].hashCode());
				seen.add(serial);
				conversation.respond(200, serial);
			}
		}); Session session = Loopback.session().verify(authority).build()) {
			String one = session.get(server.url("/"), (options) -> options.cert(clientOne)).text();
			String two = session.get(server.url("/"), (options) -> options.cert(clientTwo)).text();
			assertThat(one).isNotEqualTo(two);
			for (int i = 0; i < 5; i++) {
				boolean close = i % 2 == 0;
				assertThat(session.get(server.url("/"), (options) -> closing(options.cert(clientOne), close)).text())
					.isEqualTo(one);
				assertThat(session.get(server.url("/"), (options) -> closing(options.cert(clientTwo), close)).text())
					.isEqualTo(two);
			}
		}
	}

	private static void closing(RequestOptions options, boolean close) {
		if (close) {
			options.header("Connection", "close");
		}
	}

	@Test
	@DisplayName("threat 11 (curl CVE-2026-3784): an adapter can separate the users of a connection-bound auth")
	void usersOfConnectionBoundAuthDoNotShareConnections() throws IOException {
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected PoolKey buildConnectionPoolKeyAttributes(PreparedRequest request, SendOptions options) {
				return super.buildConnectionPoolKeyAttributes(request, options)
					.withIdentity(request.headers().get("Authorization"));
			}
		};
		try (TestHttpServer server = server();
				TestHttpServer plain = TestHttpServer.echo();
				Session session = Loopback.session(adapter).verify(authority).build()) {
			for (TestHttpServer each : List.of(server, plain)) {
				for (int i = 0; i < 2; i++) {
					session.get(each.url("/"), (options) -> options.auth("one", "x"));
					session.get(each.url("/"), (options) -> options.auth("two", "x"));
					session.get(each.url("/"));
				}
				assertThat(each.connectionCount()).isEqualTo(3);
			}
			assertThat(adapter.poolStatisticsByKey().keySet().toString()).doesNotContain("Basic");
		}
	}

	@Test
	@DisplayName("threat 11: users of a proxy that forwards plain http have their own connections")
	void proxyUsersDoNotShareConnections() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = Loopback.session().build()) {
			for (int i = 0; i < 2; i++) {
				session.get(server.url("/"), (options) -> options.proxy("http", proxy.url("one", "x")));
				session.get(server.url("/"), (options) -> options.proxy("http", proxy.url("two", "x")));
			}
			assertThat(proxy.requests()).hasSize(4);
			assertThat(proxy.connectionCount()).isEqualTo(2);
			assertThat(proxy.requests()).extracting((request) -> request.header("Proxy-Authorization"))
				.containsExactly("Basic b25lOng=", "Basic dHdvOng=", "Basic b25lOng=", "Basic dHdvOng=");
		}
	}

	@Test
	@DisplayName("194: TLS material is requested once per call; changed material uses new connections and TLS sessions")
	void changedTlsMaterialUsesNewConnections() throws IOException {
		TlsMaterial first = TlsMaterial.of(CERTIFICATES.clientContext());
		TlsMaterial second = TlsMaterial.of(CERTIFICATES.clientContext());
		TlsMaterial stranger = TlsMaterial.of(new TestCertificates().clientContext());
		AtomicReference<TlsMaterial> material = new AtomicReference<>(first);
		AtomicInteger asked = new AtomicInteger();
		HttpAdapter adapter = Loopback.adapter().tlsMaterial(() -> {
			asked.incrementAndGet();
			return material.get();
		}).build();
		try (TestHttpServer server = server(); Session session = Loopback.session(adapter).build()) {
			session.get(server.url("/"));
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(1);
			material.set(second);
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(2);
			material.set(stranger);
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")));
			material.set(first);
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(3);
			assertThat(asked).hasValue(5);
			assertThat(server.requests()).hasSize(4);
		}
	}

	@Test
	@DisplayName("194: connections are never shared between different TLS materials")
	void tlsMaterialIsNeverMixed() throws IOException {
		TlsMaterial trusting = TlsMaterial.of(CERTIFICATES.clientContext());
		TlsMaterial stranger = TlsMaterial.of(new TestCertificates().clientContext());
		AtomicInteger asked = new AtomicInteger();
		HttpAdapter adapter = Loopback.adapter()
			.tlsMaterial(() -> (asked.getAndIncrement() % 2 == 0) ? trusting : stranger)
			.build();
		try (TestHttpServer server = server(); Session session = Loopback.session(adapter).build()) {
			for (int i = 0; i < 5; i++) {
				assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
				assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(server.url("/")));
			}
			assertThat(server.requests()).hasSize(5);
		}
	}

	@Test
	@DisplayName("194: calls in flight continue with the TLS material that they started with")
	void callsInFlightKeepTheirTlsMaterial() throws IOException {
		AtomicReference<TlsMaterial> material = new AtomicReference<>(TlsMaterial.of(CERTIFICATES.clientContext()));
		CountDownLatch swapped = new CountDownLatch(1);
		try (RawServer server = RawServer.start(CERTIFICATES.localhostContext(), (conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
				swapped.await();
				conversation.send("world");
			}
		}); Session session = Loopback.session(Loopback.adapter().tlsMaterial(material::get).build()).build()) {
			Response first = session.get(server.url("/"), (options) -> options.stream(true));
			material.set(TlsMaterial.of(CERTIFICATES.clientContext()));
			swapped.countDown();
			assertThat(session.get(server.url("/")).text()).isEqualTo("helloworld");
			assertThat(server.connectionCount()).isEqualTo(2);
			assertThat(first.text()).isEqualTo("helloworld");
		}
	}

	private static TlsMaterial proxyMaterial(TestCertificates certificates) {
		return TlsMaterial.of(certificates.clientContext()).withProxyContext(certificates.clientContext());
	}

	@Test
	@DisplayName("194: TLS material also applies to a proxy over TLS, for http URLs as well")
	void tlsMaterialAlsoAppliesToProxies() throws IOException {
		AtomicReference<TlsMaterial> material = new AtomicReference<>(proxyMaterial(CERTIFICATES));
		try (TestHttpServer plain = TestHttpServer.echo();
				TestHttpServer server = server();
				HttpProxyServer proxy = HttpProxyServer.start(CERTIFICATES.localhostContext());
				Session session = Loopback.session(Loopback.adapter().tlsMaterial(material::get).build())
					.proxy("all", proxy.url())
					.build()) {
			assertThat(session.get(plain.url("/")).statusCode()).isEqualTo(200);
			assertThat(session.get(server.url("/")).text()).isEqualTo("secret");
			material.set(proxyMaterial(new TestCertificates()));
			for (TestHttpServer each : List.of(plain, server)) {
				assertThatExceptionOfType(SslException.class).isThrownBy(() -> session.get(each.url("/")))
					.withMessageContaining(" of the proxy");
			}
			assertThat(proxy.requests()).hasSize(2);
		}
	}

}
