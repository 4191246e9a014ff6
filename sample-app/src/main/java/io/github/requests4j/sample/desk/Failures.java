package io.github.requests4j.sample.desk;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClientResponseException;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ProblemDetail;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.ThrottledException;

/**
 * Explains the failures of calls to those who use the page.
 */
final class Failures {

	private Failures() {
	}

	/** Describes a failure in a sentence that begins with the service. */
	static String explain(String service, RuntimeException failure) {
		if (failure instanceof HttpException answer) {
			ProblemDetail problem = answer.problemDetail();
			String detail = (problem != null) ? problem.detail() : null;
			return service + " returned status " + answer.statusCode() + ((detail != null) ? ": " + detail : "") + ".";
		}
		if (failure instanceof RestClientResponseException answer) {
			return service + " returned status " + answer.getStatusCode().value() + ".";
		}
		if (find(CallNotPermittedException.class, failure) != null) {
			return service + " was not called, because its circuit breaker is open.";
		}
		if (find(RequestTimeoutException.class, failure) != null) {
			return service + " took too long.";
		}
		return service + " could not be reached.";
	}

	/** Returns whether the service rejected the request, or never received it. */
	static boolean nothingHappened(RequestException failure) {
		return failure instanceof ThrottledException || find(CallNotPermittedException.class, failure) != null
				|| (failure instanceof HttpException answer && answer.statusCode() < 500);
	}

	/** Returns whether the service rejected the request with this status. */
	static boolean hasStatus(RequestException failure, int status) {
		return failure instanceof HttpException answer && answer.statusCode() == status;
	}

	private static <T> @Nullable T find(Class<T> type, Throwable failure) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (type.isInstance(each)) {
				return type.cast(each);
			}
		}
		return null;
	}

}
