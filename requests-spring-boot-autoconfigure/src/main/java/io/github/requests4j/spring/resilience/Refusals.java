package io.github.requests4j.spring.resilience;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.url.Url;

/**
 * Calls that were not let through: a {@link ConnectionException}, since nothing was sent,
 * whose cause is the exception of Resilience4j.
 */
final class Refusals {

	private Refusals() {
	}

	static RequestException of(String message, RuntimeException cause, PreparedRequest request) {
		Url url = request.parsedUrl();
		String target = (url.host() != null) ? url.origin() : String.valueOf(url.scheme());
		return new ConnectionException(request.method() + " " + target + " was not sent: " + message, cause)
			.attach(request, null);
	}

	/** Whether a call was refused here, which says nothing of the server. */
	static boolean isRefusal(RequestException failure) {
		Throwable cause = failure.getCause();
		return cause instanceof CallNotPermittedException || cause instanceof RequestNotPermitted
				|| cause instanceof BulkheadFullException;
	}

	/**
	 * The exception that lists such as {@code ignore-exceptions} are asked about: for
	 * refusals that of Resilience4j, as with its annotations.
	 */
	static Throwable asListed(RequestException failure) {
		Throwable cause = failure.getCause();
		return (cause != null && isRefusal(failure)) ? cause : failure;
	}

}
