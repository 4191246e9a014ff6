package io.github.requests4j.adapters;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A host that moves to another address under 200 calls a second, half of them POST. The
 * load is the same in each run. The long run prints the table of the page about
 * resilience.
 */
@Timeout(600)
@Tag("once")
class HostMoveSimulationTests {

	private static final int SEED = 20_262;

	private static final int CALLS_PER_SECOND = 200;

	private static final int THREADS = 16;

	/** What the old server does after the move. */
	enum Old {

		/** It works as before. */
		STAYS("keeps running"),

		/** It stops after twice the age of a lookup, when no connection is left. */
		STOPS_LATER("stops after a minute"),

		/**
		 * It closes idle connections at once and the others after their response. A POST
		 * that meets a connection being closed can only be repeated with a key.
		 */
		STOPS_AT_ONCE("stops at once");

		private final String text;

		Old(String text) {
			this.text = text;
		}

	}

	/** When things happen, from the start. */
	private record Times(Duration age, Duration move, Duration end) {

		static Times ofAge(Duration age, Duration move) {
			return new Times(age, move, move.plus(age.multipliedBy(5)));
		}

	}

	/** A server that can stop like a real one: no request that it has read is lost. */
	private static final class Service implements RawServer.Script {

		private final String name;

		private final Set<RawConversation> idle = ConcurrentHashMap.newKeySet();

		private final AtomicInteger requests = new AtomicInteger();

		private volatile boolean stopping;

		Service(String name) {
			this.name = name;
		}

		@Override
		public void run(RawConversation conversation) throws Exception {
			RawRequest request = next(conversation);
			while (request != null) {
				Thread.sleep(new SplittableRandom(SEED + this.requests.getAndIncrement()).nextInt(1, 10));
				boolean last = this.stopping;
				conversation.respond(200, this.name, last ? "Connection: close" : "X-Last: no");
				request = last ? null : next(conversation);
			}
		}

		private @Nullable RawRequest next(RawConversation conversation) throws IOException {
			this.idle.add(conversation);
			try {
				return this.stopping ? null : conversation.readRequest();
			}
			finally {
				this.idle.remove(conversation);
			}
		}

		void stop() throws IOException {
			this.stopping = true;
			for (RawConversation conversation : this.idle) {
				conversation.close();
			}
		}

	}

	/** A call: when it began, and what answered it. */
	private record Outcome(long startNanos, @Nullable String server, @Nullable RequestException error) {
	}

	/** Calls at random times that are the same in each run. */
	private static final class Load {

		private final HttpAdapter adapter;

		private final MovingHost host;

		private final Old old;

		private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

		private volatile long movedAt;

		Load(HttpAdapter adapter, MovingHost host, Old old) {
			this.adapter = adapter;
			this.host = host;
			this.old = old;
		}

		void run(Times times, Service service) throws Exception {
			call(false);
			SplittableRandom random = new SplittableRandom(SEED);
			ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
			List<Future<?>> scheduled = new ArrayList<>();
			try {
				for (double at = 0; at < times.end().toNanos(); at += gap(random)) {
					boolean post = random.nextBoolean();
					scheduled.add(threads.schedule(() -> call(post), (long) at, TimeUnit.NANOSECONDS));
				}
				scheduled.add(threads.schedule(() -> move(service), times.move().toNanos(), TimeUnit.NANOSECONDS));
				if (this.old == Old.STOPS_LATER) {
					Duration stop = times.move().plus(times.age().multipliedBy(2));
					scheduled.add(threads.schedule(this.host.old()::close, stop.toNanos(), TimeUnit.NANOSECONDS));
				}
				for (Future<?> each : scheduled) {
					each.get();
				}
			}
			finally {
				threads.shutdownNow();
				assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
			}
		}

		private static double gap(SplittableRandom random) {
			return -Math.log(1 - random.nextDouble()) * 1e9 / CALLS_PER_SECOND;
		}

		private @Nullable Object move(Service service) throws IOException {
			this.host.moveTo(MovingHost.NEW);
			this.movedAt = System.nanoTime();
			if (this.old == Old.STOPS_AT_ONCE) {
				service.stop();
			}
			return null;
		}

		private void call(boolean post) {
			long began = System.nanoTime();
			PreparedRequest request = post ? Calls.post(this.host.url("/"), Body.of("text"))
					: Calls.get(this.host.url("/"));
			if (post && this.old == Old.STOPS_AT_ONCE) {
				request.headers().put("Idempotency-Key", Long.toString(began));
			}
			try {
				this.outcomes.add(new Outcome(began, Calls.text(this.adapter, request), null));
			}
			catch (RequestException ex) {
				this.outcomes.add(new Outcome(began, null, ex));
			}
		}

		List<RequestException> lost() {
			List<RequestException> lost = new ArrayList<>();
			for (Outcome outcome : this.outcomes) {
				if (outcome.error() != null) {
					lost.add(outcome.error());
				}
			}
			return lost;
		}

		/** How long after the move the last call began that the old server answered. */
		long lastOfOldNanos() {
			long last = 0;
			for (Outcome outcome : this.outcomes) {
				last = "old".equals(outcome.server()) ? Math.max(last, outcome.startNanos() - this.movedAt) : last;
			}
			return last;
		}

	}

	private static Load simulate(Old old, Times times, HttpAdapter.Builder settings) throws Exception {
		Service service = new Service("old");
		try (MovingHost host = MovingHost.start(service, new Service("new"));
				HttpAdapter adapter = settings.hostResolver(host::resolve).poolMaxsize(THREADS).build()) {
			Load load = new Load(adapter, host, old);
			load.run(times, service);
			assertThat(load.lost()).as("lost calls").isEmpty();
			await("connections to the old server").pollInterval(Duration.ofMillis(10)).until(() -> {
				Calls.text(adapter, host.url("/"));
				return host.old().openConnections() == 0;
			});
			assertThat(host.fresh().connectionCount()).as("connections to the new server")
				.isLessThanOrEqualTo(2 * THREADS);
			return load;
		}
	}

	private static HttpAdapter.Builder settings(Old old) {
		// What begins to connect at the moment of the move may be refused.
		return HttpAdapter.builder().maxRetries((old == Old.STOPS_AT_ONCE) ? 2 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void hostThatMovesLosesNoCall(Old old) throws Exception {
		Times times = Times.ofAge(Duration.ofMillis(300), Duration.ofMillis(300));
		Load load = simulate(old, times, settings(old).addressAge(times.age()));
		assertThat(load.outcomes).hasSizeGreaterThan(300);
		assertThat(load.lastOfOldNanos()).isLessThan(times.age().multipliedBy(4).toNanos());
	}

	@Test
	@Tag("deep")
	void hostThatMovesLosesNoCallWithTheDefaults(TestReporter reporter) throws Exception {
		StringBuilder table = new StringBuilder(
				"| the old server | calls | lost | last call on the old server after the move |\n|---|--:|--:|--:|\n");
		for (Old old : Old.values()) {
			Times times = Times.ofAge(Duration.ofSeconds(30), Duration.ofSeconds(20));
			Load load = simulate(old, times, settings(old));
			double last = load.lastOfOldNanos() / 1e9;
			assertThat(last).isLessThan(times.age().toSeconds() + 1);
			table.append(String.format(Locale.ROOT, "| %s | %,d | %d | %.1f s |%n", old.text, load.outcomes.size(),
					load.lost().size(), last));
		}
		reporter.publishEntry("table", table.toString());
	}

	@Test
	void callsThatEndEarlyDisturbNoOtherWhileAHostMoves() throws Exception {
		Service service = new Service("old");
		FaultInvariants.checkNoLeaks(() -> {
			try (MovingHost host = MovingHost.start(service, new Service("new"));
					HttpAdapter adapter = HttpAdapter.builder()
						.hostResolver(host::resolve)
						.poolMaxsize(THREADS)
						.addressAge(Duration.ofMillis(100))
						.build()) {
				Load load = new Load(adapter, host, Old.STAYS);
				Rough rough = new Rough(adapter, host.url("/"));
				Thread rude = new Thread(rough, "rude-calls");
				rude.start();
				load.run(new Times(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(1500)), service);
				rough.over = true;
				rude.join(60_000);
				assertThat(rude.isAlive()).isFalse();
				assertThat(load.lost()).isEmpty();
				assertThat(rough.unexpected).isEmpty();
				assertThat(rough.ended).as("calls that ended early").hasValueGreaterThan(0);
				assertThat(adapter.poolStatistics().leased()).isZero();
				assertThat(Calls.text(adapter, host.url("/"))).isEqualTo("new");
			}
		});
	}

	/** Calls that are interrupted or pass their deadline, one after the other. */
	private static final class Rough implements Runnable {

		private final HttpAdapter adapter;

		private final String url;

		private final AtomicInteger ended = new AtomicInteger();

		private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

		private volatile boolean over;

		Rough(HttpAdapter adapter, String url) {
			this.adapter = adapter;
			this.url = url;
		}

		@Override
		public void run() {
			SplittableRandom random = new SplittableRandom(SEED);
			while (!this.over) {
				SendOptions hurried = Calls.deadline(random.nextInt(1, 8));
				call(hurried);
				Thread interrupted = new Thread(() -> call(SendOptions.DEFAULTS), "interrupted-call");
				interrupted.start();
				try {
					interrupted.join(random.nextInt(1, 8));
					interrupted.interrupt();
					interrupted.join(30_000);
				}
				catch (InterruptedException ex) {
					this.unexpected.add(ex);
					return;
				}
			}
		}

		private void call(SendOptions options) {
			try {
				Calls.text(this.adapter, Calls.get(this.url), options);
			}
			catch (RequestTimeoutException ex) {
				this.ended.incrementAndGet();
			}
			catch (ConnectionException ex) {
				this.ended.incrementAndGet();
				if (!Thread.currentThread().isInterrupted()) {
					this.unexpected.add(ex);
				}
			}
			catch (RuntimeException ex) {
				if (!Thread.currentThread().isInterrupted()) {
					this.unexpected.add(ex);
				}
			}
		}

	}

	@Test
	void closingTheAdapterWhileAHostMovesEndsAllCalls() throws Exception {
		Service service = new Service("old");
		FaultInvariants.checkNoLeaks(() -> {
			try (MovingHost host = MovingHost.start(service, new Service("new"));
					HttpAdapter adapter = HttpAdapter.builder()
						.hostResolver(host::resolve)
						.addressAge(Duration.ofMillis(50))
						.build()) {
				Load load = new Load(adapter, host, Old.STAYS);
				Thread closer = new Thread(() -> {
					while (load.outcomes.stream().noneMatch((outcome) -> "new".equals(outcome.server()))) {
						Thread.onSpinWait();
					}
					adapter.close();
				}, "closer");
				closer.setDaemon(true);
				closer.start();
				load.run(new Times(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(700)), service);
				closer.join(30_000);
				assertThat(closer.isAlive()).isFalse();
				assertThat(load.lost()).as("calls after the close").isNotEmpty();
				assertThat(adapter.poolStatistics()).isEqualTo(PoolStatistics.NONE);
			}
		});
	}

}
