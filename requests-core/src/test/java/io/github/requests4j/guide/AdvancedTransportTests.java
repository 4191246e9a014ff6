package io.github.requests4j.guide;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.HttpbinServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the second half of docs/guide/advanced.md shows: TLS, proxies, adapters, limits.
 */
class AdvancedTransportTests extends GuideSupport {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	Path folder;

	@Test
	void verification() throws IOException {
		try (HttpbinServer secure = HttpbinServer.start(CERTIFICATES.localhostContext())) {
			String site = secure.url("");
			Path authority = CERTIFICATES.writeAuthority(this.folder);
			// tag::verify[]
			try {
				Requests.get(site + "/get");
			}
			catch (SslException ex) {
				// ... no trusted authority signed the certificate ...
				System.out.println(ex.getMessage());
			}
			Response response = Requests.get(site + "/get", (request) -> request.verify(authority));
			// end::verify[]
			assertThat(response.ok()).isTrue();
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> Requests.get(site + "/get"))
				.withMessageContaining("no trusted authority signed the certificate");
			// tag::verify-off[]
			Response unchecked = Requests.get(site + "/get", (request) -> request.verify(false));
			// end::verify-off[]
			assertThat(unchecked.ok()).isTrue();
		}
	}

	@Test
	void clientCertificate() throws IOException {
		try (HttpbinServer secure = HttpbinServer.startWithClientCertificate(CERTIFICATES.localhostContext())) {
			String site = secure.url("");
			Path authority = CERTIFICATES.writeAuthority(this.folder);
			var held = CERTIFICATES.issue("client.example");
			Path certificate = TestCertificates.writeCertificate(this.folder.resolve("client.pem"), held);
			Path key = TestCertificates.writeKey(this.folder.resolve("client.key"), held);
			// tag::cert[]
			try (Session session = Session.builder().verify(authority).cert(certificate, key).build()) {
				Response response = session.get(site + "/get");
				System.out.println(response.statusCode()); // 200
			}
			// end::cert[]
			assertThat(secure.requests()).hasSize(1);
		}
	}

	@Test
	void proxies() throws IOException {
		try (HttpProxyServer server = HttpProxyServer.start("me", "pass")) {
			String site = site();
			String proxy = server.url("me", "pass");
			// tag::proxy[]
			Requests.get(site + "/get", (request) -> request.proxy("http", proxy));
			try (Session session = Session.builder()
				.proxy("http", proxy) // http://me:pass@proxy.example:3128
				.proxy("https", proxy)
				.proxy("https://internal.example", null) // this host directly
				.proxy("no_proxy", "localhost, .corp.example, 10.0.0.0/8")
				.build()) {
				session.get(site + "/get");
			}
			// end::proxy[]
			assertThat(server.asked()).hasSize(2);
		}
	}

	@Test
	void socks() throws IOException {
		try (SocksProxyServer server = SocksProxyServer.start()) {
			String site = site();
			String socks = "socks5h://" + server.authority();
			// tag::socks[]
			Requests.get(site + "/get", (request) -> request.proxy("all", socks)); // socks5h://host:1080
			// end::socks[]
			assertThat(server.asked()).hasSize(1);
		}
	}

	@Test
	void mountedAdapters() {
		String site = site();
		// tag::mount[]
		HttpAdapter busy = HttpAdapter.builder()
			.poolMaxsize(50)
			.poolBlock(true)
			.poolTimeout(Duration.ofSeconds(2))
			.poolIdleTimeout(Duration.ofSeconds(30))
			.build();
		try (Session session = Session.builder().mount(site + "/", busy).build()) {
			session.get(site + "/get");
			PoolStatistics pool = busy.poolStatistics();
			// 0 in use, 1 idle
			System.out.println(pool.leased() + " in use, " + pool.available() + " idle");
		}
		// end::mount[]
		assertThat(this.server.connectionCount()).isOne();
	}

	// tag::own-adapter[]
	/** Answers everything itself. */
	static final class TeapotAdapter implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			return Response.builder(418).reason("I'm a teapot").request(request).build();
		}

		@Override
		public void close() {
		}

	}
	// end::own-adapter[]

	@Test
	void ownAdapter() {
		// tag::mount-own[]
		try (Session session = Session.builder().mount("https://teapot.example", new TeapotAdapter()).build()) {
			Response response = session.get("https://teapot.example/brew");
			System.out.println(response.statusCode()); // 418
		}
		// end::mount-own[]
		try (Session session = Session.builder().mount("https://teapot.example", new TeapotAdapter()).build()) {
			assertThat(session.get("https://teapot.example/brew").statusCode()).isEqualTo(418);
		}
	}

	// tag::subclass[]
	/** Says to every server when the request left. */
	static final class StampingAdapter extends HttpAdapter {

		StampingAdapter() {
			super(HttpAdapter.builder());
		}

		@Override
		protected void addHeaders(PreparedRequest request, SendOptions options) {
			request.headers().put("X-Sent", Long.toString(System.currentTimeMillis()));
		}

	}
	// end::subclass[]

	@Test
	void subclass() {
		try (Session session = Session.builder().mount("http://", new StampingAdapter()).build()) {
			session.get(site() + "/get");
		}
		assertThat(this.server.lastRequest().header("X-Sent")).isNotEmpty();
	}

	@Test
	void retries() throws IOException {
		AtomicInteger calls = new AtomicInteger();
		try (TestHttpServer flaky = TestHttpServer.start((request) -> (calls.incrementAndGet() < 3)
				? Reply.of(503, "later", "Retry-After: 0") : Reply.ok("done"))) {
			String site = flaky.url("");
			// tag::retry[]
			Retry retry = Retry.builder()
				.total(3)
				.statusForcelist(502, 503, 504)
				.backoffFactor(Duration.ofMillis(100))
				.build();
			try (Session session = Session.builder()
				.mount("http://", HttpAdapter.builder().maxRetries(retry).build())
				.build()) {
				Response response = session.get(site + "/job");
				System.out.println(response.text()); // done
				// 503, 503
				response.attempts().forEach((attempt) -> System.out.println(attempt.status()));
			}
			// end::retry[]
			assertThat(calls).hasValue(3);
		}
	}

	@Test
	void hedging() throws IOException {
		AtomicInteger calls = new AtomicInteger();
		CountDownLatch hedged = new CountDownLatch(1);
		try (RawServer late = RawServer.start((conversation) -> {
			conversation.readRequest();
			if (calls.getAndIncrement() > 0) {
				conversation.respond(200, "done");
				hedged.countDown();
			}
			conversation.awaitClientClose();
		})) {
			String site = late.url("");
			// tag::hedging[]
			Hedging hedging = Hedging.builder().after(Duration.ofMillis(200)).build();
			try (Session session = Session.builder()
				.mount("http://", hedging.wrap(HttpAdapter.builder().build()))
				.build()) {
				Response response = session.get(site + "/job");
				System.out.println(response.text()); // done
				System.out.println(hedging.statistics().won()); // 1
			}
			// end::hedging[]
			assertThat(hedged.getCount()).isZero();
		}
	}

	@Test
	void idempotencyKeys() {
		String site = site();
		// tag::idempotency-keys[]
		Session payments = Session.builder().baseUrl(site).idempotencyKeys(true).build();
		Response paid = payments.post("/post", (request) -> request.data("amount=10"));
		// a random UUID
		System.out.println(paid.request().headers().get("Idempotency-Key"));
		// end::idempotency-keys[]
		payments.close();
		assertThat(this.server.lastRequest().header("Idempotency-Key")).hasSize(36);
	}

	@Test
	void compressedBodies() {
		String site = site();
		String lines = "tea and cake\n".repeat(1000);
		// tag::compress[]
		Session logs = Session.builder().baseUrl(site).compressBodies(2048).build();
		logs.post("/post", (request) -> request.data(lines)); // Content-Encoding: gzip
		// end::compress[]
		logs.close();
		assertThat(this.server.lastRequest().header("Content-Encoding")).isEqualTo("gzip");
	}

	@Test
	void deadline() throws IOException {
		String site = site();
		// tag::timeouts[]
		Requests.get(site + "/get", (request) -> request.timeout(Duration.ofSeconds(3), Duration.ofSeconds(30)));
		// end::timeouts[]
		assertThat(this.server.requests()).hasSize(1);
		try (BlackHole hole = BlackHole.open()) {
			String silent = hole.url("http");
			// tag::deadline[]
			try {
				Requests.get(silent, (request) -> request.deadline(Duration.ofMillis(200)));
			}
			catch (RequestTimeoutException ex) {
				// ... the deadline of 200ms for the whole call passed ...
				System.out.println(ex.getMessage());
			}
			// end::deadline[]
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> Requests.get(silent, (request) -> request.deadline(Duration.ofMillis(200))))
				.withMessageContaining("the deadline of 200ms for the whole call passed");
		}
	}

	@Test
	void egress() {
		String site = site();
		// tag::egress[]
		EgressRules rules = EgressRules.builder()
			.denyPrivate(true)
			.allow("10.20.0.0/16", "ledger.corp.example")
			.build();
		HttpAdapter guarded = HttpAdapter.builder().egress(rules).build();
		try (Session session = Session.builder().mount("http://", guarded).mountShared("https://", guarded).build()) {
			session.get(site + "/get"); // an address of this machine
		}
		catch (EgressDeniedException ex) {
			System.out.println(ex.getMessage()); // GET ...: the egress rules deny ...
		}
		// end::egress[]
		assertThat(this.server.connectionCount()).isZero();
	}

	@Test
	void throttle() {
		String site = site();
		// tag::throttle[]
		AtomicInteger left = new AtomicInteger(3);
		HttpAdapter limited = HttpAdapter.builder().throttle((pending) -> {
			if (left.getAndDecrement() <= 0) {
				throw pending.rejection("today's quota is used up.", null);
			}
		}).build();
		try (Session session = Session.builder().mount("http://", limited).mountShared("https://", limited).build()) {
			session.get(site + "/redirect/3"); // the fourth request is not sent
		}
		catch (ThrottledException ex) {
			// GET .../get: today's quota is used up.
			System.out.println(ex.getMessage());
		}
		// end::throttle[]
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void interceptor() {
		String site = site();
		List<String> calls = new CopyOnWriteArrayList<>();
		// tag::interceptor[]
		CallInterceptor counting = (request, options, chain) -> {
			calls.add(String.valueOf(request.url()));
			return chain.proceed(request, options);
		};
		try (Session session = Session.builder().interceptor(counting).build()) {
			session.get(site + "/redirect/3"); // four exchanges, one call
		}
		// end::interceptor[]
		assertThat(calls).hasSize(1);
		assertThat(this.server.requests()).hasSize(4);
	}

	@Test
	void comingFromOkHttp() {
		String site = site();
		// tag::migrate-okhttp[]
		HttpAdapter retrying = HttpAdapter.builder().maxRetries(Retry.of(1)).build();
		try (Session session = Session.builder()
			.baseUrl(site)
			.timeouts(Timeouts.of(Duration.ofSeconds(10), Duration.ofSeconds(10)))
			.deadline(Duration.ofSeconds(30))
			.mount("http://", retrying)
			.mountShared("https://", retrying)
			.build()) {
			System.out.println(session.get("get").text());
		}
		// end::migrate-okhttp[]
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void manyAtOnce() {
		String site = site();
		List<Integer> statuses;
		// tag::futures[]
		// on JDK 21: newVirtualThreadPerTaskExecutor()
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try (Session session = Session.create()) {
			List<CompletableFuture<Response>> calls = List.of("/get", "/headers", "/html")
				.stream()
				.map((path) -> CompletableFuture.supplyAsync(() -> session.get(site + path), threads))
				.toList();
			statuses = calls.stream().map((call) -> call.join().statusCode()).toList();
		}
		finally {
			threads.shutdown();
		}
		// end::futures[]
		assertThat(statuses).containsExactly(200, 200, 200);
	}

}
