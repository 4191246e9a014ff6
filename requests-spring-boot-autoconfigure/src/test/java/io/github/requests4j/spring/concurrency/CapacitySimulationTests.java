package io.github.requests4j.spring.concurrency;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Simulates a service that loses half of its capacity, with a clock of its own. The
 * figures are in the table of the page about resilience; those of the adaptive limit
 * differ a little between runs, because it tries out other limits at random.
 */
class CapacitySimulationTests {

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long SERVICE_TIME = 20 * MILLI;

	private static final int WORKERS = 10;

	/** Of the capacity of the service while it is well. */
	private static final double LOAD = 0.7;

	private static final long PHASE = TimeUnit.SECONDS.toNanos(20);

	@Test
	void adaptiveLimitKeepsLatencyLowWhenHalfOfTheCapacityIsLost() throws InterruptedException {
		Simulation simulation = new Simulation();
		List<Phase> phases = simulation.run(new AdaptiveLimit(simulation));
		assertThat(phases.get(0).rejectedPercent()).as("rejected while the service is well").isLessThan(1);
		assertThat(phases.get(1).percentile(50)).isLessThanOrEqualTo(2 * phases.get(0).percentile(50));
		assertThat(phases.get(1).percentile(99)).isLessThanOrEqualTo(2 * phases.get(0).percentile(99));
		assertThat(phases.get(2).rejectedPercent()).as("rejected after the capacity is back").isLessThan(2);
	}

	@Test
	void fixedLimitLetsTheQueueOfTheServiceFillUp() throws InterruptedException {
		Simulation simulation = new Simulation();
		List<Phase> phases = simulation.run(ConcurrencyLimit.fixed(64));
		assertThat(phases.get(0).rejectedPercent()).isZero();
		assertThat(phases.get(1).percentile(50)).isGreaterThan(10 * phases.get(0).percentile(50));
		assertThat(phases).hasToString("[p50 17 ms, p99 67 ms, rejected 0%, p50 239 ms, p99 306 ms, rejected 26%, "
				+ "p50 17 ms, p99 120 ms, rejected 0%]");
	}

	@Test
	void waitForThePermitOfARateLimitDoesNotLowerTheAdaptiveLimit() throws InterruptedException {
		AtomicLong now = new AtomicLong();
		AtomicLong wait = new AtomicLong();
		AdaptiveLimit limit = new AdaptiveLimit(now::get);
		Adapter throttled = new Adapter() {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				now.addAndGet(wait.get() + SERVICE_TIME);
				return Response.builder(200).elapsed(Duration.ofNanos(SERVICE_TIME)).build();
			}

			@Override
			public void close() {
			}
		};
		ConcurrencyAdapter adapter = new ConcurrencyAdapter(throttled, "shop", limit, 0, new LongAdder());
		for (int i = 0; i < 12; i++) {
			assertThat(limit.acquire(0)).isNotNull();
		}
		for (int i = 0; i < 1000; i++) {
			adapter.send(new PreparedRequest(), SendOptions.DEFAULTS);
		}
		int before = limit.limit();
		wait.set(1000 * MILLI);
		for (int i = 0; i < 1000; i++) {
			adapter.send(new PreparedRequest(), SendOptions.DEFAULTS);
		}
		assertThat(limit.limit()).isGreaterThanOrEqualTo(before);
		assertThat(limit.active()).isEqualTo(12);
	}

	/** What callers see while the capacity stays the same. */
	private static final class Phase {

		private final List<Long> latencies = new ArrayList<>();

		private int rejected;

		private long percentile(int percent) {
			List<Long> sorted = new ArrayList<>(this.latencies);
			Collections.sort(sorted);
			return sorted.get(sorted.size() * percent / 100);
		}

		private double rejectedPercent() {
			return 100.0 * this.rejected / (this.rejected + this.latencies.size());
		}

		@Override
		public String toString() {
			return "p50 " + percentile(50) / MILLI + " ms, p99 " + percentile(99) / MILLI + " ms, rejected "
					+ Math.round(rejectedPercent()) + "%";
		}

	}

	/**
	 * Calls arrive at random, and each occupies a worker of the service for a random time
	 * or waits for one.
	 */
	private static final class Simulation implements LongSupplier {

		private final Random random = new Random(42);

		private final Queue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::time));

		private final Deque<Call> queue = new ArrayDeque<>();

		private final List<Phase> phases = List.of(new Phase(), new Phase(), new Phase());

		private long now;

		private int busy;

		/** The arrival of a call, or its end. */
		private record Event(long time, @Nullable Call ended) {
		}

		private record Call(ConcurrencyLimit.Place place, long start) {
		}

		@Override
		public long getAsLong() {
			return this.now;
		}

		private List<Phase> run(ConcurrencyLimit limit) throws InterruptedException {
			this.events.add(new Event(0, null));
			while (true) {
				Event event = this.events.remove();
				this.now = event.time();
				if (this.now >= this.phases.size() * PHASE) {
					return this.phases;
				}
				if (event.ended() != null) {
					this.busy--;
					event.ended().place().release(ConcurrencyLimit.Outcome.RESPONDED, 0);
					phase().latencies.add(this.now - event.ended().start());
				}
				else {
					arrive(limit);
				}
				int workers = (phase() == this.phases.get(1)) ? WORKERS / 2 : WORKERS;
				while (this.busy < workers && !this.queue.isEmpty()) {
					this.busy++;
					this.events.add(new Event(this.now + serviceTime(), this.queue.remove()));
				}
			}
		}

		private Phase phase() {
			return this.phases.get((int) (this.now / PHASE));
		}

		private void arrive(ConcurrencyLimit limit) throws InterruptedException {
			double pause = -StrictMath.log(1 - this.random.nextDouble()) * SERVICE_TIME / (LOAD * WORKERS);
			this.events.add(new Event(this.now + (long) pause, null));
			ConcurrencyLimit.Place place = limit.acquire(0);
			if (place != null) {
				this.queue.add(new Call(place, this.now));
			}
			else {
				phase().rejected++;
			}
		}

		/** Returns a time that varies as those of services do: a few are much longer. */
		private long serviceTime() {
			return (long) (SERVICE_TIME * StrictMath.exp(this.random.nextGaussian() * 0.6 - 0.18));
		}

	}

}
