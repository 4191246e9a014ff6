package io.github.requests4j.spring.resilience;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.Response;

/**
 * What a response means to an instance that has no result predicate of its own.
 */
final class Outcome {

	private Outcome() {
	}

	static boolean isServerError(Response response) {
		return response.statusCode() >= 500 && response.statusCode() < 600;
	}

	/** The statuses whose Retry-After urllib3 honours as well. */
	static boolean asksToComeBack(Response response) {
		int status = response.statusCode();
		return (status == 413 || status == 429 || status == 503) && response.headers().containsKey("Retry-After");
	}

	/** The exception that stands for an error status; lists of exceptions can name it. */
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

}
