package io.github.requests4j.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;

/**
 * Announces where the body of a request ends: by Content-Length or by chunks, never by
 * both, and never by neither when there is a body. Ambiguous lengths are how requests are
 * smuggled (RFC 9112 section 11.2).
 */
final class RequestFraming {

	static final String CONTENT_LENGTH = "Content-Length";

	static final String TRANSFER_ENCODING = "Transfer-Encoding";

	private static final String CHUNKED = "chunked";

	private RequestFraming() {
	}

	/**
	 * Announces a body, or that there is none.
	 * @param before the header that was set here before, as opposed to by the caller;
	 * {@code null} for none
	 * @return the header that is now set here, or {@code null}
	 */
	static @Nullable String announce(CaseInsensitiveHeaders headers, @Nullable String method, @Nullable Body body,
			@Nullable String before) {
		if (body == null) {
			return announceNone(headers, method, before);
		}
		return body.hasLength() ? announceLength(headers, body, before) : announceChunks(headers, before);
	}

	private static @Nullable String announceNone(CaseInsensitiveHeaders headers, @Nullable String method,
			@Nullable String before) {
		if (before != null) {
			headers.remove(before);
		}
		boolean bodyIsUnusual = "GET".equals(method) || "HEAD".equals(method);
		if (!bodyIsUnusual && headers.get(CONTENT_LENGTH) == null && !headers.containsKey(TRANSFER_ENCODING)) {
			headers.put(CONTENT_LENGTH, "0");
			return CONTENT_LENGTH;
		}
		return null;
	}

	private static @Nullable String announceLength(CaseInsensitiveHeaders headers, Body body, @Nullable String before) {
		if (TRANSFER_ENCODING.equals(before)) {
			headers.remove(TRANSFER_ENCODING);
		}
		if (headers.containsKey(TRANSFER_ENCODING)) {
			// The caller wants chunks: that is as good an answer, but only one may be
			// given
			if (CONTENT_LENGTH.equals(before)) {
				headers.remove(CONTENT_LENGTH);
			}
			return null;
		}
		headers.put(CONTENT_LENGTH, Long.toString(body.contentLength()));
		return CONTENT_LENGTH;
	}

	private static @Nullable String announceChunks(CaseInsensitiveHeaders headers, @Nullable String before) {
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
	 * Rejects two lengths under names that differ in case only, of which just one would
	 * be seen later.
	 */
	static void refuseContradictions(Map<String, ? extends @Nullable String> headers) {
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
					throw HeaderFaults.ambiguousLength(name + " is given twice, as " + PrintableText.quoted(other)
							+ " and as " + PrintableText.quoted(value));
				}
			}
		}
	}

	private static boolean isFraming(String name) {
		return CONTENT_LENGTH.equalsIgnoreCase(name) || TRANSFER_ENCODING.equalsIgnoreCase(name);
	}

	/**
	 * Rejects what would leave the server in doubt where the request ends.
	 * @throws InvalidHeaderException if it would
	 */
	static void check(CaseInsensitiveHeaders headers, @Nullable Body body) {
		String length = headers.get(CONTENT_LENGTH);
		String encoding = headers.get(TRANSFER_ENCODING);
		String reason = HeaderRules.contradiction(length, encoding);
		if (reason != null) {
			throw HeaderFaults.ambiguousLength(reason);
		}
		if (body == null && encoding != null) {
			throw HeaderFaults.ambiguousLength(TRANSFER_ENCODING + " is given, but there is no body");
		}
		if (body == null && length != null && Digits.parse(length) > 0) {
			throw HeaderFaults.ambiguousLength(CONTENT_LENGTH + " is " + length + ", but there is no body");
		}
	}

}
