package io.github.requests4j.adapters;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A service that dies and comes back: how many requests it receives for each call with
 * three attempts. While it is well, one of 100 requests fails. Prints the figures of the
 * page about resilience.
 */
@Timeout(300)
@Tag("once")
class DeadServiceSimulationTests {

	private static final int SEED = 20_263;

	private static final int THREADS = 8;

	/** In each phase. */
	private static final int CALLS = 4_000;

	/** How requests of a dead service end. */
	enum Death {

		STATUS_503, NO_RESPONSE

	}

	/** A service in one of its phases. */
	private static final class Service implements RawServer.Script {

		private final Death death;

		private final AtomicInteger requests = new AtomicInteger();

		private volatile boolean dead;

		Service(Death death) {
			this.death = death;
		}

		@Override
		public void run(RawConversation conversation) throws IOException {
			while (conversation.readRequest() != null) {
				int number = this.requests.getAndIncrement();
				boolean bad = this.dead || new SplittableRandom(SEED + number).nextInt(100) == 0;
				if (bad && this.death == Death.NO_RESPONSE) {
					return;
				}
				conversation.respond(bad ? 503 : 200, "answer");
			}
		}

	}

	/** A phase: what the service received, and what callers got. */
	private record Phase(int requests, int failed) {

		double perCall() {
			return (double) this.requests / CALLS;
		}

	}

	private static List<Phase> simulate(Death death, @Nullable RetryBudget budget) throws Exception {
		Service service = new Service(death);
		Retry policy = Retry.builder().total(2).statusForcelist(503).raiseOnStatus(false).budget(budget).build();
		try (RawServer server = RawServer.start(service);
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(THREADS).maxRetries(policy).build()) {
			List<Phase> phases = new ArrayList<>();
			for (boolean dead : new boolean[] { false, true, false }) {
				service.dead = dead;
				phases.add(phase(adapter, server.url("/"), service));
			}
			return phases;
		}
	}

	private static Phase phase(HttpAdapter adapter, String url, Service service) throws Exception {
		int before = service.requests.get();
		AtomicInteger failed = new AtomicInteger();
		List<Together.Check> callers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			callers.add(() -> {
				for (int call = 0; call < CALLS / THREADS; call++) {
					failed.addAndGet(isAnswered(adapter, url) ? 0 : 1);
				}
			});
		}
		Together.run(callers);
		return new Phase(service.requests.get() - before, failed.get());
	}

	private static boolean isAnswered(HttpAdapter adapter, String url) {
		try (Response response = Calls.send(adapter, url)) {
			Calls.read(response);
			return response.statusCode() == 200;
		}
		catch (RequestException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@EnumSource
	void deadServiceReceivesAtMostOneFifthMoreRequests(Death death, TestReporter reporter) throws Exception {
		List<Phase> unlimited = simulate(death, null);
		List<Phase> limited = simulate(death, RetryBudget.ofPercent(20));
		String table = "| " + death + " | well | dead | back |\n|---|--:|--:|--:|\n" + row("no budget", unlimited)
				+ row("budget of 20%", limited);
		reporter.publishEntry("table", table);
		// A reused connection that ends without a response counts as closed while idle,
		// and
		// the pool sends the request again.
		int stale = (death == Death.NO_RESPONSE) ? THREADS : 0;
		assertThat(unlimited.get(1).requests()).as(table).isBetween(3 * CALLS, 3 * CALLS + stale);
		assertThat(limited.get(1).requests()).as(table).isLessThanOrEqualTo(CALLS * 6 / 5 + RetryBudget.FLOOR + stale);
		for (Phase well : List.of(limited.get(0), limited.get(2))) {
			assertThat(well.requests()).as(table).isBetween(CALLS, CALLS * 103 / 100);
		}
		assertThat(limited.get(0).failed()).as("the budget is enough while the service is well").isLessThan(3);
		assertThat(limited.get(2).failed()).as("it is filled up again").isLessThan(CALLS / 200);
	}

	@Test
	void callsThatEndEarlyStayWithinTheBudget() throws Exception {
		Service service = new Service(Death.STATUS_503);
		service.dead = true;
		Retry policy = Retry.builder()
			.total(2)
			.statusForcelist(503)
			.raiseOnStatus(false)
			.backoffFactor(Duration.ofMillis(2))
			.budget(RetryBudget.ofPercent(20))
			.build();
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		AtomicInteger ended = new AtomicInteger();
		int calls = 800;
		try (RawServer server = RawServer.start(service);
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(THREADS).maxRetries(policy).build()) {
			List<Together.Check> callers = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				SplittableRandom random = new SplittableRandom(SEED + i);
				callers.add(() -> {
					for (int call = 0; call < calls / THREADS; call++) {
						int micros = random.nextInt(100, 3000);
						Future<?> alarm = (call % 2 == 0)
								? timer.schedule(Thread.currentThread()::interrupt, micros, TimeUnit.MICROSECONDS)
								: null;
						Deadline deadline = Deadline
							.after(Duration.ofNanos(1000L * ((alarm != null) ? 60_000_000 : micros)));
						ended.addAndGet(endsEarly(adapter, server.url("/"), deadline) ? 1 : 0);
						if (alarm != null && !alarm.cancel(false)) {
							await().until(alarm::isDone);
						}
						Thread.interrupted();
					}
				});
			}
			Together.run(callers);
			assertThat(ended).as("calls that ended early").hasPositiveValue();
			assertThat(service.requests.get()).isLessThanOrEqualTo(calls * 6 / 5 + RetryBudget.FLOOR);
			await().until(() -> adapter.poolStatistics().leased() == 0);
		}
		finally {
			timer.shutdownNow();
		}
	}

	private static boolean endsEarly(HttpAdapter adapter, String url, Deadline deadline) {
		try (Response response = adapter.send(Calls.get(url), SendOptions.DEFAULTS.withDeadline(deadline))) {
			Calls.read(response);
			return false;
		}
		catch (RequestException ex) {
			return true;
		}
	}

	@Test
	void closingTheAdapterEndsThePausesAndReturnsTheirRetries() throws Exception {
		Service service = new Service(Death.STATUS_503);
		service.dead = true;
		RetryBudget budget = RetryBudget.ofPercent(20);
		Retry policy = Retry.builder()
			.total(2)
			.statusForcelist(503)
			.backoffFactor(Duration.ofHours(1))
			.budget(budget)
			.build();
		int calls = 4;
		try (RawServer server = RawServer.start(service);
				HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(calls).maxRetries(policy).build()) {
			List<Together.Check> callers = new ArrayList<>();
			for (int i = 0; i < calls; i++) {
				callers.add(() -> assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> Calls.send(adapter, server.url("/"))));
			}
			callers.add(() -> {
				await().until(() -> service.requests.get() == 2 * calls);
				adapter.close();
			});
			Together.run(callers);
			assertThat(budget.available()).as("one retry for each call was sent").isEqualTo(RetryBudget.FLOOR - calls);
		}
	}

	private static String row(String name, List<Phase> phases) {
		StringBuilder row = new StringBuilder("| " + name);
		for (Phase phase : phases) {
			row.append(String.format(Locale.ROOT, " | %.2f requests per call, %d of %,d calls failed", phase.perCall(),
					phase.failed(), CALLS));
		}
		return row + " |\n";
	}

}
