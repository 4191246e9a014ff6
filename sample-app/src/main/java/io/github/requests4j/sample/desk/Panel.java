package io.github.requests4j.sample.desk;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;

/**
 * A part of the page: what a service brought, or why it brought nothing. One dead service
 * does not take the page with it.
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

	/** The exceptions of requests are one family: the more special ones come first. */
	static String explain(RequestException ex) {
		if (ex instanceof HttpException) {
			return "The service refused.";
		}
		if (ex instanceof RequestTimeoutException) {
			return "The service took too long.";
		}
		if (ex instanceof ConnectionException) {
			return "The service cannot be reached.";
		}
		return "The call failed.";
	}

}
