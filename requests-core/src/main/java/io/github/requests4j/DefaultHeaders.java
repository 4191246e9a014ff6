package io.github.requests4j;

import java.util.Objects;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.decode.OptionalCodecs;

/**
 * The default headers of a session: User-Agent, Accept-Encoding, Accept and Connection,
 * in this order.
 */
final class DefaultHeaders {

	private static final String ACCEPT_ENCODING = "Accept-Encoding";

	private static final CaseInsensitiveHeaders HEADERS = create();

	private DefaultHeaders() {
	}

	/**
	 * Returns a modifiable copy of the headers.
	 */
	static CaseInsensitiveHeaders copy() {
		return HEADERS.copy();
	}

	/**
	 * Resets a header to its default value, or removes it if it has none.
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
	 * Requests a range without content encoding, as browsers do, because part of an
	 * encoded body cannot be decoded. An Accept-Encoding that the caller has set is kept.
	 */
	static void forRange(CaseInsensitiveHeaders headers) {
		if (headers.get("Range") != null
				&& Objects.equals(headers.get(ACCEPT_ENCODING), HEADERS.get(ACCEPT_ENCODING))) {
			headers.put(ACCEPT_ENCODING, "identity");
		}
	}

	private static CaseInsensitiveHeaders create() {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("User-Agent", Version.userAgent());
		headers.put(ACCEPT_ENCODING, OptionalCodecs.acceptEncoding());
		headers.put("Accept", "*/*");
		headers.put("Connection", "keep-alive");
		return headers;
	}

}
