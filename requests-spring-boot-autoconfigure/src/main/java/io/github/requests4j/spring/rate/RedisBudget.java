package io.github.requests4j.spring.rate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * The data that the replicas of a session share. It is a hash in Redis with the state of
 * their bucket and the pauses of origins. Each round trip also returns the pauses and the
 * time of Redis, which is the clock of all replicas. Thread-safe.
 */
final class RedisBudget {

	/**
	 * Replaces the state if it is the expected one. Without a new state, only reads.
	 * Returns whether it was replaced, the time in microseconds, and the hash.
	 */
	private static final byte[] SWAP = bytes("""
			local time = redis.call('TIME')
			local swapped = 0
			if ARGV[2] ~= '' and (redis.call('HGET', KEYS[1], 'bucket') or '') == ARGV[1] then
			  redis.call('HSET', KEYS[1], 'bucket', ARGV[2])
			  if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then
			    redis.call('PEXPIRE', KEYS[1], ARGV[3])
			  end
			  swapped = 1
			end
			local result = redis.call('HGETALL', KEYS[1])
			table.insert(result, 1, time[1] * 1000000 + time[2])
			table.insert(result, 1, swapped)
			return result""");

	/**
	 * Adds a pause, which never shortens an earlier one, and removes those that are over.
	 * The last argument is the maximum number of pauses.
	 */
	private static final byte[] PUBLISH = bytes("""
			local time = redis.call('TIME')
			local now = time[1] * 1000 + math.floor(time[2] / 1000)
			local fields = redis.call('HGETALL', KEYS[1])
			local pauses = 0
			local last = 0
			for i = 1, #fields, 2 do
			  if string.sub(fields[i], 1, 2) == '@ ' then
			    local ends = tonumber(fields[i + 1]) or 0
			    if ends <= now then
			      redis.call('HDEL', KEYS[1], fields[i])
			    elseif fields[i] == ARGV[1] then
			      last = ends
			    else
			      pauses = pauses + 1
			    end
			  end
			end
			if pauses < tonumber(ARGV[3]) and now + ARGV[2] > last then
			  redis.call('HSET', KEYS[1], ARGV[1], now + ARGV[2])
			end
			if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
			  redis.call('PEXPIRE', KEYS[1], ARGV[2])
			end
			return 1""");

	private static final byte[] BUCKET = bytes("bucket");

	private static final String PAUSE = "@ ";

	private static final byte[] MAX_PAUSES = bytes("64");

	private static final int MAX_ORIGIN = 300;

	/**
	 * The maximum round trip that sets the clock. A slower one would be less accurate
	 * than the clock of this machine.
	 */
	private static final long MAX_TRIP = TimeUnit.MILLISECONDS.toNanos(20);

	private static final Duration MARGIN = Duration.ofMinutes(1);

	private static final byte[] NOTHING = {};

	private final RedisAccess redis;

	private final byte[] key;

	private final byte[] expiry;

	private final Deferrals deferrals;

	/** The difference between the time of Redis and that of this process. */
	private volatile @Nullable Long offset;

	RedisBudget(RedisAccess redis, String session, @Nullable RateLimit limit, Deferrals deferrals) {
		this.redis = redis;
		// Each limit has its own bucket, because the state contains the limit
		String suffix = (limit != null) ? ":" + limit.requests() + "/" + limit.period() + "/" + limit.burst() : "";
		this.key = redis.key(RedisUse.RATE, "{" + session + "}" + suffix);
		Duration refill = (limit != null) ? limit.refillTime().plus(limit.period()) : Duration.ZERO;
		this.expiry = bytes(Long.toString(refill.plus(MARGIN).toMillis()));
		this.deferrals = deferrals;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Returns whether the time of Redis is known. */
	boolean hasTime() {
		return this.offset != null;
	}

	/**
	 * Returns the time of Redis in nanoseconds. Until it is known, the origin is
	 * arbitrary.
	 */
	long time() {
		Long known = this.offset;
		return System.nanoTime() + ((known != null) ? known : 0);
	}

	/**
	 * Reads the state.
	 * @return the state, or {@code null} if there is none
	 */
	byte @Nullable [] read() throws RedisUnavailableException {
		return swap(NOTHING, NOTHING).state();
	}

	/**
	 * Replaces the state.
	 * @param expected the state that is replaced, or {@code null} if there is none
	 * @param next the new state
	 * @return the result, with the state after it
	 */
	Swapped swap(byte @Nullable [] expected, byte[] next) throws RedisUnavailableException {
		Swapped swapped = this.redis.call(RedisUse.RATE,
				(connection) -> run(connection, (expected != null) ? expected : NOTHING, next));
		if (swapped == null) {
			throw new IllegalStateException("The script returned nothing");
		}
		return swapped;
	}

	private Swapped run(RedisConnection connection, byte[] expected, byte[] next) {
		long before = System.nanoTime();
		List<Object> reply = connection.scriptingCommands()
			.eval(SWAP, ReturnType.MULTI, 1, this.key, expected, next, this.expiry);
		long after = System.nanoTime();
		if (reply == null || reply.size() < 2 || !(reply.get(0) instanceof Long swapped)
				|| !(reply.get(1) instanceof Long micros)) {
			throw new IllegalStateException("The script returned an unexpected result");
		}
		if (this.offset == null || after - before < MAX_TRIP) {
			this.offset = TimeUnit.MICROSECONDS.toNanos(micros) - before - (after - before) / 2;
		}
		byte[] state = null;
		for (int i = 2; i + 1 < reply.size(); i += 2) {
			if (reply.get(i) instanceof byte[] field && reply.get(i + 1) instanceof byte[] value) {
				if (Arrays.equals(field, BUCKET)) {
					state = value;
				}
				else {
					addPause(new String(field, StandardCharsets.UTF_8), value, TimeUnit.MICROSECONDS.toMillis(micros));
				}
			}
		}
		return new Swapped(swapped == 1, state);
	}

	private void addPause(String field, byte[] value, long now) {
		String end = new String(value, StandardCharsets.US_ASCII);
		if (field.startsWith(PAUSE) && end.matches("\\d{1,15}") && Long.parseLong(end) > now) {
			this.deferrals.add(field.substring(PAUSE.length()), Duration.ofMillis(Long.parseLong(end) - now));
		}
	}

	/**
	 * Publishes a pause. If Redis is unavailable, the pause only applies to this replica.
	 */
	void publish(String origin, Duration pause) {
		if (origin.length() > MAX_ORIGIN) {
			return;
		}
		byte[] millis = bytes(Long.toString(Math.max(1, pause.toMillis())));
		this.redis.tryRun(RedisUse.RATE, (connection) -> connection.scriptingCommands()
			.eval(PUBLISH, ReturnType.INTEGER, 1, this.key, bytes(PAUSE + origin), millis, MAX_PAUSES));
	}

	/**
	 * The result of a replacement. Immutable.
	 */
	static final class Swapped {

		private final boolean success;

		private final byte @Nullable [] state;

		private Swapped(boolean success, byte @Nullable [] state) {
			this.success = success;
			this.state = state;
		}

		/** Returns whether the state was the expected one and was replaced. */
		boolean success() {
			return this.success;
		}

		/** Returns the state in Redis afterwards, or null if there is none. */
		byte @Nullable [] state() {
			return this.state;
		}

	}

}
