package io.github.requests4j.hedging;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many calls at the same time to a server that never answers some of them.
 */
@Timeout(300)
class HedgingLoadTests {

	private static final int CALLS = 1000;

	private static final int LATE_EVERY = 100;

	private final AtomicInteger firsts = new AtomicInteger();

	/** Names the attempts that the server may leave without an answer. */
	private static ExchangeListener.Scope mark(Exchange exchange) {
		exchange.header("X-Kind", exchange.kind().name());
		return new ExchangeListener.Scope() {
		};
	}

	private RawServer server() throws IOException {
		return RawServer.start((conversation) -> {
			RawRequest request = conversation.readRequest();
			while (request != null) {
				if ("FIRST".equals(request.header("X-Kind")) && this.firsts.incrementAndGet() % LATE_EVERY == 0) {
					conversation.awaitClientClose();
					return;
				}
				conversation.respond(200, "answer");
				request = conversation.readRequest();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsAtTheSameTimeAreAnsweredAndLeaveNothingBehind(boolean bounded) throws Exception {
		HttpAdapter transport = HttpAdapter.builder().poolMaxsize(bounded ? 20 : CALLS).poolBlock(bounded).build();
		Hedging hedging = Hedging.builder().after(Duration.ofMillis(50)).budget(null).build();
		ExecutorService threads = Executors.newFixedThreadPool(CALLS);
		try (RawServer server = server();
				Session session = Session.builder()
					.mount("http://", hedging.wrap(transport))
					.listener(HedgingLoadTests::mark)
					.build()) {
			CountDownLatch start = new CountDownLatch(1);
			List<Future<String>> calls = new ArrayList<>();
			for (int i = 0; i < CALLS; i++) {
				calls.add(threads.submit(() -> {
					start.await();
					return session.get(server.url("/")).text();
				}));
			}
			start.countDown();
			for (Future<String> call : calls) {
				assertThat(call.get()).isEqualTo("answer");
			}
			assertThat(hedging.statistics().won()).isGreaterThanOrEqualTo(this.firsts.get() / LATE_EVERY);
			await().until(() -> transport.poolStatistics().leased() == 0 && transport.poolStatistics().pending() == 0);
			await().until(() -> server.openConnections() == transport.poolStatistics().available());
			await().until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("requests4j-hedge")));
		}
		finally {
			threads.shutdownNow();
		}
	}

}
