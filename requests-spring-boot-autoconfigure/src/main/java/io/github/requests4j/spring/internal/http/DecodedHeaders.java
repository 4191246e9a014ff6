package io.github.requests4j.spring.internal.http;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.decode.ContentDecoders;

/**
 * Adapts the headers of a response to its decoded body, which is the only body that
 * Spring's callers see.
 */
public final class DecodedHeaders {

	private DecodedHeaders() {
	}

	/**
	 * Returns a copy of the headers without the {@code Content-Encoding} and the
	 * {@code Content-Length} of an encoded body, which would not match the decoded body.
	 * As in Spring's own clients, this applies to HEAD and 304, too.
	 * @param response the response
	 * @return a new object that the caller may change
	 */
	public static HttpHeaders of(Response response) {
		CaseInsensitiveHeaders received = response.headers();
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < received.size(); i++) {
			headers.addAll(received.nameAt(i), received.getAll(received.nameAt(i)));
		}
		String coding = received.get(HttpHeaders.CONTENT_ENCODING);
		if (ContentDecoders.isEncoded(coding)) {
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			String remainingCodings = remaining(coding);
			if (remainingCodings != null) {
				headers.set(HttpHeaders.CONTENT_ENCODING, remainingCodings);
			}
			else {
				headers.remove(HttpHeaders.CONTENT_ENCODING);
			}
		}
		return headers;
	}

	/**
	 * Returns the codings that remain after decoding, which starts with the last one, or
	 * null.
	 */
	private static @Nullable String remaining(@Nullable String codings) {
		String remainingCodings = codings;
		while (remainingCodings != null && ContentDecoders.isEncoded(remainingCodings)) {
			int comma = remainingCodings.lastIndexOf(',');
			remainingCodings = (comma >= 0) ? remainingCodings.substring(0, comma).strip() : null;
		}
		return remainingCodings;
	}

}
