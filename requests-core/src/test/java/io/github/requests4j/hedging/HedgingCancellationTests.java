package io.github.requests4j.hedging;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * How the attempts end that lost, whatever they wait for, and how calls end that have two
 * of them.
 */
@Timeout(120)
class HedgingCancellationTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Consumer<RequestOptions> PLAIN = (request) -> {
	};

	private final List<RequestException> failures = new CopyOnWriteArrayList<>();

	/** Sends hedges to another server than the first attempt. */
	private record Split(Adapter first, Adapter hedges, String hedgeUrl) implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			if (options.kind() != Exchange.Kind.HEDGE) {
				return this.first.send(request, options);
			}
			request.url(this.hedgeUrl);
			return this.hedges.send(request, options.withProxies(null));
		}

		@Override
		public void close() {
			this.first.close();
			this.hedges.close();
		}

	}

	/** Makes a call whose first attempt gets stuck, and expects the hedge to answer. */
	private void hedgeWins(HttpAdapter first, String url, Consumer<RequestOptions> options) throws IOException {
		try (TestHttpServer quick = TestHttpServer.start((request) -> Reply.ok("hedge"));
				HttpAdapter hedges = HttpAdapter.builder().build();
				Session session = session(new Split(first, hedges, quick.url("/")))) {
			Response response = session.put(url, options);
			assertThat(response.text()).isEqualTo("hedge");
			await().until(() -> first.poolStatistics().leased() == 0 && first.poolStatistics().pending() == 0);
			assertThat(this.failures).singleElement().isInstanceOf(AttemptCancelledException.class);
			assertThat(this.failures.get(0)).hasMessage("PUT " + url
					+ ": this attempt was cancelled, because another attempt of the call got its response first.");
			assertThat(hedges.poolStatistics().available()).isEqualTo(1);
			assertThat(Thread.currentThread().isInterrupted()).isFalse();
		}
	}

	private Session session(Adapter adapter) {
		Adapter hedged = Hedging.builder().after(SOON).build().wrap(adapter);
		return Session.builder()
			.trustEnv(false)
			.mount("http://", hedged)
			.mount("https://", hedged)
			.listener(new Failed())
			.build();
	}

	@Test
	void firstAttemptIsCancelledWhileItWaitsForTheResponse() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (RawServer late = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.awaitClientClose();
			closed.countDown();
		})) {
			hedgeWins(HttpAdapter.builder().build(), late.url("/late"), PLAIN);
			closed.await();
		}
	}

	@Test
	void firstAttemptIsCancelledWithinTheHead() throws Exception {
		try (RawServer late = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-");
			conversation.awaitClientClose();
		})) {
			hedgeWins(HttpAdapter.builder().build(), late.url("/late"), PLAIN);
		}
	}

	@Test
	void firstAttemptIsCancelledOnAConnectionThatWasUsedBefore() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		HttpAdapter first = HttpAdapter.builder().build();
		try (RawServer late = RawServer.start((conversation) -> {
			while (conversation.readRequest() != null && requests.getAndIncrement() == 0) {
				conversation.respond(200, "");
			}
			conversation.awaitClientClose();
		}); Session before = Session.builder().mount("http://", first).build()) {
			before.get(late.url("/"));
			hedgeWins(first, late.url("/late"), PLAIN);
			assertThat(late.connectionCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void firstAttemptIsCancelledWhileItSendsTheBody(boolean awaitsContinue) throws Exception {
		byte[] body = new byte[16 * 1024 * 1024];
		try (RawServer late = RawServer.startNarrow(null, 4096, (conversation) -> {
			conversation.readHead();
			assertThat(this.failures).isEmpty();
			await().until(() -> !this.failures.isEmpty());
		})) {
			hedgeWins(HttpAdapter.builder().build(), late.url("/late"),
					(request) -> request.data(body).header("Expect", awaitsContinue ? "100-continue" : null));
		}
	}

	@Test
	void firstAttemptIsCancelledWhileItConnects() throws Exception {
		try (BlackHole hole = BlackHole.open()) {
			hedgeWins(HttpAdapter.builder().build(), hole.url("http"), PLAIN);
		}
	}

	@Test
	void firstAttemptIsCancelledDuringTheTlsHandshake() throws Exception {
		try (RawServer late = RawServer.start(RawConversation::awaitClientClose)) {
			hedgeWins(HttpAdapter.builder().build(), late.url("/late").replace("http:", "https:"), PLAIN);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "https" })
	void firstAttemptIsCancelledInTheHandshakeWithAProxy(String scheme) throws Exception {
		try (RawServer proxy = RawServer.start(RawConversation::awaitClientClose)) {
			hedgeWins(HttpAdapter.builder().build(), scheme + "://late.example/",
					(request) -> request.proxies(proxy(proxy.url(""))));
			hedgeWinsAgain(scheme, proxy);
		}
	}

	private void hedgeWinsAgain(String scheme, RawServer proxy) throws IOException {
		this.failures.clear();
		hedgeWins(HttpAdapter.builder().build(), scheme + "://late.example/",
				(request) -> request.proxies(proxy("socks5h://" + proxy.authority())));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void firstAttemptIsCancelledDuringTheLookup(boolean limited) throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		HttpAdapter first = HttpAdapter.builder().hostResolver((host) -> blocked(end)).build();
		hedgeWins(first, "http://late.example/", limited ? (request) -> request.timeout(Duration.ofMinutes(1)) : PLAIN);
		end.countDown();
	}

	@Test
	void firstAttemptIsCancelledWhileItLooksUpTheHostForASocksProxy() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		HttpAdapter first = HttpAdapter.builder()
			.hostResolver(
					(host) -> host.equals("late.example") ? blocked(end) : List.of(InetAddress.getLoopbackAddress()))
			.build();
		try (SocksProxyServer proxy = SocksProxyServer.start()) {
			hedgeWins(first, "http://late.example/",
					(request) -> request.proxies(proxy("socks5://" + proxy.authority())));
		}
		end.countDown();
	}

	private static List<InetAddress> blocked(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return List.of(InetAddress.getLoopbackAddress());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void firstAttemptIsCancelledWhileItWaitsForThePool(boolean limited) throws Exception {
		HttpAdapter.Builder builder = HttpAdapter.builder().poolMaxsize(1).poolBlock(true);
		HttpAdapter first = (limited ? builder.poolTimeout(Duration.ofMinutes(1)) : builder).build();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
			conversation.awaitClientClose();
		});
				Session other = Session.builder().mount("http://", first).build();
				Response response = other.get(server.url("/"), (request) -> request.stream(true))) {
			assertThat(response.statusCode()).isEqualTo(200);
			try (TestHttpServer quick = TestHttpServer.start((request) -> Reply.ok("hedge"));
					HttpAdapter hedges = HttpAdapter.builder().build();
					Session session = session(new Split(first, hedges, quick.url("/")))) {
				assertThat(session.get(server.url("/")).text()).isEqualTo("hedge");
				assertThat(first.poolStatistics().pending()).isZero();
				assertThat(first.poolStatistics().leased()).isEqualTo(1);
				assertThat(this.failures).singleElement().isInstanceOf(AttemptCancelledException.class);
			}
		}
	}

	@Test
	void firstAttemptIsCancelledInThePauseBeforeARetry() throws Exception {
		Retry retry = Retry.builder().total(3).statusForcelist(503).backoffFactor(Duration.ofHours(1)).build();
		try (TestHttpServer busy = TestHttpServer.start((request) -> Reply.of(503, "busy", "Retry-After: 3600"));
				TestHttpServer quick = TestHttpServer.start((request) -> Reply.ok("hedge"));
				HttpAdapter first = HttpAdapter.builder().maxRetries(retry).build();
				HttpAdapter hedges = HttpAdapter.builder().build();
				Session session = session(new Split(first, hedges, quick.url("/")))) {
			assertThat(session.get(busy.url("/")).text()).isEqualTo("hedge");
			assertThat(busy.requests()).hasSize(1);
		}
	}

	@Test
	void firstAttemptIsCancelledWhileAThrottleHoldsIt() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		try (TestHttpServer quick = TestHttpServer.start((request) -> Reply.ok("hedge"));
				HttpAdapter first = HttpAdapter.builder().throttle((pending) -> {
					try {
						pending.sleep(Duration.ofHours(1).toNanos());
					}
					catch (AttemptCancelledException ex) {
						released.countDown();
						throw ex;
					}
				}).build();
				HttpAdapter hedges = HttpAdapter.builder().build();
				Session session = session(new Split(first, hedges, quick.url("/")))) {
			assertThat(session.get("http://late.example/").text()).isEqualTo("hedge");
			released.await();
		}
	}

	@Test
	void interruptEndsBothAttempts() throws Exception {
		CountDownLatch arrived = new CountDownLatch(2);
		CountDownLatch closed = new CountDownLatch(2);
		AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (RawServer late = late(arrived, closed); Session session = session(adapter)) {
			Thread caller = new Thread(() -> {
				try {
					session.get(late.url("/"));
				}
				catch (RequestException ex) {
					thrown.set(Thread.currentThread().isInterrupted() ? ex : null);
				}
			});
			caller.start();
			arrived.await();
			caller.interrupt();
			caller.join();
			assertThat(thrown.get()).isExactlyInstanceOf(ConnectionException.class).hasMessageContaining("interrupted");
			closed.await();
			await().until(() -> adapter.poolStatistics().leased() == 0);
		}
	}

	@Test
	void interruptEndsTheWaitForTheHedgeAfterABadResponse() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		HttpAdapter adapter = HttpAdapter.builder().build();
		AtomicReference<@Nullable Boolean> interrupted = new AtomicReference<>();
		try (RawServer late = RawServer.start((conversation) -> {
			if ("FIRST".equals(conversation.readRequest().header("X-Kind"))) {
				arrived.await();
				conversation.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
			}
			arrived.countDown();
			conversation.awaitClientClose();
			closed.countDown();
		}); Session session = session(adapter)) {
			Thread caller = new Thread(() -> {
				session.get(late.url("/"));
				interrupted.set(Thread.currentThread().isInterrupted());
			});
			caller.start();
			arrived.await();
			await().until(
					() -> caller.getState() == Thread.State.WAITING || caller.getState() == Thread.State.TIMED_WAITING);
			caller.interrupt();
			caller.join();
			assertThat(interrupted.get()).isTrue();
			closed.await();
			await().until(() -> adapter.poolStatistics().leased() == 0);
		}
	}

	@Test
	void deadlineEndsBothAttempts() throws Exception {
		CountDownLatch arrived = new CountDownLatch(2);
		CountDownLatch closed = new CountDownLatch(2);
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (RawServer late = late(arrived, closed); Session session = session(adapter)) {
			assertThatThrownBy(() -> session.get(late.url("/"), (request) -> request.deadline(Duration.ofSeconds(2))))
				.isExactlyInstanceOf(RequestTimeoutException.class)
				.hasMessageContaining("the deadline of 2s");
			await().until(() -> late.openConnections() == 0);
			await().until(() -> adapter.poolStatistics().leased() == 0);
		}
	}

	@Test
	void closingTheSessionEndsBothAttempts() throws Exception {
		CountDownLatch arrived = new CountDownLatch(2);
		CountDownLatch closed = new CountDownLatch(2);
		HttpAdapter adapter = HttpAdapter.builder().build();
		try (RawServer late = late(arrived, closed); Session session = session(adapter)) {
			Thread closer = new Thread(() -> {
				try {
					arrived.await();
				}
				catch (InterruptedException ex) {
					return;
				}
				session.close();
			});
			closer.start();
			assertThatThrownBy(() -> session.get(late.url("/"))).isExactlyInstanceOf(ConnectionException.class)
				.hasMessageContaining("the adapter was closed");
			closed.await();
			closer.join();
			await().until(() -> adapter.poolStatistics().leased() == 0);
		}
	}

	private static Proxies proxy(String url) {
		return Proxies.of(Map.of("all", url));
	}

	private static RawServer late(CountDownLatch arrived, CountDownLatch closed) throws IOException {
		return RawServer.start((conversation) -> {
			conversation.readRequest();
			arrived.countDown();
			conversation.awaitClientClose();
			closed.countDown();
		});
	}

	@Test
	void hedgeAnswersOverTlsAndThroughAProxy(@TempDir Path folder) throws Exception {
		TestCertificates certificates = new TestCertificates();
		Path authority = certificates.writeAuthority(folder);
		SSLContext tls = certificates.localhostContext();
		for (Map.Entry<String, Boolean> kind : Map.of("direct", false, "proxied", true).entrySet()) {
			AtomicInteger requests = new AtomicInteger();
			HttpAdapter adapter = HttpAdapter.builder().build();
			try (RawServer server = RawServer.start(tls, (conversation) -> {
				conversation.readRequest();
				if (requests.getAndIncrement() > 0) {
					conversation.respond(200, "hedge");
				}
				conversation.awaitClientClose();
			}); HttpProxyServer proxy = HttpProxyServer.start(); Session session = session(adapter)) {
				Response response = session.get(server.url("localhost", "/"),
						(request) -> request.verify(Verify.authorities(authority))
							.proxies(kind.getValue() ? proxy(proxy.url()) : Proxies.NONE));
				assertThat(response.text()).as(kind.getKey()).isEqualTo("hedge");
				assertThat(proxy.connectionCount()).isEqualTo(kind.getValue() ? 2 : 0);
				await().until(() -> adapter.poolStatistics().leased() == 0);
			}
		}
	}

	/** Records the failures that listeners see. */
	private final class Failed implements ExchangeListener, ExchangeListener.Scope {

		@Override
		public Scope begin(Exchange exchange) {
			exchange.header("X-Kind", exchange.kind().name());
			return this;
		}

		@Override
		public void failed(RequestException error, Duration elapsed) {
			HedgingCancellationTests.this.failures.add(error);
		}

	}

}
