package io.github.requests4j.spring.session;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;

/**
 * Tells whether a request may be sent once more, for those who repeat calls from outside
 * the adapter.
 */
public final class Repetition {

	/**
	 * The header by which a server knows a request again
	 * (draft-ietf-httpapi-idempotency-key-header).
	 */
	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private Repetition() {
	}

	/**
	 * Whether the request may be sent again after it may have reached the server: its
	 * method promises to do no more the second time (RFC 9110, section 9.2.2) or it
	 * carries an Idempotency-Key, and its body can be sent again.
	 * @param request the request
	 * @return whether sending it twice is harmless
	 */
	public static boolean isHarmless(PreparedRequest request) {
		Body body = request.body();
		return (body == null || body.isRewindable()) && (Retry.DEFAULT_ALLOWED_METHODS.contains(request.method())
				|| request.headers().containsKey(IDEMPOTENCY_KEY));
	}

	/**
	 * Whether a call failed before anything of the request was sent, because no
	 * connection came about. Such a request may be sent again whatever it is.
	 * @param failure how the call failed
	 * @return {@code true} if nothing was sent
	 */
	public static boolean isUnsent(RequestException failure) {
		if (failure instanceof ConnectTimeoutException) {
			return true;
		}
		for (@Nullable
		Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof UnknownHostException
					|| cause instanceof NoRouteToHostException) {
				return true;
			}
		}
		return false;
	}

}
