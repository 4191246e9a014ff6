package io.github.requests4j.spring.internal.http;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.decode.ContentDecoders;

/**
 * The headers of a response as they fit its decoded body, which is the only body that
 * Spring's callers see.
 */
public final class DecodedHeaders {

	private DecodedHeaders() {
	}

	/**
	 * Copies the headers. {@code Content-Encoding} and the {@code Content-Length} of an
	 * encoded body are left out: passed on with the decoded body, they would make a
	 * broken message. As with Spring's own clients, that goes for HEAD and 304 too.
	 * @param response the response
	 * @return the headers, for the caller to keep and to change
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
			String left = undone(coding);
			if (left != null) {
				headers.set(HttpHeaders.CONTENT_ENCODING, left);
			}
			else {
				headers.remove(HttpHeaders.CONTENT_ENCODING);
			}
		}
		return headers;
	}

	/** What is left of the codings, of which the last one is undone first. */
	private static @Nullable String undone(@Nullable String codings) {
		String left = codings;
		while (left != null && ContentDecoders.isEncoded(left)) {
			int comma = left.lastIndexOf(',');
			left = (comma >= 0) ? left.substring(0, comma).strip() : null;
		}
		return left;
	}

}
