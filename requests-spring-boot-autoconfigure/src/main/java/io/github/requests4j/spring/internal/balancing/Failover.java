package io.github.requests4j.spring.internal.balancing;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;

/**
 * The retry policy of balanced sessions without a policy of their own. A request that is
 * safe to repeat is repeated once, at another instance, if its connection fails.
 */
public final class Failover {

	private Failover() {
	}

	/**
	 * Returns the policy.
	 * @param budget the retry budget of the session, or {@code null}
	 * @return a policy without a total, which cannot be configured
	 */
	public static Retry policy(@Nullable RetryBudget budget) {
		return Retry.builder()
			.total((Integer) null)
			.connect(0)
			.read(1)
			.status(0)
			.other(1)
			.raiseOnStatus(false)
			.budget(budget)
			.build();
	}

	/** Returns whether a request must not be sent to the same instance again. */
	static boolean isOnlyElsewhere(Retry policy) {
		return policy.total() == null;
	}

}
