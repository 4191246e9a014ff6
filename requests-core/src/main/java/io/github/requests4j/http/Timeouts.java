package io.github.requests4j.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The time limits for establishing a connection and for reading. The read timeout limits
 * each wait to receive or send data, not the whole call, which the deadline limits. A
 * wait ends at most about 50 ms after its limit. Immutable. <pre>{@code
 * Session session = Session.builder()
 *     .timeouts(Timeouts.of(Duration.ofSeconds(2), Duration.ofSeconds(10)))
 *     .build();
 * }</pre>
 *
 * @param connect the limit for establishing the connection, including name resolution,
 * TCP, TLS and proxy handshakes; {@code null} for no limit
 * @param read the limit for each wait while sending and receiving; {@code null} for no
 * limit
 */
public record Timeouts(@Nullable Duration connect, @Nullable Duration read) {

	/** No limits, which is the default of the core library, as in requests. */
	public static final Timeouts NONE = new Timeouts(null, null);

	/**
	 * Creates timeouts.
	 * @param connect the limit for establishing the connection, including TLS and proxy
	 * handshakes; {@code null} for no limit
	 * @param read the limit for each wait for data; {@code null} for no limit
	 * @throws IllegalArgumentException if a limit is zero or negative
	 */
	public Timeouts {
		check("connect", connect);
		check("read", read);
	}

	/**
	 * Creates timeouts with one limit for both.
	 * @param both the connect and the read timeout
	 * @return the timeouts
	 * @throws IllegalArgumentException if the limit is zero or negative
	 */
	public static Timeouts of(Duration both) {
		return new Timeouts(both, both);
	}

	/**
	 * Creates timeouts with separate limits.
	 * @param connect the connect timeout, or {@code null} for none
	 * @param read the read timeout, or {@code null} for none
	 * @return the timeouts
	 * @throws IllegalArgumentException if a limit is zero or negative
	 */
	public static Timeouts of(@Nullable Duration connect, @Nullable Duration read) {
		return new Timeouts(connect, read);
	}

	private static void check(String which, @Nullable Duration limit) {
		if (limit != null && (limit.isZero() || limit.isNegative())) {
			throw new IllegalArgumentException("Attempted to set " + which + " timeout to " + limit
					+ ", but the timeout cannot be set to a value less than or equal to 0."
					+ " Use null for no limit.");
		}
	}

}
