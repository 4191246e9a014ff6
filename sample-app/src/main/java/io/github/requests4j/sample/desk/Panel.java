package io.github.requests4j.sample.desk;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestException;

/**
 * A part of the page that has something to show, or a reason why not. One dead service
 * does not take the page with it.
 */
record Panel<T>(@Nullable T content, @Nullable String error) {

	static <T> Panel<T> of(Supplier<T> call) {
		try {
			return new Panel<>(call.get(), null);
		}
		catch (RequestException ex) {
			return new Panel<>(null, ex.getMessage());
		}
	}

}
