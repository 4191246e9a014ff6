package io.github.requests4j.http;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One exchange with the network, as passed to listeners. Listeners must not change the
 * request, but can add headers to this attempt, such as a trace context. Headers that are
 * added after {@link ExchangeListener#begin} has returned are not sent.
 */
public final class Exchange {

	/** The reason for an exchange. */
	public enum Kind {

		/** The first request of a call. */
		FIRST,

		/** The next hop after a redirect. */
		REDIRECT,

		/** Another attempt of the adapter's retry policy. */
		RETRY,

		/** The response to an authentication challenge. */
		AUTH,

		/**
		 * Another attempt that was sent while an earlier one was still waiting for its
		 * response.
		 */
		HEDGE

	}

	private final PreparedRequest request;

	private final SendOptions options;

	private final Kind kind;

	private final int attempt;

	/** Created when they are needed, because most exchanges have none. */
	private @Nullable CaseInsensitiveHeaders headers;

	private @Nullable ExchangeRecord record;

	Exchange(PreparedRequest request, SendOptions options, Kind kind, int attempt) {
		this.request = Objects.requireNonNull(request, "request");
		this.options = options;
		this.kind = kind;
		this.attempt = attempt;
	}

	/**
	 * Returns the request of this exchange.
	 * @return the request, which must not be changed
	 */
	public PreparedRequest request() {
		return this.request;
	}

	/**
	 * Returns the origin of the call.
	 * @return session, client and URI template
	 */
	public CallContext context() {
		return this.options.context();
	}

	/**
	 * Returns an attribute of the call. All exchanges of a call have the same attributes.
	 * @param <T> the type of the attribute
	 * @param type the class that the attribute was set for
	 * @return the attribute, or {@code null} if there is none
	 * @see SendOptions#withAttribute
	 */
	public <T> @Nullable T attribute(Class<T> type) {
		return this.options.attribute(type);
	}

	/**
	 * Returns the reason for this exchange.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Returns the number of this attempt of the adapter.
	 * @return 1 for the first, 2 for the first retry, and so on
	 */
	public int attempt() {
		return this.attempt;
	}

	/**
	 * Returns the durations of the phases that have ended. In
	 * {@link ExchangeListener.Scope#responded} these are all phases but the body, and in
	 * {@link ExchangeListener.Scope#failed} all up to the failure.
	 * @return the timings so far
	 */
	public Timings timings() {
		return (this.record != null) ? this.record.timings() : Timings.NONE;
	}

	void record(ExchangeRecord record) {
		this.record = record;
	}

	/**
	 * Sets a header of this attempt only.
	 * @param name the name
	 * @param value the value
	 */
	public void header(String name, String value) {
		headers().put(name, value);
	}

	/**
	 * Returns the headers that listeners added.
	 * @return the headers of this attempt, empty if none
	 */
	public CaseInsensitiveHeaders headers() {
		CaseInsensitiveHeaders added = this.headers;
		if (added == null) {
			added = new CaseInsensitiveHeaders();
			this.headers = added;
		}
		return added;
	}

	/** Returns the headers that listeners added, or null if there are none. */
	@Nullable CaseInsensitiveHeaders addedHeaders() {
		return (this.headers != null && !this.headers.isEmpty()) ? this.headers : null;
	}

}
