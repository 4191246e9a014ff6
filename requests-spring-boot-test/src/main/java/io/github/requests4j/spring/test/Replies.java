package io.github.requests4j.spring.test;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;

/**
 * Makes responses of replies, as the transport makes them of what is on the wire.
 */
final class Replies {

	private Replies() {
	}

	static Response response(Reply reply, PreparedRequest request, ExchangeRecord record, Adapter adapter) {
		CaseInsensitiveHeaders headers = reply.headers();
		CookieJar cookies = new CookieJar();
		if (headers.containsKey("Set-Cookie")) {
			cookies.extract(URI.create(Objects.requireNonNull(request.url())), headers.getAll("Set-Cookie"),
					Instant.now());
		}
		return Response.builder(reply.status())
			.headers(headers)
			.request(request)
			.cookies(cookies)
			.raw(reply.stream())
			.elapsed(record.elapsed())
			.connection(adapter)
			.onBodyFailure(record::bodyFailed)
			.build();
	}

}
