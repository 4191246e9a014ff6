package io.github.requests4j.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;

/**
 * Sets the header that determines the end of a request body: Content-Length or
 * Transfer-Encoding, never both, and exactly one of them if there is a body. Ambiguous
 * lengths allow request smuggling (RFC 9112 section 11.2).
 */
final class RequestFraming {

	static final String CONTENT_LENGTH = "Content-Length";

	static final String TRANSFER_ENCODING = "Transfer-Encoding";

	private static final String CHUNKED = "chunked";

	private RequestFraming() {
	}

	/**
	 * Sets the header for a body, or for a request without one.
	 * @param before the header that was previously set here and not by the caller;
	 * {@code null} for none
	 * @return the header that was set here, or {@code null}
	 */
	static @Nullable String setHeaders(CaseInsensitiveHeaders headers, @Nullable String method, @Nullable Body body,
			@Nullable String before) {
		if (body == null) {
			return setNoBody(headers, method, before);
		}
		return body.hasLength() ? setLength(headers, body, before) : setChunked(headers, before);
	}

	private static @Nullable String setNoBody(CaseInsensitiveHeaders headers, @Nullable String method,
			@Nullable String before) {
		if (before != null) {
			headers.remove(before);
		}
		boolean rarelyHasBody = "GET".equals(method) || "HEAD".equals(method);
		if (!rarelyHasBody && headers.get(CONTENT_LENGTH) == null && !headers.containsKey(TRANSFER_ENCODING)) {
			headers.put(CONTENT_LENGTH, "0");
			return CONTENT_LENGTH;
		}
		return null;
	}

	private static @Nullable String setLength(CaseInsensitiveHeaders headers, Body body, @Nullable String before) {
		if (TRANSFER_ENCODING.equals(before)) {
			headers.remove(TRANSFER_ENCODING);
		}
		if (headers.containsKey(TRANSFER_ENCODING)) {
			// The caller has chosen chunks, which is fine, but only one of the headers
			// may be set
			if (CONTENT_LENGTH.equals(before)) {
				headers.remove(CONTENT_LENGTH);
			}
			return null;
		}
		headers.put(CONTENT_LENGTH, Long.toString(body.contentLength()));
		return CONTENT_LENGTH;
	}

	private static @Nullable String setChunked(CaseInsensitiveHeaders headers, @Nullable String before) {
		if (CONTENT_LENGTH.equals(before)) {
			headers.remove(CONTENT_LENGTH);
		}
		if (headers.containsKey(CONTENT_LENGTH)
				|| (headers.containsKey(TRANSFER_ENCODING) && !TRANSFER_ENCODING.equals(before))) {
			return null;
		}
		headers.put(TRANSFER_ENCODING, CHUNKED);
		return TRANSFER_ENCODING;
	}

	/**
	 * Rejects contradictory lengths under names that differ only in case, of which only
	 * one would be checked later.
	 */
	static void rejectContradictions(Map<String, ? extends @Nullable String> headers) {
		if (headers instanceof CaseInsensitiveHeaders) {
			return;
		}
		Map<String, String> seen = new HashMap<>();
		for (Map.Entry<String, ? extends @Nullable String> header : headers.entrySet()) {
			String name = header.getKey();
			String value = header.getValue();
			if (value != null && isFraming(name)) {
				String other = seen.put(name.toLowerCase(Locale.ROOT), value);
				if (other != null && !other.equals(value)) {
					throw HeaderFaults.ambiguousLength(name + " is set twice, to " + PrintableText.quoted(other)
							+ " and to " + PrintableText.quoted(value));
				}
			}
		}
	}

	private static boolean isFraming(String name) {
		return CONTENT_LENGTH.equalsIgnoreCase(name) || TRANSFER_ENCODING.equalsIgnoreCase(name);
	}

	/**
	 * Rejects headers that make the end of the request ambiguous.
	 * @throws InvalidHeaderException if they do
	 */
	static void check(CaseInsensitiveHeaders headers, @Nullable Body body) {
		String length = headers.get(CONTENT_LENGTH);
		String encoding = headers.get(TRANSFER_ENCODING);
		String reason = HeaderRules.contradiction(length, encoding);
		if (reason != null) {
			throw HeaderFaults.ambiguousLength(reason);
		}
		if (body == null && encoding != null) {
			throw HeaderFaults.ambiguousLength(TRANSFER_ENCODING + " is set, but there is no body");
		}
		if (body == null && length != null && Digits.parse(length) > 0) {
			throw HeaderFaults.ambiguousLength(CONTENT_LENGTH + " is " + length + ", but there is no body");
		}
	}

}
