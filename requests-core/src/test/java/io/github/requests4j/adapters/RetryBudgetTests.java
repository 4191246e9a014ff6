package io.github.requests4j.adapters;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.interleaving.Interleavings;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;
import io.github.requests4j.testserver.Together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How a budget limits retries, usually over real connections.
 */
@Timeout(120)
class RetryBudgetTests {

	private static final String SUPPRESSED = "No further attempt was made, because too many recent requests failed and"
			+ " the retry budget is used up.";

	private static Retry.Builder threeAttempts() {
		return Retry.builder().total(2).statusForcelist(503).raiseOnStatus(false);
	}

	private static HttpAdapter adapter(Retry.Builder policy) {
		return HttpAdapter.builder().maxRetries(policy.build()).build();
	}

	private static TestHttpServer dead() throws IOException {
		return TestHttpServer.start((request) -> Reply.of(503, "busy"));
	}

	private static int received(TestHttpServer server) {
		return server.requests().size();
	}

	/** Empties the bucket. */
	private static void use(RetryBudget budget) {
		for (int i = 0; i < RetryBudget.FLOOR; i++) {
			assertThat(budget.withdraw()).isTrue();
		}
	}

	@Test
	void deadServerReceivesOneFifthMoreCallsPlusTheMinimum() throws IOException {
		int calls = 200;
		try (TestHttpServer server = dead(); HttpAdapter unlimited = adapter(threeAttempts())) {
			for (int i = 0; i < calls; i++) {
				Calls.send(unlimited, server.url("/")).close();
			}
			assertThat(received(server)).as("without a budget").isEqualTo(3 * calls);
		}
		RetryBudget budget = RetryBudget.ofPercent(20);
		try (TestHttpServer server = dead(); HttpAdapter limited = adapter(threeAttempts().budget(budget))) {
			for (int i = 0; i < calls; i++) {
				Calls.send(limited, server.url("/")).close();
			}
			// The first call adds its share to a bucket that is full.
			assertThat(received(server)).isEqualTo(calls + calls / 5 + RetryBudget.FLOOR - 1);
			assertThat(budget.available()).isZero();
			assertThat(budget.suppressed()).isPositive();
		}
	}

	@Test
	void manyThreadsNeverExceedTheBudget() throws Exception {
		RetryBudget budget = RetryBudget.ofPercent(20);
		int threads = 10;
		int calls = 40;
		try (TestHttpServer server = dead(); HttpAdapter adapter = adapter(threeAttempts().budget(budget))) {
			List<Together.Check> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(() -> {
					for (int j = 0; j < calls; j++) {
						Calls.send(adapter, server.url("/")).close();
					}
				});
			}
			Together.run(all);
			int most = threads * calls * 6 / 5 + RetryBudget.FLOOR;
			// Shares that reach a full bucket are lost: at most those of the first calls.
			assertThat(received(server)).isBetween(most - threads, most);
		}
	}

	@Test
	void successfulCallsRefillTheBudgetUpToTheMinimum() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		AtomicBoolean healthy = new AtomicBoolean(true);
		try (TestHttpServer server = TestHttpServer
			.start((request) -> healthy.get() ? Reply.ok("fine") : Reply.of(503, "busy"));
				HttpAdapter adapter = adapter(threeAttempts().budget(budget))) {
			use(budget);
			assertThat(budget.available()).isZero();
			for (int i = 0; i < 10; i++) {
				Calls.send(adapter, server.url("/")).close();
			}
			assertThat(budget.available()).isEqualTo(2);
			for (int i = 0; i < 60; i++) {
				Calls.send(adapter, server.url("/")).close();
			}
			assertThat(budget.available()).as("never more than the minimum").isEqualTo(RetryBudget.FLOOR);
			healthy.set(false);
			Response retried = Calls.send(adapter, server.url("/"));
			assertThat(retried.attempts()).hasSize(2);
			assertThat(retried.isRetrySuppressed()).isFalse();
		}
	}

	@Test
	void suppressedRetryReturnsTheFirstResponseAndExplains() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		use(budget);
		try (TestHttpServer server = dead(); HttpAdapter adapter = adapter(threeAttempts().budget(budget))) {
			Response response = Calls.send(adapter, server.url("/"));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.attempts()).isEmpty();
			assertThat(response.isRetrySuppressed()).isTrue();
			assertThat(response.toBuilder().build().isRetrySuppressed()).isTrue();
			assertThat(response.text()).as("the body can be read").isEqualTo("busy");
			assertThatExceptionOfType(HttpException.class).isThrownBy(response::raiseForStatus)
				.withMessageContaining("Try again later. " + SUPPRESSED)
				.withMessageNotContaining("maxRetries")
				.matches(RequestException::isRetrySuppressed);
			assertThat(budget.suppressed()).isEqualTo(1);
			assertThat(received(server)).isEqualTo(1);
		}
	}

	@Test
	void suppressedRetryKeepsTheTypeOfTheFirstErrorAndExplains() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		use(budget);
		try (RawServer server = RawServer.answering(); HttpAdapter adapter = adapter(threeAttempts().budget(budget))) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> Calls.send(adapter, server.url("/")))
				.withMessageContaining("the server closed the connection without a response")
				.withMessageEndingWith(". " + SUPPRESSED)
				.withMessageNotContaining("attempts")
				.matches(RequestException::isRetrySuppressed);
		}
	}

	@Test
	void raiseOnStatusStillThrows() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		use(budget);
		try (TestHttpServer server = dead();
				HttpAdapter adapter = adapter(threeAttempts().raiseOnStatus(true).budget(budget))) {
			assertThatExceptionOfType(RetryException.class).isThrownBy(() -> Calls.send(adapter, server.url("/")))
				.withMessageContaining("the last response has status 503")
				.withMessageContaining(SUPPRESSED)
				.satisfies((ex) -> assertThat(ex.response().isRetrySuppressed()).isTrue());
			assertThat(received(server)).isEqualTo(1);
		}
	}

	@Test
	void onlyRetriesOfThePolicyAreTakenFromTheBudget() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		AtomicInteger status = new AtomicInteger(404);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(status.get(), "no"));
				HttpAdapter adapter = adapter(threeAttempts().budget(budget))) {
			Calls.send(adapter, server.url("/")).close();
			status.set(503);
			adapter.send(Calls.post(server.url("/"), Body.of("x")), SendOptions.DEFAULTS).close();
			assertThat(budget.available()).isEqualTo(RetryBudget.FLOOR);
			use(budget);
			Response last = adapter.send(Calls.post(server.url("/"), Body.of("x")), SendOptions.DEFAULTS);
			assertThat(last.isRetrySuppressed()).as("a POST is not retried in any case").isFalse();
			assertThat(budget.suppressed()).isZero();
		}
	}

	@Test
	void retriesOfAnOuterLayerAddNothing() {
		RetryBudget budget = RetryBudget.ofPercent(100);
		Retry policy = Retry.builder().total(2).budget(budget).build();
		use(budget);
		RetryState.of(policy, Calls.get("http://a.example/"), SendOptions.DEFAULTS.withKind(Exchange.Kind.RETRY));
		assertThat(budget.available()).isZero();
		RetryState.of(policy, Calls.get("http://a.example/"), SendOptions.DEFAULTS.withKind(Exchange.Kind.REDIRECT));
		assertThat(budget.available()).isEqualTo(1);
	}

	@Test
	void ownRetriesOfTheCallerShareTheBudget() {
		RetryBudget budget = RetryBudget.ofPercent(20);
		use(budget);
		RetryState state = RetryState.uncounted(Calls.get("http://a.example/"), SendOptions.DEFAULTS, budget);
		ConnectionException error = new ConnectionException("GET http://a.example/: connection refused.");
		Response response = Response.builder(503).build();
		assertThat(state.mayRepeat(false)).isTrue();
		assertThat(state.takeRetry(error, null)).isFalse();
		assertThat(state.takeRetry(null, response)).isFalse();
		assertThat(error).hasMessage("GET http://a.example/: connection refused. " + SUPPRESSED);
		assertThat(response.isRetrySuppressed()).isTrue();
		assertThat(budget.suppressed()).isEqualTo(2);
		assertThat(RetryState.uncounted(Calls.get("http://a.example/"), SendOptions.DEFAULTS).takeRetry(null, response))
			.as("no budget")
			.isTrue();
	}

	@Test
	void policiesWithDifferentBudgetsAreNotEqual() {
		RetryBudget budget = RetryBudget.ofPercent(20);
		Retry policy = Retry.builder().budget(budget).build();
		assertThat(policy).isEqualTo(Retry.builder().budget(budget).build())
			.isEqualTo(policy.toBuilder().build())
			.isNotEqualTo(Retry.builder().build())
			.isNotEqualTo(Retry.builder().budget(RetryBudget.ofPercent(20)).build());
		assertThat(policy.budget()).isSameAs(budget);
		assertThat(policy.toBuilder().budget(null).build().budget()).isNull();
		assertThat(Retry.of(3).budget()).as("requests has no budget").isNull();
		assertThat(budget).hasToString("RetryBudget[percent=20, available=10, suppressed=0]");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 101 })
	void percentagesOutOfRangeAreRejected(int percent) {
		assertThatIllegalArgumentException().isThrownBy(() -> RetryBudget.ofPercent(percent))
			.withMessageContaining("between 1 and 100 percent, not " + percent);
	}

	@Test
	void suppressedRetryDoesNotPause() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		use(budget);
		Retry.Builder policy = threeAttempts().budget(budget).backoffFactor(Duration.ofHours(1));
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(503, "busy", "Retry-After: 3600"));
				HttpAdapter adapter = adapter(policy)) {
			assertThat(Calls.send(adapter, server.url("/")).isRetrySuppressed()).isTrue();
		}
	}

	@Test
	void retryThatIsNotSentIsReturnedToTheBudget() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(429, "busy", "Retry-After: 3600"));
				HttpAdapter adapter = adapter(threeAttempts().statusForcelist(429).budget(budget))) {
			for (int i = 0; i < 2 * RetryBudget.FLOOR; i++) {
				SendOptions options = Calls.deadline(60_000);
				assertThatExceptionOfType(RequestTimeoutException.class)
					.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), options));
			}
			Thread.currentThread().interrupt();
			RetryState state = RetryState.of(threeAttempts().budget(budget).build(), Calls.get(server.url("/")),
					SendOptions.DEFAULTS);
			assertThat(state.takeRetry(null, null)).isTrue();
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> state.pause(Duration.ofHours(1), null, null));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(budget.available()).isEqualTo(RetryBudget.FLOOR);
			assertThat(budget.suppressed()).isZero();
		}
	}

	@Test
	void retryThatAThrottleRejectsIsReturnedToTheBudget() throws IOException {
		RetryBudget budget = RetryBudget.ofPercent(20);
		AtomicInteger permits = new AtomicInteger(1);
		Throttle throttle = (pending) -> {
			if (permits.getAndDecrement() <= 0) {
				throw pending.rejection("No permit is left.", null);
			}
		};
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.of(503, "busy"));
				HttpAdapter adapter = HttpAdapter.builder()
					.maxRetries(threeAttempts().budget(budget).build())
					.throttle(throttle)
					.build()) {
			assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> Calls.send(adapter, server.url("/")));
			assertThat(budget.available()).isEqualTo(RetryBudget.FLOOR);
		}
	}

	/** A bucket with one retry left. */
	public static final class Bucket {

		private final RetryBudget budget = RetryBudget.ofPercent(50);

		public Bucket() {
			for (int i = 1; i < RetryBudget.FLOOR; i++) {
				this.budget.withdraw();
			}
		}

		@Operation
		public void deposit() {
			this.budget.deposit();
		}

		@Operation
		public boolean withdraw() {
			return this.budget.withdraw();
		}

		@Operation
		public int available() {
			return this.budget.available();
		}

	}

	/** The bucket of one thread. */
	public static final class BucketModel {

		private int halves = 2;

		@Operation
		public void deposit() {
			this.halves = Math.min(2 * RetryBudget.FLOOR, this.halves + 1);
		}

		@Operation
		public boolean withdraw() {
			if (this.halves < 2) {
				return false;
			}
			this.halves -= 2;
			return true;
		}

		@Operation
		public int available() {
			return this.halves / 2;
		}

	}

	@Test
	@Tag("once")
	@DisplayName("concurrency: no credit is lost, and no retry is taken twice")
	void budgetIsLinearizable() throws Exception {
		Interleavings.check(Bucket.class, BucketModel.class);
	}

}
