package io.github.requests4j.spring.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cache.CacheStore;
import io.github.requests4j.spring.internal.redis.Leases;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * Lets one replica at a time fetch a response, by means of a lease. If Redis is
 * unavailable, every replica may fetch. Thread-safe.
 */
final class Turns {

	private final RedisAccess redis;

	private final Keys keys;

	private final Duration lease;

	Turns(RedisAccess redis, Keys keys, Duration lease) {
		this.redis = redis;
		this.keys = keys;
		this.lease = lease;
	}

	CacheStore.@Nullable Turn start(String request, long nanos) {
		byte[] key = this.keys.lease(request);
		byte[] holder = Leases.newHolder();
		try {
			if (take(key, holder)) {
				return new Lease(key, holder);
			}
			awaitEnd(key, nanos);
			return null;
		}
		catch (RedisUnavailableException ex) {
			return CacheStore.Turn.ALONE;
		}
		catch (InterruptedException ex) {
			// The interrupt makes the caller's own request fail
			Thread.currentThread().interrupt();
			return CacheStore.Turn.ALONE;
		}
	}

	private boolean take(byte[] key, byte[] holder) throws RedisUnavailableException {
		return Boolean.TRUE
			.equals(this.redis.call(RedisUse.CACHE, (connection) -> Leases.take(connection, key, holder, this.lease)));
	}

	private void awaitEnd(byte[] key, long nanos) throws RedisUnavailableException, InterruptedException {
		Leases.Wait wait = new Leases.Wait(nanos);
		boolean taken = true;
		while (taken && wait.pause()) {
			taken = Boolean.TRUE
				.equals(this.redis.call(RedisUse.CACHE, (connection) -> connection.keyCommands().exists(key)));
		}
	}

	/** The lease of this replica. */
	private final class Lease implements CacheStore.Turn {

		private final byte[] key;

		private final byte[] holder;

		private final AtomicBoolean ended = new AtomicBoolean();

		private Lease(byte[] key, byte[] holder) {
			this.key = key;
			this.holder = holder;
		}

		@Override
		public void end() {
			if (this.ended.compareAndSet(false, true)) {
				Turns.this.redis.end(RedisUse.CACHE, (connection) -> Leases.remove(connection, this.key, this.holder));
			}
		}

	}

}
