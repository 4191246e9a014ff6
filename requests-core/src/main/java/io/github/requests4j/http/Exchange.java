package io.github.requests4j.http;

import java.util.Objects;

/**
 * One exchange with the network, as listeners see it. The request is to be read only;
 * headers added here travel with this attempt alone (trace context, for instance). Not
 * safe for use after {@link ExchangeListener#begin} has returned.
 */
public final class Exchange {

	/** Why the exchange takes place. */
	public enum Kind {

		/** The first request of a call. */
		FIRST,

		/** The next hop after a redirect. */
		REDIRECT,

		/** Another attempt by the adapter's retry policy. */
		RETRY,

		/** The answer to a challenge of the server. */
		AUTH

	}

	private final PreparedRequest request;

	private final CallContext context;

	private final Kind kind;

	private final int attempt;

	private final CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

	Exchange(PreparedRequest request, CallContext context, Kind kind, int attempt) {
		this.request = Objects.requireNonNull(request, "request");
		this.context = context;
		this.kind = kind;
		this.attempt = attempt;
	}

	/**
	 * The request of this exchange.
	 * @return the request, not to be changed
	 */
	public PreparedRequest request() {
		return this.request;
	}

	/**
	 * Who makes the call.
	 * @return session, client and URI template
	 */
	public CallContext context() {
		return this.context;
	}

	/**
	 * Why the exchange takes place.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Which attempt of the adapter this is.
	 * @return 1 for the first, 2 for the first retry, and so on
	 */
	public int attempt() {
		return this.attempt;
	}

	/**
	 * Adds a header to this attempt only.
	 * @param name the name
	 * @param value the value
	 */
	public void header(String name, String value) {
		this.headers.put(name, value);
	}

	/**
	 * The headers that listeners added.
	 * @return the headers of this attempt, empty if none
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

}
