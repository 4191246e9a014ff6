package io.github.requests4j.adapters;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the connection pools. Immutable.
 *
 * @param connections the number of pools to keep, one for each {@link PoolKey}; the least
 * recently used is removed first
 * @param maxsize the number of connections that a pool keeps; in blocking mode also the
 * maximum in use
 * @param block whether a request waits for a connection if all connections of its pool
 * are in use, instead of opening another one
 * @param timeout how long such a request waits; {@code null} for no limit but the
 * deadline
 * @param idleTimeout how long an idle connection is kept; {@code null} for no limit
 * @param timeToLive the maximum age of a connection; {@code null} for no limit
 */
public record PoolSettings(int connections, int maxsize, boolean block, @Nullable Duration timeout,
		@Nullable Duration idleTimeout, @Nullable Duration timeToLive) {

	/**
	 * The defaults of requests: 10 pools of 10 connections, not blocking, without time
	 * limits.
	 */
	public static final PoolSettings DEFAULTS = new PoolSettings(10, 10, false, null, null, null);

	/**
	 * Creates settings.
	 * @param connections the number of pools to keep, one for each {@link PoolKey}; the
	 * least recently used is removed first
	 * @param maxsize the number of connections that a pool keeps; in blocking mode also
	 * the maximum in use
	 * @param block whether a request waits for a connection if all connections of its
	 * pool are in use, instead of opening another one
	 * @param timeout how long such a request waits; {@code null} for no limit but the
	 * deadline
	 * @param idleTimeout how long an idle connection is kept; {@code null} for no limit
	 * @param timeToLive the maximum age of a connection; {@code null} for no limit
	 * @throws IllegalArgumentException if one is out of range
	 */
	public PoolSettings {
		requirePositive("poolConnections", connections);
		requirePositive("poolMaxsize", maxsize);
		requirePositive("poolTimeout", timeout);
		requirePositive("poolIdleTimeout", idleTimeout);
		requirePositive("poolTimeToLive", timeToLive);
	}

	private static void requirePositive(String name, int value) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + " must be greater than zero, not " + value);
		}
	}

	private static void requirePositive(String name, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new IllegalArgumentException(
					name + " must be longer than zero, not " + value + ". Leave it out for no limit.");
		}
	}

}
