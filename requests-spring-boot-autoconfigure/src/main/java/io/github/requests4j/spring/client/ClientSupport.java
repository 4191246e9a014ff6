package io.github.requests4j.spring.client;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.client.ApiVersionInserter;

/**
 * The collaborators that all clients share for bodies, errors and asynchronous calls.
 * Immutable.
 *
 * @param converters the message converters
 * @param versions adds API versions to requests, or {@code null}
 * @param errorMapper maps responses to the application's own exceptions
 * @param executor supplies the executor that completes futures
 */
record ClientSupport(HttpMessageConverters converters, @Nullable ApiVersionInserter versions,
		ResponseErrorMapper errorMapper, Supplier<Executor> executor) {

	/**
	 * Returns a configuration with spring-web's own converters and a new thread for each
	 * future.
	 */
	static ClientSupport plain() {
		Executor executor = new SimpleAsyncTaskExecutor("requests-");
		return new ClientSupport(HttpMessageConverters.forClient().registerDefaults().build(), null,
				(response, call) -> null, () -> executor);
	}

	/**
	 * The message converters of the clients. This is a separate type, because an
	 * application may also have converters for servers.
	 *
	 * @param get the converters
	 */
	record Converters(HttpMessageConverters get) {
	}

}
