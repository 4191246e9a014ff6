package io.github.requests4j.conformance;

import java.util.function.BiFunction;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * An adapter that answers without a network.
 *
 * @param answer makes the response
 */
record AnsweringAdapter(BiFunction<PreparedRequest, SendOptions, Response> answer) implements Adapter {

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		return this.answer.apply(request, options);
	}

	@Override
	public void close() {
	}

}
