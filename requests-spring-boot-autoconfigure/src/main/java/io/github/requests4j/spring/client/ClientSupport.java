package io.github.requests4j.spring.client;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.client.ApiVersionInserter;

/**
 * What clients have in common: how bodies are written and read, what becomes of errors,
 * and where asynchronous calls run. Immutable.
 *
 * @param converters the message converters
 * @param versions where API versions go, or {@code null}
 * @param errorMappers the application's own exceptions, in order
 * @param executor where futures are completed
 */
record ClientSupport(HttpMessageConverters converters, @Nullable ApiVersionInserter versions,
		List<ResponseErrorMapper> errorMappers, Supplier<Executor> executor) {

	/** Spring-web's own converters, and a new thread for each future. */
	static ClientSupport plain() {
		Executor executor = new SimpleAsyncTaskExecutor("requests-");
		return new ClientSupport(HttpMessageConverters.forClient().registerDefaults().build(), null, List.of(),
				() -> executor);
	}

	/**
	 * The message converters of the clients; a type of its own, since an application may
	 * have converters for servers too.
	 *
	 * @param get the converters
	 */
	record Converters(HttpMessageConverters get) {
	}

}
