package io.github.requests4j.spring.internal.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.connection.SetCondition;
import org.springframework.data.redis.core.types.Expiration;

/**
 * Lets one replica at a time do something. A lease is a key in Redis, which expires if
 * its holder dies.
 */
public final class Leases {

	/** Removes a key that has this value. */
	private static final byte[] REMOVE = """
			if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
			return 0
			""".getBytes(StandardCharsets.UTF_8);

	/** Extends the time of a key that has this value. */
	private static final byte[] RENEW = """
			if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
			return 0
			""".getBytes(StandardCharsets.UTF_8);

	private Leases() {
	}

	/**
	 * Returns the name of a new holder.
	 * @return a value that no other holder has
	 */
	public static byte[] newHolder() {
		return UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Takes a lease unless another holder has it. If the caller gives up in the meantime,
	 * Redis may still take the lease later, for example when a paused server resumes. In
	 * that case, the lease is released.
	 * @param connection the connection
	 * @param key the key of the lease
	 * @param holder the name of the holder
	 * @param duration how long the lease lasts if it is not released
	 * @return {@code true} if the holder now has the lease
	 */
	public static boolean take(RedisConnection connection, byte[] key, byte[] holder, Duration duration) {
		boolean answered = false;
		try {
			boolean taken = Boolean.TRUE.equals(
					connection.stringCommands().set(key, holder, SetCondition.ifAbsent(), Expiration.from(duration)));
			answered = !isAbandoned();
			return taken && answered;
		}
		finally {
			if (!answered) {
				// Redis runs this after the command that it has not answered
				remove(connection, key, holder);
			}
		}
	}

	/**
	 * Returns whether the caller of these commands has given up, so that their result
	 * will not be used.
	 * @return {@code true} if {@link RedisAccess} has interrupted this thread
	 */
	public static boolean isAbandoned() {
		return Thread.currentThread().isInterrupted();
	}

	/**
	 * Extends a lease, if the holder still has it.
	 * @param connection the connection
	 * @param key the key of the lease
	 * @param holder the name of the holder
	 * @param duration how long it lasts from now on
	 */
	public static void renew(RedisConnection connection, byte[] key, byte[] holder, Duration duration) {
		connection.scriptingCommands()
			.eval(RENEW, ReturnType.INTEGER, 1, key, holder,
					Long.toString(duration.toMillis()).getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Removes a key if it has the given value, such as a lease if the holder still has
	 * it.
	 * @param connection the connection
	 * @param key the key
	 * @param value the value, such as the name of the holder
	 */
	public static void remove(RedisConnection connection, byte[] key, byte[] value) {
		connection.scriptingCommands().eval(REMOVE, ReturnType.INTEGER, 1, key, value);
	}

	/**
	 * The pauses of a replica that waits for another holder's lease, from 10 to 100
	 * milliseconds. For one thread.
	 */
	public static final class Wait {

		private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

		private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

		private final long start = System.nanoTime();

		private final long nanos;

		private long pause = FIRST_PAUSE_NANOS;

		/**
		 * Begins to wait.
		 * @param nanos how long to wait in total, in nanoseconds
		 */
		public Wait(long nanos) {
			this.nanos = nanos;
		}

		/**
		 * Waits before the next attempt to take the lease.
		 * @return {@code false}, without waiting, if the time is over
		 * @throws InterruptedException if the thread is interrupted
		 */
		public boolean pause() throws InterruptedException {
			long left = this.nanos - (System.nanoTime() - this.start);
			if (left <= 0) {
				return false;
			}
			TimeUnit.NANOSECONDS.sleep(Math.min(left, this.pause));
			this.pause = Math.min(2 * this.pause, MAX_PAUSE_NANOS);
			return true;
		}

	}

}
