package io.github.requests4j;

import java.util.Objects;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.decode.ContentDecoders;

/**
 * The headers of a session to which nothing was set: User-Agent, Accept-Encoding, Accept
 * and Connection, in this order.
 */
final class DefaultHeaders {

	private static final String ACCEPT_ENCODING = "Accept-Encoding";

	private static final CaseInsensitiveHeaders HEADERS = make();

	private DefaultHeaders() {
	}

	/**
	 * The headers, as a copy that may be changed.
	 */
	static CaseInsensitiveHeaders copy() {
		return HEADERS.copy();
	}

	/**
	 * Gives a header the value it has where nothing was set, or takes it out.
	 */
	static void restore(String name, CaseInsensitiveHeaders headers) {
		String value = HEADERS.get(name);
		if (value != null) {
			headers.put(name, value);
		}
		else {
			headers.remove(name);
		}
	}

	/**
	 * Asks for a part of a resource as it is, like browsers: a range of an encoded body
	 * cannot be decoded. An Accept-Encoding that the caller has chosen stays.
	 */
	static void forRange(CaseInsensitiveHeaders headers) {
		if (headers.get("Range") != null
				&& Objects.equals(headers.get(ACCEPT_ENCODING), HEADERS.get(ACCEPT_ENCODING))) {
			headers.put(ACCEPT_ENCODING, "identity");
		}
	}

	private static CaseInsensitiveHeaders make() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("User-Agent", Version.userAgent());
		headers.put(ACCEPT_ENCODING, ContentDecoders.acceptEncoding());
		headers.put("Accept", "*/*");
		headers.put("Connection", "keep-alive");
		return headers;
	}

}
