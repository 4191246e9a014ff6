package io.github.requests4j.spring.resilience;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.url.Url;

/**
 * What the responses and failures of calls mean to instances, and the failure of a call
 * that an instance did not let through.
 */
final class Outcome {

	private Outcome() {
	}

	static boolean isServerError(Response response) {
		return response.statusCode() >= 500 && response.statusCode() < 600;
	}

	/** Returns the exception for an error status; lists of exceptions can name it. */
	static HttpException asFailure(Response response) {
		@Nullable HttpException raised = null;
		try {
			response.raiseForStatus();
		}
		catch (HttpException ex) {
			raised = ex;
		}
		return (raised != null) ? raised : new HttpException("Status " + response.statusCode(), response);
	}

	/**
	 * Makes the exception for a call that was not let through: a
	 * {@link ConnectionException}, since nothing was sent, whose cause is the exception
	 * of Resilience4j.
	 */
	static RequestException refusal(String message, RuntimeException cause, PreparedRequest request) {
		return new ConnectionException(request.method() + " " + target(request) + " was not sent: " + message, cause)
			.attach(request, null);
	}

	/** The origin that a request is for, which holds no secrets. */
	static String target(PreparedRequest request) {
		Url url = request.parsedUrl();
		return (url.host() != null) ? url.origin() : String.valueOf(url.scheme());
	}

	/** Whether a call was refused here, which says nothing about the server. */
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
