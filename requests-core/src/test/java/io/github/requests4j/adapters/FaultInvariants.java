package io.github.requests4j.adapters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ThrowingRunnable;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.OpenDescriptors;
import io.github.requests4j.testserver.Together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Checks the invariants after each fault: one typed exception with its request was
 * thrown, no connection is leased, the next call succeeds, and no socket, descriptor or
 * thread is left.
 */
final class FaultInvariants {

	private static final Set<Wire> WARM = EnumSet.noneOf(Wire.class);

	private FaultInvariants() {
	}

	/** Something that goes wrong, and its expected result. */
	@FunctionalInterface
	interface Fault {

		void happen(Rig rig) throws Exception;

	}

	static void check(Wire wire, Fault fault) throws Exception {
		check(wire, (builder) -> builder, fault);
	}

	static void check(Wire wire, UnaryOperator<HttpAdapter.Builder> settings, Fault fault) throws Exception {
		warmUp(wire);
		checkNoLeaks(() -> happen(wire, settings, fault));
	}

	/** The same for faults that consist of waiting: each has its own rig on each wire. */
	static void checkConcurrently(Collection<Wire> wires, Collection<Fault> faults) throws Exception {
		List<Together.Check> checks = new ArrayList<>();
		for (Wire wire : wires) {
			warmUp(wire);
			faults.forEach((fault) -> checks.add(() -> happen(wire, (builder) -> builder, fault)));
		}
		checkNoLeaks(() -> Together.run(checks));
	}

	private static void happen(Wire wire, UnaryOperator<HttpAdapter.Builder> settings, Fault fault) throws Exception {
		try (Rig rig = Rig.open(wire, settings)) {
			fault.happen(rig);
			checkRig(rig);
		}
	}

	/** Runs an action that must leave no descriptor and no thread open. */
	static void checkNoLeaks(ThrowingRunnable action) throws Exception {
		warmUp(Wire.PLAIN);
		Set<Thread> threads = threads();
		Set<String> descriptors = OpenDescriptors.all();
		try {
			action.run();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
		soon(() -> {
			assertThat(threads()).as("threads").isSubsetOf(threads);
			assertThat(OpenDescriptors.all()).as("open descriptors").isSubsetOf(descriptors);
		});
	}

	private static void soon(ThrowingRunnable check) {
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).untilAsserted(check);
	}

	/** Makes the checks that are possible while everything is still open. */
	private static void checkRig(Rig rig) {
		PoolStatistics after = rig.adapter().poolStatistics();
		assertThat(after.leased()).as("leased").isZero();
		assertThat(after.pending()).as("pending").isZero();
		rig.heal();
		soon(() -> assertThat(rig.network().openConnections()).as("open connections")
			.isLessThanOrEqualTo(rig.adapter().poolStatistics().available()));
		assertThat(rig.text()).as("the next call").isEqualTo("GET /");
		assertThat(rig.adapter().poolStatistics().leased()).as("leased").isZero();
	}

	/**
	 * Expects a call to fail once, with an exception of exactly this type and its
	 * request.
	 */
	static <X extends RequestException> X fails(Rig rig, Class<X> type, ThrowingCallable call) {
		int before = rig.failures();
		Throwable thrown = catchThrowable(call);
		assertThat(thrown).isExactlyInstanceOf(type);
		X failure = type.cast(thrown);
		assertThat(failure.request()).as("the request of " + failure).isNotNull();
		assertThat(rig.failures() - before).as("failures reported to listeners").isEqualTo(1);
		assertThat(rig.adapter().poolStatistics().leased()).as("leased").isZero();
		return failure;
	}

	/** Expects the same of a failure that comes after the head of a response. */
	static <X extends RequestException> X failsInBody(Rig rig, Class<X> type, ThrowingCallable call) {
		X failure = fails(rig, type, call);
		assertThat(failure.response()).as("the response of " + failure).isNotNull();
		return failure;
	}

	/** Loads classes, so that files that stay open for them do not count as leaks. */
	private static synchronized void warmUp(Wire wire) throws Exception {
		if (WARM.add(wire)) {
			try (Rig rig = Rig.open(wire)) {
				assertThat(rig.text()).isEqualTo("GET /");
			}
		}
	}

	private static Set<Thread> threads() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> thread.getName().startsWith("junit") || thread.getName().startsWith("awaitility")
				|| thread == Thread.currentThread() || isWatcher(thread));
		return threads;
	}

	/** Whether the thread is one that all calls share. */
	private static boolean isWatcher(Thread thread) {
		return thread.getName().equals("requests4j-limit-watch") || thread.getName().startsWith("Cleaner-");
	}

}
