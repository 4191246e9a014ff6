package io.github.requests4j.spring.internal.balancing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What is known about one instance of a service: the requests in progress, its latency,
 * its failures, and whether it is ejected. Thread-safe, without locks.
 */
public final class Instance {

	/** Longer than any ejection and return. */
	static final long UNUSED = TimeUnit.MINUTES.toNanos(10);

	private final String name;

	private final LongSupplier clock;

	private final AtomicInteger active = new AtomicInteger();

	private final LongAdder requests = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder ejections = new LongAdder();

	private final AtomicReference<Health> health;

	/**
	 * Creates an instance of which nothing is known.
	 * @param name the name that reports show
	 */
	public Instance(String name) {
		this(name, System::nanoTime);
	}

	/**
	 * Creates an instance of which nothing is known.
	 * @param name the name that reports show
	 * @param clock the time in nanoseconds, like {@link System#nanoTime()}
	 */
	public Instance(String name, LongSupplier clock) {
		this.name = name;
		this.clock = clock;
		this.health = new AtomicReference<>(Health.unknown(clock.getAsLong()));
	}

	/**
	 * Returns the name that reports show.
	 * @return the name, which is different for each instance of a service
	 */
	public String name() {
		return this.name;
	}

	/** Counts a request that is about to be sent. */
	void begin() {
		this.active.incrementAndGet();
		this.requests.increment();
		update((health) -> health.sent(now()));
	}

	/** Ends a request whose response shows how long the instance takes. */
	void responded(long nanos) {
		update((health) -> health.responded(now(), nanos));
		this.active.decrementAndGet();
	}

	/** Ends a request that failed or got a server error. */
	void failed() {
		Health before = health();
		Health after = before.failed(now());
		while (!this.health.compareAndSet(before, after)) {
			before = health();
			after = before.failed(now());
		}
		this.failures.increment();
		if (after.ejections() > before.ejections()) {
			this.ejections.increment();
		}
		this.active.decrementAndGet();
	}

	/**
	 * Ends a request that the caller gave up. The instance is at least that slow.
	 */
	void givenUp(long nanos) {
		update((health) -> (nanos > health.latency()) ? health.measured(now(), nanos) : health);
		this.active.decrementAndGet();
	}

	/** Ends a request that reveals nothing about the instance. */
	void ignored() {
		this.active.decrementAndGet();
	}

	private void update(UnaryOperator<Health> change) {
		this.health.updateAndGet(change);
	}

	long now() {
		return this.clock.getAsLong();
	}

	int active() {
		return this.active.get();
	}

	boolean isEjected() {
		return health().isEjected(now());
	}

	/** Returns what is known about latency and failures at this moment. */
	Health health() {
		return Objects.requireNonNull(this.health.get());
	}

	/**
	 * Returns whether another instance would probably respond sooner: the expected wait
	 * is the latency times the requests in progress, and longer for an instance that
	 * fails.
	 */
	boolean isWorseThan(Instance other, double tolerance) {
		long now = now();
		Health own = health();
		Health others = other.health();
		double wait = own.penalty(now) * (this.active.get() + 1);
		double otherWait = others.penalty(now) * (other.active.get() + 1);
		if (own.isMeasured() && others.isMeasured()) {
			double shorter = Math.min(own.latency(), others.latency());
			wait *= own.expectedLatency(now, this.active.get() == 0, shorter);
			otherWait *= others.expectedLatency(now, other.active.get() == 0, shorter);
		}
		return wait > tolerance * otherWait;
	}

	/**
	 * Returns the state for reports.
	 * @param all the sum of the recent requests of all instances, see {@link #recent}
	 * @return the state at this moment
	 */
	InstanceState state(double all) {
		long now = now();
		Health known = health();
		int share = (all > 0) ? (int) Math.round(100 * recent() / all) : 0;
		return new InstanceState(this.name, share, Duration.ofNanos((long) known.latency()), this.active.get(),
				this.requests.sum(), this.failures.sum(), this.ejections.sum(), known.isEjected(now),
				(int) Math.round(100 * known.readiness(now)));
	}

	/**
	 * Returns whether nothing was sent to the instance for a long time, and nothing is in
	 * progress.
	 * @return {@code true} if what is known is too old to matter
	 */
	public boolean isUnused() {
		return this.active.get() == 0 && now() - health().sent() >= UNUSED;
	}

	/** Returns the requests of about the last minute. */
	double recent() {
		return health().recentAt(now());
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * Averages and failures at one time. Averages follow the last seconds, weighted by
	 * time, so that they do not depend on the number of requests. Immutable.
	 *
	 * @param latency the average time until the headers of a response, in nanoseconds
	 * @param errors the share of failures, from 0 to 1
	 * @param samples how many requests are in the averages, up to {@value #ENOUGH}
	 * @param updated when the averages last changed
	 * @param recent the recent requests
	 * @param sent when a request was last sent
	 * @param inRow how many requests have failed in a row
	 * @param ejections how many times the instance was ejected without a full return
	 * @param until when the last ejection ends or ended; only meaningful after one
	 */
	record Health(double latency, double errors, int samples, long updated, double recent, long sent, int inRow,
			int ejections, long until) {

		/**
		 * Averages of fewer responses are not compared, because the first ones include
		 * connecting.
		 */
		static final int ENOUGH = 10;

		/** How many failures in a row eject an instance. */
		static final int FAILURES = 5;

		/** How many failures in a row eject an instance that has just returned. */
		static final int FAILURES_WHILE_RETURNING = 2;

		static final long FIRST_EJECTION = TimeUnit.SECONDS.toNanos(10);

		static final long LONGEST_EJECTION = TimeUnit.MINUTES.toNanos(2);

		/** How long an instance takes to get its whole share after an ejection. */
		static final long RETURN = TimeUnit.SECONDS.toNanos(10);

		/** The share of its requests that an instance gets at the end of an ejection. */
		private static final double FIRST_SHARE = 0.1;

		private static final double AVERAGED = TimeUnit.SECONDS.toNanos(5);

		/**
		 * After this time, a measurement matters little, so that the instance is tried
		 * again.
		 */
		private static final double FORGOTTEN = TimeUnit.SECONDS.toNanos(10);

		private static final double RECENT = TimeUnit.SECONDS.toNanos(30);

		/** Shorter latencies count as equal. */
		private static final double SHORTEST = TimeUnit.MILLISECONDS.toNanos(1);

		/**
		 * An instance that fails a tenth of its requests counts as nearly twice as slow.
		 */
		private static final double ERROR_WEIGHT = 9;

		static Health unknown(long now) {
			return new Health(0, 0, 0, now, 0, now, 0, 0, now);
		}

		Health sent(long now) {
			return new Health(this.latency, this.errors, this.samples, this.updated, recentAt(now) + 1, now, this.inRow,
					this.ejections, this.until);
		}

		double recentAt(long now) {
			return this.recent * Math.exp(-Math.max(0, now - this.sent) / RECENT);
		}

		Health responded(long now, long nanos) {
			boolean recovered = this.ejections > 0 && now - this.until > RETURN;
			Health measured = measured(now, nanos);
			return new Health(measured.latency, measured.errors, measured.samples, now, this.recent, this.sent, 0,
					recovered ? 0 : this.ejections, endsEjection(now, nanos) ? now : this.until);
		}

		/**
		 * Returns whether an ejected instance responds to a request that was sent since
		 * then, because no other one was left. It returns at once. Otherwise the first
		 * instance whose time is over would get the requests of all others.
		 */
		private boolean endsEjection(long now, long nanos) {
			return isEjected(now) && now - nanos - (this.until - pause(this.ejections)) >= 0;
		}

		Health measured(long now, long nanos) {
			double weight = weight(now);
			return new Health(this.latency + weight * (nanos - this.latency), this.errors * (1 - weight),
					Math.min(ENOUGH, this.samples + 1), now, this.recent, this.sent, this.inRow, this.ejections,
					this.until);
		}

		Health failed(long now) {
			double weight = weight(now);
			boolean ejected = isEjected(now);
			int limit = (readiness(now) < 1) ? FAILURES_WHILE_RETURNING : FAILURES;
			boolean ejects = !ejected && this.inRow + 1 >= limit;
			int times = ejects ? this.ejections + 1 : this.ejections;
			return new Health(this.latency, this.errors + weight * (1 - this.errors), this.samples, now, this.recent,
					this.sent, (ejects || ejected) ? 0 : this.inRow + 1, times,
					ejects ? now + pause(times) : this.until);
		}

		private static long pause(int times) {
			return Math.min(LONGEST_EJECTION, FIRST_EJECTION << Math.min(times - 1, 8));
		}

		/** Returns how much one request changes the averages. */
		private double weight(long now) {
			double byTime = 1 - Math.exp(-Math.max(0, now - this.updated) / AVERAGED);
			return (this.samples < ENOUGH) ? Math.max(byTime, 1.0 / (this.samples + 1)) : byTime;
		}

		boolean isMeasured() {
			return this.samples >= ENOUGH;
		}

		/**
		 * Returns the latency to compare. That of an idle instance fades, so that it
		 * approaches the latency of the other one.
		 */
		double expectedLatency(long now, boolean idle, double shorter) {
			double expected = idle ? Math.max(shorter, this.latency * remembered(now)) : this.latency;
			return Math.max(SHORTEST, expected);
		}

		/** Returns what the expected wait is multiplied by. */
		double penalty(long now) {
			return 1 + ERROR_WEIGHT * this.errors * remembered(now);
		}

		private double remembered(long now) {
			return Math.exp(-Math.max(0, now - this.updated) / FORGOTTEN);
		}

		boolean isEjected(long now) {
			return this.ejections > 0 && now - this.until < 0;
		}

		/**
		 * Returns the share of its requests that the instance gets: 1 unless it has been
		 * ejected a short time ago.
		 */
		double readiness(long now) {
			if (this.ejections == 0 || now - this.until >= RETURN) {
				return 1;
			}
			return (now - this.until < 0) ? 0 : Math.max(FIRST_SHARE, (double) (now - this.until) / RETURN);
		}

	}

}
