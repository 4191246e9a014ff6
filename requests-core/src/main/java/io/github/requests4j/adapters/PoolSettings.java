package io.github.requests4j.adapters;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How connections are kept. Immutable.
 *
 * @param connections how many pools, one for each {@link PoolKey}, are kept; the one that
 * was used longest ago goes first
 * @param maxsize how many connections a pool keeps; in blocking mode also how many there
 * are at once
 * @param block whether a request waits for a connection when all of its pool are in use,
 * instead of opening another one
 * @param timeout how long it waits then; {@code null} for no limit but the deadline
 * @param idleTimeout how long an idle connection is kept; {@code null} for no limit
 * @param timeToLive how long any connection is used at most; {@code null} for no limit
 */
public record PoolSettings(int connections, int maxsize, boolean block, @Nullable Duration timeout,
		@Nullable Duration idleTimeout, @Nullable Duration timeToLive) {

	/**
	 * 10 pools of 10 connections, not blocking, no limits of time: the defaults of
	 * requests.
	 */
	public static final PoolSettings DEFAULTS = new PoolSettings(10, 10, false, null, null, null);

	/**
	 * Checks the numbers.
	 * @param connections how many pools, one for each {@link PoolKey}, are kept; the one
	 * that was used longest ago goes first
	 * @param maxsize how many connections a pool keeps; in blocking mode also how many
	 * there are at once
	 * @param block whether a request waits for a connection when all of its pool are in
	 * use, instead of opening another one
	 * @param timeout how long it waits then; {@code null} for no limit but the deadline
	 * @param idleTimeout how long an idle connection is kept; {@code null} for no limit
	 * @param timeToLive how long any connection is used at most; {@code null} for no
	 * limit
	 * @throws IllegalArgumentException if one is out of range
	 */
	public PoolSettings {
		positive("poolConnections", connections);
		positive("poolMaxsize", maxsize);
		positive("poolTimeout", timeout);
		positive("poolIdleTimeout", idleTimeout);
		positive("poolTimeToLive", timeToLive);
	}

	private static void positive(String name, int value) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + " must be greater than zero, not " + value);
		}
	}

	private static void positive(String name, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new IllegalArgumentException(
					name + " must be longer than zero, not " + value + ". Leave it out for no limit.");
		}
	}

}
