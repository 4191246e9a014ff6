package io.github.requests4j;

import java.util.function.BiConsumer;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Passes what an adapter receives to an observer, and answers 200 without a network.
 *
 * @param observer is shown each request and its options
 */
record FixedAdapter(BiConsumer<PreparedRequest, SendOptions> observer) implements Adapter {

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		this.observer.accept(request, options);
		return Response.builder(200).request(request).build();
	}

	@Override
	public void close() {
	}

}
