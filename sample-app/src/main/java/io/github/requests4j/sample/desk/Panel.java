package io.github.requests4j.sample.desk;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClientException;

import io.github.requests4j.http.RequestException;

/**
 * A part of the page with the content from a service, or the reason why it is missing.
 * The page still works if one service fails.
 */
record Panel<T>(@Nullable T content, @Nullable String error, @Nullable String detail) {

	static <T> Panel<T> of(String service, Supplier<T> call) {
		try {
			return new Panel<>(call.get(), null, null);
		}
		catch (RequestException | RestClientException ex) {
			return new Panel<>(null, Failures.explain(service, ex), ex.getMessage());
		}
	}

}
