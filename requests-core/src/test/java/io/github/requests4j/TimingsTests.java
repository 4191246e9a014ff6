package io.github.requests4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.hedging.Hedging;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class TimingsTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final Set<Phase> REUSED = EnumSet.of(Phase.POOL, Phase.SEND, Phase.FIRST_BYTE, Phase.BODY);

	@TempDir
	static Path folder;

	private static Path authority;

	private final Recorder recorder = new Recorder();

	@BeforeAll
	static void writeAuthority() throws IOException {
		authority = CERTIFICATES.writeAuthority(folder);
	}

	private Session.Builder session() {
		return Loopback.session().verify(authority).listener(this.recorder);
	}

	private static Set<Phase> phases(Timings timings) {
		Set<Phase> phases = EnumSet.noneOf(Phase.class);
		for (Phase phase : Phase.values()) {
			if (timings.of(phase) != null) {
				phases.add(phase);
			}
		}
		return phases;
	}

	private static Set<Phase> with(Phase... more) {
		Set<Phase> phases = EnumSet.copyOf(REUSED);
		phases.addAll(List.of(more));
		return phases;
	}

	private static Duration sum(Timings timings) {
		Duration sum = Duration.ZERO;
		for (Phase phase : phases(timings)) {
			Duration duration = Objects.requireNonNull(timings.of(phase));
			assertThat(duration).as(phase.toString()).isPositive();
			sum = sum.plus(duration);
		}
		return sum;
	}

	@Test
	void newConnectionHasPhasesThatReusedOneDoesNotHave() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				Session session = session().build()) {
			Response first = session.get(server.url("/"));
			assertThat(phases(first.timings())).isEqualTo(with(Phase.DNS, Phase.CONNECT));
			assertThat(sum(first.timings())).isEqualTo(first.timings().total());
			Response second = session.get(server.url("/"));
			assertThat(phases(second.timings())).isEqualTo(REUSED);
			assertThat(sum(second.timings())).isEqualTo(second.timings().total());
			assertThat(this.recorder.ended).containsExactly(first.timings(), second.timings());
		}
	}

	@Test
	void responseWithoutBodyIsComplete() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(204, ""));
				Session session = session().build()) {
			Timings timings = session.get(server.url("/")).timings();
			assertThat(phases(timings)).isEqualTo(with(Phase.DNS, Phase.CONNECT));
			assertThat(this.recorder.ended).containsExactly(timings);
			assertThat(this.recorder.events).containsExactly("responded", "ended");
		}
	}

	@Test
	void tlsHasItsOwnPhase() throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CERTIFICATES.localhostContext(), (request) -> Reply.ok("x"));
				Session session = session().build()) {
			assertThat(phases(session.get(server.url("localhost", "/")).timings()))
				.isEqualTo(with(Phase.DNS, Phase.CONNECT, Phase.TLS));
			assertThat(phases(session.get(server.url("localhost", "/")).timings())).isEqualTo(REUSED);
		}
	}

	@Test
	void handshakeWithProxyIsOnePhase() throws IOException {
		try (TestHttpServer secure = TestHttpServer.start(CERTIFICATES.localhostContext(), (request) -> Reply.ok("x"));
				TestHttpServer plain = TestHttpServer.start((request) -> Reply.ok("x"));
				HttpProxyServer http = HttpProxyServer.start();
				HttpProxyServer https = HttpProxyServer.start(CERTIFICATES.localhostContext());
				SocksProxyServer socks = SocksProxyServer.start()) {
			Set<Phase> connecting = with(Phase.DNS, Phase.CONNECT, Phase.PROXY);
			for (String proxy : List.of(http.url(), https.url().replace("127.0.0.1", "localhost"),
					"socks5h://" + socks.authority(), "socks5://" + socks.authority())) {
				try (Session session = session().proxy("all", proxy).build()) {
					assertThat(phases(session.get(plain.url("/")).timings())).as(proxy).isEqualTo(connecting);
					Timings tunnelled = session.get(secure.url("localhost", "/")).timings();
					assertThat(phases(tunnelled)).as(proxy)
						.isEqualTo(with(Phase.DNS, Phase.CONNECT, Phase.PROXY, Phase.TLS));
					assertThat(phases(session.get(secure.url("localhost", "/")).timings())).as(proxy).isEqualTo(REUSED);
				}
			}
		}
	}

	@Test
	void lookupLastsAsLongAsTheResolver() throws IOException {
		List<Duration> lookups = new CopyOnWriteArrayList<>();
		HttpAdapter adapter = HttpAdapter.builder().hostResolver((host) -> {
			long start = System.nanoTime();
			List<InetAddress> addresses = List.of(InetAddress.getLoopbackAddress());
			pause();
			lookups.add(Duration.ofNanos(System.nanoTime() - start));
			return addresses;
		}).build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				Session session = Loopback.session(adapter).build()) {
			Timings timings = session.get(server.url("a.example", "/")).timings();
			assertThat(timings.dns()).isGreaterThanOrEqualTo(lookups.get(0));
			assertThat(timings.total()).isGreaterThan(timings.dns());
		}
	}

	@Test
	void bodyLastsFromTheHeadToItsEnd() throws IOException {
		CountDownLatch released = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
			released.await(30, TimeUnit.SECONDS);
			conversation.send("b");
		}); Session session = session().build()) {
			Response response = session.get(server.url("/"), (request) -> request.stream(true));
			long start = System.nanoTime();
			pause();
			Duration least = Duration.ofNanos(System.nanoTime() - start);
			released.countDown();
			assertThat(response.text()).isEqualTo("ab");
			assertThat(response.timings().body()).isGreaterThanOrEqualTo(least);
		}
	}

	/** Lets some time pass. */
	private static void pause() {
		long start = System.nanoTime();
		while (System.nanoTime() - start < 1_000_000) {
			Thread.onSpinWait();
		}
	}

	@Test
	void waitForAPlaceInThePoolIsTimed() throws Exception {
		HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(1).poolBlock(true).build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				Session session = Loopback.session(adapter).build()) {
			Response first = session.get(server.url("/"), (request) -> request.stream(true));
			CompletableFuture<Response> second = CompletableFuture.supplyAsync(() -> session.get(server.url("/")));
			while (adapter.poolStatistics().pending() == 0) {
				Thread.onSpinWait();
			}
			long start = System.nanoTime();
			pause();
			Duration least = Duration.ofNanos(System.nanoTime() - start);
			first.content();
			assertThat(second.get(30, TimeUnit.SECONDS).timings().pool()).isGreaterThanOrEqualTo(least);
		}
	}

	@Test
	void streamedBodyEndsWhenItIsReadOrClosed() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x".repeat(100_000)));
				Session session = session().build()) {
			Response read = session.get(server.url("/"), (request) -> request.stream(true));
			assertThat(phases(read.timings()))
				.isEqualTo(EnumSet.of(Phase.POOL, Phase.DNS, Phase.CONNECT, Phase.SEND, Phase.FIRST_BYTE));
			assertThat(read.timings().total()).isNull();
			assertThat(this.recorder.ended).isEmpty();
			read.content();
			assertThat(read.timings().body()).isPositive();
			assertThat(read.timings().total()).isEqualTo(sum(read.timings()));
			read.close();
			assertThat(this.recorder.ended).containsExactly(read.timings());
			Response closed = session.get(server.url("/"), (request) -> request.stream(true));
			closed.close();
			closed.close();
			assertThat(phases(closed.timings())).isEqualTo(REUSED);
			assertThat(this.recorder.ended).containsExactly(read.timings(), closed.timings());
		}
	}

	@Test
	void timingsCanBeReadWhileAnotherThreadReadsTheBody() throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x".repeat(5_000_000)));
				Session session = session().build()) {
			Response response = session.get(server.url("/"), (request) -> request.stream(true));
			CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
				try (InputStream body = response.bodyStream()) {
					return body.transferTo(OutputStream.nullOutputStream());
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			Timings timings = response.timings();
			while (timings.total() == null) {
				assertThat(timings.body()).isNull();
				timings = response.timings();
			}
			assertThat(sum(timings)).isEqualTo(timings.total());
			assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(5_000_000);
		}
	}

	@Test
	void bodyThatBreaksOffEndsWithItsFailure() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
			conversation.close();
		}); Session session = session().build()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(server.url("/")))
				.satisfies((ex) -> assertThat(ex.response().timings().total()).isNotNull());
			assertThat(this.recorder.events).containsExactly("responded", "bodyFailed", "ended");
			assertThat(phases(this.recorder.ended.get(0))).isEqualTo(with(Phase.DNS, Phase.CONNECT));
		}
	}

	@Test
	void bodyThatCannotBeDecodedEndsAfterItsFailure() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.of(200, "not gzip".repeat(20_000), "Content-Encoding: gzip"));
				Session session = session().build()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(this.recorder.events).containsExactly("responded", "bodyFailed", "ended");
		}
	}

	@Test
	void bodyThatArrivedCompletelyCanFailAfterItsEnd() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.of(200, "not gzip", "Content-Encoding: gzip"));
				Session session = session().build()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(server.url("/")));
			assertThat(this.recorder.events).containsExactly("responded", "ended", "bodyFailed");
		}
	}

	@Test
	void eachHopHasItsOwnTimings() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.target().equals("/") ? Reply.redirect(302, "/next") : Reply.ok("x"));
				Session session = session().build()) {
			Response response = session.get(server.url("/"));
			Response hop = response.history().get(0);
			assertThat(phases(hop.timings())).isEqualTo(with(Phase.DNS, Phase.CONNECT));
			assertThat(phases(response.timings())).isEqualTo(REUSED);
			assertThat(this.recorder.ended).containsExactly(hop.timings(), response.timings());
		}
	}

	@Test
	void retriedResponseHasTheTimingsOfTheLastAttempt() throws IOException {
		HttpAdapter adapter = HttpAdapter.builder()
			.maxRetries(Retry.builder().total(1).statusForcelist(503).backoffFactor(Duration.ofMillis(30)).build())
			.build();
		List<Integer> statuses = new CopyOnWriteArrayList<>(List.of(503, 200));
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(statuses.remove(0), "x"));
				Session session = Loopback.session(adapter).listener(this.recorder).build()) {
			Response response = session.get(server.url("/"));
			assertThat(phases(response.timings())).isEqualTo(REUSED);
			assertThat(this.recorder.ended).hasSize(2).last().isEqualTo(response.timings());
			assertThat(phases(this.recorder.ended.get(0))).contains(Phase.CONNECT);
		}
	}

	@Test
	void staleConnectionIsReplacedWithinTheExchange() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			if (conversation.readRequest() != null) {
				conversation.respond(200, "x");
			}
			if (conversation.index() == 0) {
				// Closes the connection as soon as the next request arrives.
				conversation.in().read();
				conversation.reset();
			}
		}); Session session = session().build()) {
			session.get(server.url("/"));
			Response response = session.get(server.url("/"));
			assertThat(phases(response.timings())).isEqualTo(with(Phase.DNS, Phase.CONNECT));
			assertThat(sum(response.timings())).isEqualTo(response.timings().total());
			assertThat(this.recorder.ended).hasSize(2);
		}
	}

	@Test
	void hedgedResponseHasTheTimingsOfTheAttemptThatWon() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			if (conversation.index() == 0) {
				release.await(30, TimeUnit.SECONDS);
			}
			conversation.respond(200, "x");
		});
				Session session = Session.builder()
					.trustEnv(false)
					.listener(this.recorder)
					.mount("http://", Hedging.builder().after(Duration.ofMillis(50)).build().wrap(adapter))
					.build()) {
			Response response = session.get(server.url("/"));
			release.countDown();
			assertThat(response.timings().total()).isEqualTo(sum(response.timings()));
			assertThat(this.recorder.ended).contains(response.timings());
		}
	}

	@Test
	void responseOfTheCacheHasNoTimings() throws IOException {
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(200, "x", "Cache-Control: max-age=60"));
				Session session = session().mount("http://", HttpCache.builder().build().wrap(adapter)).build()) {
			assertThat(session.get(server.url("/")).timings().total()).isNotNull();
			assertThat(session.get(server.url("/")).timings()).isEqualTo(Timings.NONE);
		}
	}

	@Test
	void manualResponseHasNoTimings() {
		assertThat(Response.builder(200).build().timings()).isEqualTo(Timings.NONE);
	}

	@Test
	void copyHasTheTimingsOfItsOrigin() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				Session session = session().build()) {
			Response response = session.get(server.url("/"));
			assertThat(response.toBuilder().reason("Fine").build().timings()).isEqualTo(response.timings());
		}
	}

	@Test
	void lookupThatFailsIsTheLastPhase() {
		HttpAdapter adapter = HttpAdapter.builder().hostResolver((host) -> {
			throw new UnknownHostException(host);
		}).build();
		try (Session session = Loopback.session(adapter).listener(this.recorder).build()) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("http://a.example/"));
			assertFailedIn(Phase.DNS);
		}
	}

	@Test
	void handshakeThatTimesOutIsTheLastPhase() throws IOException {
		CountDownLatch release = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> release.await(30, TimeUnit.SECONDS));
				Session session = session().build()) {
			assertThatExceptionOfType(ConnectTimeoutException.class)
				.isThrownBy(() -> session.get("https://" + server.authority() + "/",
						(request) -> request.timeout(Duration.ofMillis(200), null)));
			release.countDown();
			assertFailedIn(Phase.TLS);
		}
	}

	@Test
	void responseThatDoesNotArriveIsTheLastPhase() throws IOException {
		CountDownLatch release = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			release.await(30, TimeUnit.SECONDS);
		}); Session session = session().build()) {
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(
					() -> session.get(server.url("/"), (request) -> request.timeout(null, Duration.ofMillis(100))));
			release.countDown();
			assertFailedIn(Phase.FIRST_BYTE);
		}
	}

	private void assertFailedIn(Phase last) {
		assertThat(this.recorder.events).containsExactly("failed", "ended");
		Timings timings = this.recorder.ended.get(0);
		assertThat(this.recorder.failed).containsExactly(timings);
		assertThat(phases(timings)).contains(last).allMatch((phase) -> phase.compareTo(last) <= 0);
		assertThat(sum(timings)).isEqualTo(timings.total());
	}

	/** What listeners were told. */
	private static final class Recorder implements ExchangeListener {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final List<Timings> ended = new CopyOnWriteArrayList<>();

		private final List<Timings> failed = new ArrayList<>();

		@Override
		public Scope begin(Exchange exchange) {
			return new Scope() {

				@Override
				public void responded(Response response, Duration elapsed) {
					Recorder.this.events.add("responded");
					assertThat(exchange.timings().firstByte()).isNotNull();
				}

				@Override
				public void failed(RequestException error, Duration elapsed) {
					Recorder.this.events.add("failed");
					Recorder.this.failed.add(exchange.timings());
				}

				@Override
				public void bodyFailed(RequestException error) {
					Recorder.this.events.add("bodyFailed");
				}

				@Override
				public void ended(Timings timings) {
					Recorder.this.events.add("ended");
					Recorder.this.ended.add(timings);
				}

			};
		}

	}

}
