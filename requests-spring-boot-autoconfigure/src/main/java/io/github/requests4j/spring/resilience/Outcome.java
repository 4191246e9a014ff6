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
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.internal.url.UrlText;

/**
 * Classifies responses and failures for instances, and creates the exception for a call
 * that an instance rejects.
 */
final class Outcome {

	private Outcome() {
	}

	static boolean isServerError(Response response) {
		return response.statusCode() >= 500 && response.statusCode() < 600;
	}

	/**
	 * Returns the exception for an error status, which can be in the lists of exceptions
	 * of an instance.
	 */
	static HttpException asFailure(Response response) {
		@Nullable HttpException error = null;
		try {
			response.raiseForStatus();
		}
		catch (HttpException ex) {
			error = ex;
		}
		return (error != null) ? error : new HttpException("Status " + response.statusCode(), response);
	}

	/**
	 * Returns the exception for a rejected call. It is a {@link ConnectionException},
	 * because nothing was sent, and its cause is the exception of Resilience4j.
	 */
	static RequestException rejection(String message, RuntimeException cause, PreparedRequest request) {
		return new ConnectionException(UrlText.call(request.method(), request.parsedUrl()) + ": rejected by " + message,
				cause)
			.attach(request, null);
	}

	/**
	 * Returns whether a call was rejected by an instance or by the rate limit of the
	 * session, which does not indicate a problem with the server.
	 */
	static boolean isRejection(RequestException failure) {
		Throwable cause = failure.getCause();
		return cause instanceof CallNotPermittedException || cause instanceof RequestNotPermitted
				|| cause instanceof BulkheadFullException || failure instanceof ThrottledException;
	}

	/**
	 * Returns the exception that is compared with lists such as
	 * {@code ignore-exceptions}. For rejections, this is that of Resilience4j, as with
	 * its annotations.
	 */
	static Throwable asListed(RequestException failure) {
		Throwable cause = failure.getCause();
		return (cause != null && isRejection(failure)) ? cause : failure;
	}

}
