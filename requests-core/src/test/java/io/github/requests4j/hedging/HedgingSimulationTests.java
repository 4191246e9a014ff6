package io.github.requests4j.hedging;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that answers one of 100 requests a second late: how long calls take, with and
 * without hedges. Prints the table of the page about resilience.
 */
@Tag("deep")
class HedgingSimulationTests {

	private static final int SEED = 20_261;

	private static final int CALLS = 10_000;

	private static final int THREADS = 8;

	/** Which requests are late, and how long the others take in microseconds. */
	private static int[] delays() {
		SplittableRandom random = new SplittableRandom(SEED);
		int[] delays = new int[2 * CALLS];
		for (int i = 0; i < delays.length; i++) {
			delays[i] = random.nextInt(5_000, 15_000) + ((random.nextInt(100) == 0) ? 1_000_000 : 0);
		}
		return delays;
	}

	@Test
	void oneOfAHundredAnswersIsASecondLate(TestReporter reporter) throws Exception {
		Row without = simulate("no hedges", null);
		Row fixed = simulate("`hedge: 50ms`", Hedging.builder().after(Duration.ofMillis(50)).build());
		Row measured = simulate("`hedge: p95`", Hedging.builder().build());
		String table = "| | median | p95 | p99 | slowest | requests for " + CALLS
				+ " calls |\n|---|---|---|---|---|---|\n" + without + fixed + measured;
		reporter.publishEntry("table", table);
		assertThat(without.percentile(99)).isGreaterThan(1_000);
		for (Row hedged : List.of(fixed, measured)) {
			assertThat(hedged.percentile(99)).as(table).isLessThan(without.percentile(99) / 10);
			assertThat(hedged.requests).as(table).isLessThanOrEqualTo(CALLS + CALLS * 6 / 100);
		}
	}

	private static Row simulate(String name, @Nullable Hedging hedging) throws Exception {
		int[] delays = delays();
		AtomicInteger requests = new AtomicInteger();
		HttpAdapter transport = HttpAdapter.builder().poolMaxsize(2 * THREADS).build();
		try (RawServer server = server(delays, requests);
				Session session = Session.builder()
					.mount("http://", (hedging != null) ? hedging.wrap(transport) : transport)
					.build()) {
			double[] millis = call(session, server.url("/"));
			Arrays.sort(millis);
			return new Row(name, millis, requests.get());
		}
	}

	private static RawServer server(int[] delays, AtomicInteger requests) throws IOException {
		return RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				Thread.sleep(Duration.ofNanos(delays[requests.getAndIncrement()] * 1_000L).toMillis());
				conversation.respond(200, "answer");
			}
		});
	}

	private static double[] call(Session session, String url) throws Exception {
		double[] millis = new double[CALLS];
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				callers.add(threads.submit(() -> {
					for (int number = next.getAndIncrement(); number < CALLS; number = next.getAndIncrement()) {
						long start = System.nanoTime();
						session.get(url);
						millis[number] = (System.nanoTime() - start) / 1e6;
					}
				}));
			}
			for (Future<?> caller : callers) {
				caller.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		return millis;
	}

	/** One line of the table; the times are sorted. */
	private record Row(String name, double[] millis, int requests) {

		double percentile(int percent) {
			return this.millis[this.millis.length * percent / 100];
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %d |%n", this.name,
					percentile(50), percentile(95), percentile(99), this.millis[this.millis.length - 1], this.requests);
		}

	}

}
