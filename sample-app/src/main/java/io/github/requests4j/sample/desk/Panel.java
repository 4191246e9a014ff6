package io.github.requests4j.sample.desk;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;

/**
 * A part of the page with the content from a service, or the reason why it is missing.
 * The page still works if one service fails.
 */
record Panel<T>(@Nullable T content, @Nullable String error, @Nullable String detail) {

	static <T> Panel<T> of(Supplier<T> call) {
		try {
			return new Panel<>(call.get(), null, null);
		}
		catch (RequestException ex) {
			return new Panel<>(null, explain(ex), ex.getMessage());
		}
	}

	/** Returns a description of a failure. More specific exceptions are checked first. */
	static String explain(RequestException ex) {
		if (ex instanceof HttpException) {
			return "The service returned an error.";
		}
		if (ex instanceof RequestTimeoutException) {
			return "The service took too long.";
		}
		if (ex instanceof ConnectionException) {
			return "The service could not be reached.";
		}
		return "The call failed.";
	}

}
