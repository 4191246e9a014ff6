package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.adapters.ConnectionHandle;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolKey;
import io.github.requests4j.adapters.PoolSettings;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each override point of {@link HttpAdapter}, from another package, mounted in a session
 * (behaviour 206).
 */
class HttpAdapterOverrideTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	Path folder;

	@Test
	@DisplayName("206: send sees every hop and may return its own response")
	void sendSeesEveryHop() throws IOException {
		List<String> seen = new CopyOnWriteArrayList<>();
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				seen.add(request.method() + " " + request.parsedUrl().path());
				return request.parsedUrl().path().equals("/own") ? Response.builder(299).request(request).build()
						: super.send(request, options);
			}
		};
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.path().equals("/from") ? Reply.redirect(303, "/to") : Reply.ok("end"));
				Session session = Loopback.session(adapter).build()) {
			Response response = session.post(server.url("/from"));
			assertThat(response.text()).isEqualTo("end");
			assertThat(response.connection()).isSameAs(adapter);
			assertThat(session.get(server.url("/own")).statusCode()).isEqualTo(299);
			assertThat(seen).containsExactly("POST /from", "GET /to", "GET /own");
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("206: close is called once by the session that owns the adapter")
	void closeIsCalledOnce() throws IOException {
		AtomicInteger closed = new AtomicInteger();
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			public void close() {
				closed.incrementAndGet();
				super.close();
			}
		};
		try (TestHttpServer server = TestHttpServer.echo()) {
			Session session = Loopback.session(adapter).build();
			Session derived = session.derive((builder) -> builder.header("X", "y"));
			derived.get(server.url("/"));
			derived.close();
			assertThat(closed).hasValue(0);
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(1);
			session.close();
			session.close();
			assertThat(closed).hasValue(1);
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 0));
		}
	}

	@Test
	@DisplayName("206: addHeaders changes the headers of every hop")
	void addHeadersChangesEveryHop() throws IOException {
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected void addHeaders(PreparedRequest request, SendOptions options) {
				request.headers().put("X-Signed", request.method() + request.parsedUrl().path());
			}
		};
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok("end"));
				Session session = Loopback.session(adapter).build()) {
			session.get(server.url("/from"));
			assertThat(server.requests()).map((request) -> request.headers("X-Signed"))
				.containsExactly(List.of("GET/from"), List.of("GET/to"));
		}
	}

	@Test
	@DisplayName("206: buildConnectionPoolKeyAttributes selects the pool and the target of a connection")
	void buildConnectionPoolKeyAttributesSelectsTheConnection() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
				@Override
				protected PoolKey buildConnectionPoolKeyAttributes(PreparedRequest request, SendOptions options) {
					PoolKey key = super.buildConnectionPoolKeyAttributes(request, options);
					return new PoolKey(key.scheme(), "127.0.0.1", server.port(), key.proxy(), key.verify(), key.cert(),
							key.tlsIdentity(), request.headers().get("X-Tenant"));
				}
			};
			try (Session session = Loopback.session(adapter).build()) {
				session.get("http://a.example/1");
				session.get("http://b.example:81/2");
				assertThat(server.connectionCount()).isEqualTo(1);
				session.get("http://a.example/3", (options) -> options.header("X-Tenant", "t"));
				assertThat(server.connectionCount()).isEqualTo(2);
				assertThat(server.requests()).map((request) -> request.header("Host"))
					.containsExactly("a.example", "b.example:81", "a.example");
				assertThat(adapter.poolStatisticsByKey().keySet()).map(PoolKey::host)
					.containsExactly("127.0.0.1", "127.0.0.1");
			}
		}
	}

	@Test
	@DisplayName("206: buildResponse sees the response and may change it")
	void buildResponseMayChangeTheResponse() throws IOException {
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected Response buildResponse(PreparedRequest request, Response.Builder response) {
				return super.buildResponse(request, response.reason("Rebuilt for " + request.method()));
			}
		};
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session(adapter).build()) {
			Response response = session.get(server.url("/"));
			assertThat(response.reason()).isEqualTo("Rebuilt for GET");
			assertThat(response.text()).startsWith("GET / HTTP/1.1");
			assertThat(session.head(server.url("/")).reason()).isEqualTo("Rebuilt for HEAD");
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

	@Test
	@DisplayName("206, fault: Throwing hook or decoder: a buildResponse that throws releases the connection")
	void throwingBuildResponseReleasesTheConnection() throws IOException {
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected Response buildResponse(PreparedRequest request, Response.Builder response) {
				throw new UnsupportedOperationException("not today");
			}
		};
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session(adapter).build()) {
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> session.get(server.url("/")));
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
		}
	}

	@Test
	@DisplayName("206: certVerify sees verify and cert, and may accept or reject them")
	void certVerifyMayRejectOrRelaxTheSettings() throws IOException {
		List<String> seen = new CopyOnWriteArrayList<>();
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected void certVerify(PreparedRequest request, Verify verify, @Nullable ClientCert cert) {
				seen.add(verify + " " + cert);
				if (!verify.isEnabled()) {
					throw new SslException("Our rules want verification");
				}
				super.certVerify(request, verify, cert);
			}
		};
		Path authority = CERTIFICATES.writeAuthority(this.folder);
		try (TestHttpServer server = TestHttpServer.start(CERTIFICATES.localhostContext(),
				(request) -> Reply.ok("secret")); Session session = Loopback.session(adapter).build()) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.verify(false)))
				.withMessage("Our rules want verification")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(server.connectionCount()).isZero();
			session.get(server.url("/"), (options) -> options.verify(authority));
			assertThat(seen).containsExactly("false null", authority + " null");
		}
	}

	@Test
	@DisplayName("206: getConnectionWithTlsContext sees the connection and may reject it")
	void getConnectionWithTlsContextMayRejectTheConnection() throws IOException {
		List<String> seen = new CopyOnWriteArrayList<>();
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
					Supplier<ConnectionHandle> pool) {
				ConnectionHandle handle = super.getConnectionWithTlsContext(request, key, pool);
				seen.add(key.equals(handle.key()) + " " + handle.isReused() + " " + (handle.tlsSession() != null));
				if (request.headers().containsKey("X-Refuse")) {
					throw new ConnectionException("Not this one");
				}
				return handle;
			}
		};
		Path authority = CERTIFICATES.writeAuthority(this.folder);
		try (TestHttpServer server = TestHttpServer.start(CERTIFICATES.localhostContext(),
				(request) -> Reply.ok("secret"));
				Session session = Loopback.session(adapter).verify(authority).build()) {
			session.get(server.url("/"));
			session.get(server.url("/"));
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.header("X-Refuse", "1")))
				.withMessage("Not this one");
			assertThat(seen).containsExactly("true false false", "true true true", "true true true");
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	@DisplayName("206: initPoolManager is called once, and its settings apply")
	void initPoolManagerIsCalledOnce() throws IOException {
		List<PoolSettings> seen = new CopyOnWriteArrayList<>();
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter().poolMaxsize(7)) {
			@Override
			protected PoolSettings initPoolManager(PoolSettings settings) {
				seen.add(settings);
				return new PoolSettings(settings.connections(), 1, true, Duration.ofMillis(100), null, null);
			}
		};
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session(adapter).build()) {
			try (Response open = session.get(server.url("/"), (options) -> options.stream(true))) {
				assertThat(open.statusCode()).isEqualTo(200);
				assertThatExceptionOfType(ConnectTimeoutException.class).isThrownBy(() -> session.get(server.url("/")))
					.withMessageContaining("the only connection of the pool is in use");
			}
			session.get(server.url("/"));
			assertThat(seen).singleElement().extracting(PoolSettings::maxsize).isEqualTo(7);
		}
	}

	@Test
	@DisplayName("206: proxyManagerFor may support other kinds of proxies, and proxyHeaders adds headers for them")
	void proxyManagerForMaySupportOtherProxies() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer secure = TestHttpServer.start(CERTIFICATES.localhostContext(),
						(request) -> Reply.ok("secret"));
				HttpProxyServer proxy = HttpProxyServer.start()) {
			HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
				@Override
				protected ProxyUrl proxyManagerFor(String proxyUrl) {
					return proxyUrl.equals("corporate://") ? ProxyUrl.parse("http://127.0.0.1:" + proxy.port())
							: super.proxyManagerFor(proxyUrl);
				}

				@Override
				protected Map<String, String> proxyHeaders(ProxyUrl server) {
					return Map.of("proxy-authorization", "Token " + server.port());
				}
			};
			Path authority = CERTIFICATES.writeAuthority(this.folder);
			try (Session session = Loopback.session(adapter).proxy("all", "corporate://").verify(authority).build()) {
				session.get(server.url("/"), (options) -> options.header("Proxy-Authorization", "Basic callers"));
				session.get(secure.url("/"), (options) -> options.header("Proxy-Authorization", "Basic callers"));
				assertThat(proxy.requests()).map((request) -> request.headers("Proxy-Authorization"))
					.containsExactly(List.of("Token " + proxy.port()), List.of("Token " + proxy.port()));
				assertThat(secure.lastRequest().header("Proxy-Authorization")).isNull();
			}
		}
	}

	@Test
	@DisplayName("206: requestUrl decides the target of the request line")
	void requestUrlSetsTheRequestTarget() throws IOException {
		HttpAdapter adapter = new HttpAdapter(Loopback.adapter()) {
			@Override
			protected String requestUrl(PreparedRequest request, @Nullable ProxyUrl proxy) {
				String target = super.requestUrl(request, proxy);
				return request.method().equals("OPTIONS") ? "*" : "/prefix" + target;
			}
		};
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session(adapter).build()) {
			session.get(server.url("/a?b#c"));
			session.options(server.url("/"));
			assertThat(server.requests()).map((request) -> request.requestLine())
				.containsExactly("GET /prefix/a?b HTTP/1.1", "OPTIONS * HTTP/1.1");
		}
	}

	@Test
	@DisplayName("198: by default there are ten pools of ten connections; more are opened on demand and then dropped")
	void poolsHaveTheDefaultSizes() throws Exception {
		int callers = 12;
		CountDownLatch arrived = new CountDownLatch(callers);
		HttpAdapter adapter = Loopback.adapter().build();
		try (RawServer server = RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				arrived.countDown();
				arrived.await();
				conversation.respond(200, "x");
			}
		}); Session session = Loopback.session(adapter).build()) {
			List<Thread> threads = new CopyOnWriteArrayList<>();
			for (int i = 0; i < callers; i++) {
				Thread thread = new Thread(() -> session.get(server.url("/")));
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join(30_000);
			}
			assertThat(server.connectionCount()).isEqualTo(callers);
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 10, 0, 10));
			for (int i = 0; i < 12; i++) {
				session.get(server.url("host" + i + ".example", "/"));
			}
			assertThat(adapter.poolStatisticsByKey()).hasSize(10);
		}
	}

	@Test
	@DisplayName("198: idle connections that the server has closed are replaced silently")
	void closedIdleConnectionsAreReplaced() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.respond(200, "x");
		}); Session session = Loopback.session().build()) {
			for (int i = 0; i < 5; i++) {
				assertThat(session.get(server.url("/")).text()).isEqualTo("x");
			}
			assertThat(server.connectionCount()).isEqualTo(5);
		}
	}

	@Test
	@DisplayName("199: a connection is reused if its body was read, and closed if it was not")
	void connectionIsReusedOnlyIfItsBodyWasRead() throws IOException {
		HttpAdapter adapter = Loopback.adapter().build();
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Loopback.session(adapter).build()) {
			Response streamed = session.get(server.url("/1"), (options) -> options.stream(true));
			assertThat(adapter.poolStatistics().leased()).isEqualTo(1);
			assertThat(streamed.text()).startsWith("GET /1");
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 10));
			streamed.close();
			session.get(server.url("/2"), (options) -> options.stream(true)).close();
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 10));
			session.get(server.url("/3"));
			assertThat(server.connectionCount()).isEqualTo(2);
			session.get(server.url("/4"), (options) -> options.header("Connection", "close"));
			session.get(server.url("/5"));
			assertThat(server.connectionCount()).isEqualTo(3);
		}
	}

	@Test
	@DisplayName("200: a redirect within the host and a digest retry reuse the connection")
	void redirectAndDigestReuseTheConnection() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> {
			if (request.path().equals("/from")) {
				return Reply.of(302, "a body to be read", "Location: /secret");
			}
			return (request.header("Authorization") != null) ? Reply.ok("secret")
					: Reply.of(401, "who are you?", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
		}); Session session = Loopback.session().auth(new HttpDigestAuth("u", "p")).build()) {
			assertThat(session.get(server.url("/from")).text()).isEqualTo("secret");
			assertThat(server.requests()).hasSize(3);
			assertThat(server.connectionCount()).isEqualTo(1);
		}
	}

}
