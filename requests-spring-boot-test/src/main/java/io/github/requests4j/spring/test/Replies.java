package io.github.requests4j.spring.test;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings;

/**
 * Converts replies to responses, in the same way as the transport.
 */
final class Replies {

	private Replies() {
	}

	static Response response(Reply reply, PreparedRequest request, ExchangeRecord record, Adapter adapter) {
		record.enter(Timings.Phase.BODY);
		record.complete();
		return Response.builder(reply.status())
			.reason(reply.reason())
			.headers(reply.headers())
			.request(request)
			.raw(reply.stream())
			.elapsed(record.elapsed())
			.connection(adapter)
			.exchange(record)
			.build();
	}

}
