package io.github.requests4j.interleaving;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The tool finds what it is there for, on this virtual machine too.
 */
@Tag("once")
class InterleavingsTests {

	/** Counts. */
	public static final class Model {

		private int count;

		@Operation
		public int next() {
			return ++this.count;
		}

	}

	/** Gives two threads the same number, if they come together. */
	public static final class Careless {

		private volatile int count;

		@Operation
		public int next() {
			int next = this.count + 1;
			this.count = next;
			return next;
		}

	}

	/** Gives each number once. */
	public static final class Careful {

		private final AtomicInteger count = new AtomicInteger();

		@Operation
		public int next() {
			return this.count.incrementAndGet();
		}

	}

	@Test
	@DisplayName("concurrency: a count that two threads can get is found, and one that each gets for itself passes")
	void findsLostUpdates() throws Exception {
		Interleavings.check(Careful.class, Model.class);
		AssertionError found = null;
		// On a busy machine two threads may never run at the same time.
		for (int i = 0; i < 5 && found == null; i++) {
			found = catchThrowableOfType(AssertionError.class, () -> Interleavings.check(Careless.class, Model.class));
		}
		assertThat(found).isNotNull().hasMessageContaining("Invalid execution results");
	}

}
