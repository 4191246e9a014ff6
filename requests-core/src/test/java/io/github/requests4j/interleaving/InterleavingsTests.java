package io.github.requests4j.interleaving;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checks that {@link Interleavings} finds lost updates on the virtual machine of the
 * build.
 */
@Tag("once")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InterleavingsTests {

	/** Counts. */
	public static final class Model {

		private int count;

		@Operation
		public int next() {
			return ++this.count;
		}

	}

	/**
	 * Returns the same number to two threads that call it at the same time. The threads
	 * yield in between, so that this happens on one busy processor too.
	 */
	public static final class Careless {

		private volatile int count;

		@Operation
		public int next() {
			int next = this.count + 1;
			Thread.yield();
			this.count = next;
			return next;
		}

	}

	/** Returns each number once. */
	public static final class Careful {

		private final AtomicInteger count = new AtomicInteger();

		@Operation
		public int next() {
			return this.count.incrementAndGet();
		}

	}

	@Test
	@DisplayName("concurrency: an atomic counter passes")
	void atomicCounterPasses() throws Exception {
		Interleavings.check(Careful.class, Model.class);
	}

	@Test
	@DisplayName("concurrency: a lost update is found")
	void lostUpdateIsFound() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Interleavings.check(Careless.class, Model.class))
			.withMessageContaining("Invalid execution results");
	}

}
