package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * How many connections a pool keeps, and for how long.
 */
class PoolTests {

	@Test
	@DisplayName("198: without blocking, extra connections are opened and dropped afterwards")
	void surplusConnectionsAreDropped() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(2).build()) {
			List<Response> responses = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				responses.add(Calls.send(adapter, server.url("/")));
			}
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(5, 0, 0, 2));
			responses.forEach(Calls::read);
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 2, 0, 2));
			assertThat(server.connectionCount()).isEqualTo(5);
			await().until(() -> server.openConnections() == 2);
		}
	}

	@Test
	@DisplayName("198, concurrency: connections that are returned at once leave no more idle ones than the maximum")
	void concurrentReturnsKeepTheMaximum() throws Exception {
		int callers = 4;
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(1).build()) {
			for (int round = 0; round < 300; round++) {
				CyclicBarrier together = new CyclicBarrier(callers);
				List<Future<?>> calls = new ArrayList<>();
				for (int i = 0; i < callers; i++) {
					calls.add(executor.submit(() -> {
						Response response = Calls.send(adapter, server.url("/"));
						together.await(30, TimeUnit.SECONDS);
						return Calls.read(response);
					}));
				}
				for (Future<?> call : calls) {
					call.get(30, TimeUnit.SECONDS);
				}
				assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 1, 0, 1));
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	@DisplayName("198, fault: Pool exhausted: a blocking pool times out, and other hosts are not affected")
	void fullBlockingPoolTimesOut() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				TestHttpServer other = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder()
					.poolMaxsize(1)
					.poolBlock(true)
					.poolTimeout(Duration.ofMillis(50))
					.build()) {
			Response holding = Calls.send(adapter, server.url("/"));
			assertThatExceptionOfType(ConnectTimeoutException.class)
				.isThrownBy(() -> Calls.send(adapter, server.url("/")))
				.withMessageContaining("the only connection of the pool is in use");
			assertThat(Calls.text(adapter, other.url("/"))).isEqualTo("body");
			Calls.read(holding);
			assertThat(Calls.text(adapter, server.url("/"))).isEqualTo("body");
			assertThat(server.connectionCount()).isEqualTo(1);
			assertThat(adapter.poolStatistics()).isEqualTo(new PoolStatistics(0, 2, 0, 2));
			assertThat(adapter.poolStatisticsByKey()).hasSize(2);
		}
	}

	@Test
	@DisplayName("fault: Pool exhausted: the deadline bounds the wait for a connection")
	void deadlineBoundsTheWaitForAConnection() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("body"));
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(1).poolBlock(true).build()) {
			Response holding = Calls.send(adapter, server.url("/"));
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), Calls.deadline(50)))
				.withMessageContaining("deadline")
				.satisfies((ex) -> assertThat(ex).isExactlyInstanceOf(RequestTimeoutException.class));
			Calls.read(holding);
		}
	}

	@Test
	@DisplayName("198: with blocking, many threads share few connections and nothing leaks")
	void manyThreadsShareFewConnections() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok(request.target()));
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(3).poolBlock(true).build()) {
			List<Future<?>> calls = new ArrayList<>();
			AtomicInteger wrong = new AtomicInteger();
			for (int i = 0; i < 400; i++) {
				String path = "/" + i;
				calls.add(threads.submit(() -> {
					if (!Calls.text(adapter, server.url(path)).equals(path)) {
						wrong.incrementAndGet();
					}
				}));
			}
			for (Future<?> call : calls) {
				call.get(30, TimeUnit.SECONDS);
			}
			assertThat(wrong).hasValue(0);
			assertThat(server.connectionCount()).isLessThanOrEqualTo(3);
			assertThat(adapter.poolStatistics().leased()).isZero();
			assertThat(adapter.poolStatistics().pending()).isZero();
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("198: beyond poolConnections, the least recently used pool is evicted")
	void leastRecentlyUsedPoolIsEvicted() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				HttpAdapter adapter = HttpAdapter.builder()
					.poolConnections(2)
					.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
					.build()) {
			for (String host : List.of("a.example", "b.example", "a.example", "c.example")) {
				Calls.text(adapter, server.url(host, "/"));
			}
			assertThat(adapter.poolStatisticsByKey().keySet()).map(PoolKey::host)
				.containsExactlyInAnyOrder("a.example", "c.example");
			await().until(() -> server.openConnections() == 2);
			Calls.text(adapter, server.url("a.example", "/"));
			assertThat(server.connectionCount()).isEqualTo(3);
		}
	}

	@Test
	@DisplayName("198: surplus pools that were created while all were in use are evicted once they are idle")
	void surplusPoolsAreEvictedWhenIdle() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				HttpAdapter adapter = HttpAdapter.builder()
					.poolConnections(2)
					.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
					.build()) {
			List<Response> open = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				open.add(Calls.send(adapter, server.url("h" + i + ".example", "/")));
			}
			assertThat(adapter.poolStatisticsByKey()).hasSize(8);
			open.forEach(Calls::read);
			assertThat(adapter.poolStatisticsByKey().keySet()).map(PoolKey::host)
				.containsExactlyInAnyOrder("h6.example", "h7.example");
			await().until(() -> server.openConnections() == 2);
		}
	}

	@Test
	@DisplayName("198: a pool that is used keeps its connection even if too many others are in use")
	void usedPoolKeepsItsConnection() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				HttpAdapter adapter = HttpAdapter.builder()
					.poolConnections(2)
					.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
					.build();
				Response first = Calls.send(adapter, server.url("a.example", "/"));
				Response second = Calls.send(adapter, server.url("b.example", "/"))) {
			Calls.text(adapter, server.url("c.example", "/"));
			Calls.text(adapter, server.url("c.example", "/"));
			assertThat(server.connectionCount()).isEqualTo(3);
			assertThat(List.of(Calls.read(first), Calls.read(second))).containsOnly("x");
		}
	}

	@Test
	@DisplayName("198: idle connections and old connections are evicted")
	void idleAndOldConnectionsAreEvicted() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"));
				HttpAdapter idle = HttpAdapter.builder().poolIdleTimeout(Duration.ofNanos(1)).build();
				HttpAdapter old = HttpAdapter.builder().poolTimeToLive(Duration.ofNanos(1)).build()) {
			Calls.text(idle, server.url("/"));
			assertThat(idle.poolStatistics().available()).isEqualTo(1);
			Calls.text(idle, server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(2);
			Calls.text(old, server.url("/"));
			assertThat(old.poolStatistics().available()).isZero();
		}
	}

	@Test
	@DisplayName("the most recently used connection is reused first")
	void mostRecentlyUsedConnectionIsReusedFirst() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.respond(200, String.valueOf(conversation.index()));
			}
		}); HttpAdapter adapter = HttpAdapter.builder().build()) {
			Response first = Calls.send(adapter, server.url("/"));
			Response second = Calls.send(adapter, server.url("/"));
			assertThat(Calls.read(second)).isEqualTo("1");
			assertThat(Calls.read(first)).isEqualTo("0");
			assertThat(Calls.text(adapter, server.url("/"))).isEqualTo("0");
			assertThat(Calls.text(adapter, server.url("/"))).isEqualTo("0");
		}
	}

	@Test
	@DisplayName("invalid sizes are rejected when the adapter is built")
	void invalidSizesAreRejectedWhenBuilding() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolMaxsize(0).build())
			.withMessageContaining("poolMaxsize must be greater than zero, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> HttpAdapter.builder().poolConnections(-1).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> HttpAdapter.builder().poolIdleTimeout(Duration.ZERO).build())
			.withMessageContaining("poolIdleTimeout must be longer than zero");
	}

}
