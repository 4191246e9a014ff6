package io.github.requests4j.cache;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What to do with a request. Immutable.
 *
 * @param action what to do
 * @param stored the stored response, or {@code null} if there is none
 * @param reason why the server is asked, with a name of RFC 9211
 * @param ttl how many seconds the stored response stays fresh
 */
record Decision(Action action, @Nullable StoredResponse stored, String reason, long ttl) {

	enum Action {

		/** Use the stored response. */
		SERVE,

		/** Use the stored response, and validate it in the background. */
		SERVE_AND_REFRESH,

		/** Ask the server whether the stored response is still valid. */
		VALIDATE,

		/** Ask the server for the rest of a response that is stored in part. */
		COMPLETE,

		/** Send the request unchanged. */
		FORWARD,

		/** Fail, because the caller only accepts a stored response. */
		UNAVAILABLE

	}

	static Decision forward(String reason) {
		return new Decision(Action.FORWARD, null, reason, 0);
	}

	static Decision unavailable() {
		return new Decision(Action.UNAVAILABLE, null, "request", 0);
	}

	StoredResponse requireStored() {
		return Objects.requireNonNull(this.stored, "stored");
	}

}
