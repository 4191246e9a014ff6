package io.github.requests4j.spring.rate;

import java.io.Serial;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.spring.internal.redis.RedisUnavailableException;

/**
 * Stores the bucket of one session in Redis for Bucket4j. A change is based on the last
 * state that this replica has seen, so it takes one round trip unless another replica was
 * faster. Thread-safe.
 */
final class RedisBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {

	/** Far more than the number of replicas that can be faster in a row. */
	private static final int MAX_ATTEMPTS = 100;

	private static final String ONLY_KEY = "bucket";

	private final RedisBudget budget;

	/** The last state that this replica has seen, which may be outdated. */
	private final AtomicReference<byte @Nullable []> last = new AtomicReference<>();

	private RedisBuckets(RedisBudget budget) {
		super(ClientSideConfig.getDefault().withClientClock(new Clock(budget)).withMaxRetries(MAX_ATTEMPTS));
		this.budget = budget;
	}

	/**
	 * Returns the bucket of a limit. Its methods throw an {@link UnavailableException}
	 * without Redis. Concurrent calls share round trips.
	 */
	static BucketProxy bucket(RateLimit limit, RedisBudget budget) {
		BucketConfiguration configuration = BucketConfiguration.builder()
			.addLimit(LocalPermits.bandwidth(limit))
			.build();
		return new RedisBuckets(budget).builder()
			.withOptimization(Optimizations.batching())
			.build(ONLY_KEY, () -> configuration);
	}

	@Override
	protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
		return new Change();
	}

	@Override
	protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	protected CompletableFuture<Void> removeAsync(String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void removeProxy(String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isAsyncModeSupported() {
		return false;
	}

	/**
	 * One change of the state, which is tried again if another replica was faster.
	 */
	private final class Change implements CompareAndSwapOperation {

		@Override
		public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
			byte[] known = RedisBuckets.this.last.get();
			if (known == null) {
				try {
					known = RedisBuckets.this.budget.read();
				}
				catch (RedisUnavailableException ex) {
					throw new UnavailableException(ex);
				}
			}
			return Optional.ofNullable(known);
		}

		@Override
		public boolean compareAndSwap(byte[] original, byte[] next, RemoteBucketState state,
				Optional<Long> timeoutNanos) {
			try {
				RedisBudget.Swapped swapped = RedisBuckets.this.budget.swap(original, next);
				RedisBuckets.this.last.set(swapped.state());
				return swapped.success();
			}
			catch (RedisUnavailableException ex) {
				RedisBuckets.this.last.set(null);
				throw new UnavailableException(ex);
			}
		}

	}

	/** The clock of Redis, so that the clocks of replicas do not matter. */
	private record Clock(RedisBudget budget) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return this.budget.time();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

	/**
	 * Thrown if Redis is unavailable.
	 */
	static final class UnavailableException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		UnavailableException(Throwable cause) {
			super(cause.getMessage(), cause, false, false);
		}

	}

}
