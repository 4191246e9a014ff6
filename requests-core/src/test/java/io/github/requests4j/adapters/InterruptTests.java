package io.github.requests4j.adapters;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that are interrupted repeatedly, at any point of a call.
 */
class InterruptTests {

	private static final int THREADS = 4;

	private static final int CONNECTIONS = 2;

	private static final List<String> PATHS = List.of("/kept", "/closed", "/slow", "/busy");

	private final AtomicInteger seen = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final AtomicInteger finished = new AtomicInteger();

	private final AtomicReference<Throwable> unexpected = new AtomicReference<>();

	private volatile boolean over;

	@ParameterizedTest
	// In parts, each with its own ports: the system keeps those of closed connections
	// for a minute, and would run out of them.
	@CsvSource({ "PLAIN, 5700", "PLAIN, 5700", "PLAIN, 5600", "TLS, 3000" })
	@DisplayName("fault: Thread interrupted in lease, connect, read, back-off: 20,000 interrupts leak nothing")
	void interruptsLeakNothing(Wire wire, int interrupts) throws Exception {
		FaultInvariants.check(wire, (builder) -> builder.poolBlock(true).poolMaxsize(CONNECTIONS).maxRetries(1),
				(rig) -> {
					rig.script(InterruptTests::serve);
					List<Caller> callers = new ArrayList<>();
					for (int i = 0; i < THREADS; i++) {
						callers.add(new Caller(rig, i));
					}
					callers.forEach(Thread::start);
					await().until(() -> this.finished.get() > 0);
					interrupt(callers, interrupts);
					this.over = true;
					for (Caller caller : callers) {
						// Those that sleep need not sleep to the end.
						caller.interrupt();
						caller.join(10_000);
						assertThat(caller.isAlive()).isFalse();
					}
					assertThat(this.unexpected).hasNullValue();
					assertThat(this.lost).as("interrupts whose flag was lost").hasValue(0);
					assertThat(this.seen.get()).as("interrupts").isBetween(interrupts - THREADS, interrupts);
					assertThat(rig.adapter().poolStatistics().available()).isLessThanOrEqualTo(CONNECTIONS);
				});
	}

	/**
	 * Interrupts a caller only after it has noticed the last interrupt, so that all
	 * count.
	 */
	private static void interrupt(List<Caller> callers, int times) {
		Random random = new Random(99);
		int next = 0;
		for (int done = 0; done < times; next++) {
			Caller caller = callers.get(next % callers.size());
			if (caller.wasInterrupted) {
				LockSupport.parkNanos(1_000);
				continue;
			}
			LockSupport.parkNanos(random.nextInt(120_000));
			caller.interrupt();
			caller.wasInterrupted = true;
			done++;
		}
	}

	private static void serve(RawConversation conversation) throws Exception {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			switch (request.path()) {
				case "/slow" -> {
					// Nothing counts it down: it only delays the response.
					new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
					conversation.respond(200, "slow");
				}
				case "/busy" -> conversation.respond(503, "busy", "Retry-After: 1");
				case "/closed" -> {
					conversation.respond(200, "closed", "Connection: close");
					return;
				}
				default -> conversation.respond(200, "GET /");
			}
			request = conversation.readRequest();
		}
	}

	/** Makes calls until the test is over, and records whether it was interrupted. */
	private final class Caller extends Thread {

		private final Rig rig;

		private final Random random;

		/** Set after the interrupt: from then on the flag has to be there. */
		private volatile boolean wasInterrupted;

		Caller(Rig rig, int number) {
			super("interrupted-" + number);
			this.rig = rig;
			this.random = new Random(number);
		}

		@Override
		public void run() {
			while (!InterruptTests.this.over) {
				call();
				if (this.wasInterrupted) {
					(Thread.interrupted() ? InterruptTests.this.seen : InterruptTests.this.lost).incrementAndGet();
					this.wasInterrupted = false;
				}
			}
		}

		private void call() {
			try {
				String path = PATHS.get(this.random.nextInt(PATHS.size()));
				Calls.read(this.rig.adapter().send(Calls.get(this.rig.url(path)), this.rig.options()));
				InterruptTests.this.finished.incrementAndGet();
			}
			catch (RequestException ex) {
				if (!isInterrupted()) {
					InterruptTests.this.unexpected.compareAndSet(null, ex);
				}
			}
			catch (RuntimeException ex) {
				InterruptTests.this.unexpected.compareAndSet(null, ex);
			}
		}

	}

}
