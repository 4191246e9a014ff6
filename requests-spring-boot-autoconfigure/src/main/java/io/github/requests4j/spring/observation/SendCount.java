package io.github.requests4j.spring.observation;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Counts how often the request of one call was sent, including redirects, retries of any
 * layer, responses to challenges and hedges. Each call has its own counter as an
 * attribute. Thread-safe, because hedges run on other threads.
 */
final class SendCount {

	private final AtomicInteger sent = new AtomicInteger();

	/** Counts another exchange, and returns how many there were before. */
	int next() {
		return this.sent.getAndIncrement();
	}

	/** Adds a counter to each call. */
	static final class Interceptor implements CallInterceptor {

		@Override
		public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
			return chain.proceed(request, options.withAttribute(SendCount.class, new SendCount()));
		}

	}

}
