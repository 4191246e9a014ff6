package io.github.requests4j.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long the phases of one exchange took. The phases follow each other without gaps, so
 * their sum is the total. A phase is null if the exchange did not have it or has not
 * ended it. After a failure, the last phase is the one that failed, up to the failure.
 * Phases that were repeated, because an idle connection turned out to be closed, are
 * added up. Delays between attempts and waits for a rate limit are not part of an
 * exchange. Immutable. <pre>{@code
 * Timings timings = session.get("items/7").timings();
 * log.info("TLS took {}, the server {}, everything {}", timings.tls(), timings.firstByte(), timings.total());
 * }</pre>
 *
 * @param pool waiting for a connection of the pool, including the preparation of the
 * exchange
 * @param dns looking up the host, or that of the proxy; null for a reused connection
 * @param connect connecting to the server or to the proxy; null for a reused connection
 * @param proxy the handshake with the proxy: its TLS, CONNECT, or SOCKS with the lookup
 * of the host if the client does it; null without a proxy and for a reused connection
 * @param tls the TLS handshake with the server; null for http and for a reused connection
 * @param send sending the request with its body
 * @param firstByte from then until the head of the response was received; null if the
 * server responded before the request was sent completely
 * @param body from then until the end of the body, which is when it was read completely
 * or could not be read, or the response was closed; close to zero for an empty body
 * @param total everything up to the end of the body or to the failure
 * @see Response#timings()
 */
public record Timings(@Nullable Duration pool, @Nullable Duration dns, @Nullable Duration connect,
		@Nullable Duration proxy, @Nullable Duration tls, @Nullable Duration send, @Nullable Duration firstByte,
		@Nullable Duration body, @Nullable Duration total) {

	/**
	 * No phases, for responses that were not received from a server, such as those of a
	 * cache.
	 */
	public static final Timings NONE = new Timings(null, null, null, null, null, null, null, null, null);

	/**
	 * Returns the duration of a phase.
	 * @param phase the phase
	 * @return its duration, or {@code null} if the exchange did not have it or has not
	 * ended it
	 */
	public @Nullable Duration of(Phase phase) {
		return switch (phase) {
			case POOL -> this.pool;
			case DNS -> this.dns;
			case CONNECT -> this.connect;
			case PROXY -> this.proxy;
			case TLS -> this.tls;
			case SEND -> this.send;
			case FIRST_BYTE -> this.firstByte;
			case BODY -> this.body;
		};
	}

	/** The phases of an exchange, in their order. */
	public enum Phase {

		/** Waiting for a connection of the pool. */
		POOL,

		/** Looking up the name of the server or the proxy. */
		DNS,

		/** Connecting to the server or the proxy. */
		CONNECT,

		/** The handshake with a proxy: its TLS, CONNECT, or SOCKS. */
		PROXY,

		/** The TLS handshake with the server. */
		TLS,

		/** Sending the request. */
		SEND,

		/** Waiting for the head of the response. */
		FIRST_BYTE,

		/** Reading the body of the response. */
		BODY

	}

}
