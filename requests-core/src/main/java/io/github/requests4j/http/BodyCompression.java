package io.github.requests4j.http;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides which bodies are compressed, and compresses them with gzip (RFC 9110 section
 * 8.4). Bodies in memory keep a known length; others are sent in chunks.
 */
final class BodyCompression {

	static final String CONTENT_ENCODING = "Content-Encoding";

	/** Headers that describe the bytes of the body as the caller gave it. */
	private static final List<String> HEADERS_OF_BYTES = List.of(CONTENT_ENCODING, "Content-Range", "Content-MD5",
			"Digest", "Content-Digest", "Repr-Digest");

	/** Media types whose content is compressed already. */
	private static final List<String> COMPRESSED = List.of("image/", "audio/", "video/", "font/woff", "application/zip",
			"application/gzip", "application/zstd", "application/x-7z", "application/vnd.rar", "application/x-xz",
			"application/x-bzip2");

	private BodyCompression() {
	}

	/**
	 * Compresses a body and sets the header that says so.
	 * @param body the body, already prepared
	 * @param minLength the length from which bodies are compressed
	 * @return the compressed body, or the same one if compressing is not allowed or does
	 * not help
	 */
	static Body apply(Body body, CaseInsensitiveHeaders headers, long minLength) {
		long length = body.contentLength();
		boolean known = length != Body.UNKNOWN_LENGTH;
		if ((known && (length < minLength || length == 0)) || HEADERS_OF_BYTES.stream().anyMatch(headers::containsKey)
				|| isCompressed(type(body, headers))
				|| (!known && headers.get(RequestFraming.CONTENT_LENGTH) != null)) {
			return body;
		}
		Body compressed = body.compressed();
		if (compressed.contentLength() >= length && compressed.contentLength() != Body.UNKNOWN_LENGTH) {
			return body;
		}
		headers.put(CONTENT_ENCODING, "gzip");
		// Only the length of the compressed body may be sent.
		headers.remove(RequestFraming.CONTENT_LENGTH);
		return compressed;
	}

	private static @Nullable String type(Body body, CaseInsensitiveHeaders headers) {
		String type = headers.get(PreparedRequest.CONTENT_TYPE);
		return (type != null) ? type : body.contentType();
	}

	private static boolean isCompressed(@Nullable String type) {
		String lower = (type != null) ? type.toLowerCase(Locale.ROOT).strip() : "";
		return !lower.contains("+xml") && COMPRESSED.stream().anyMatch(lower::startsWith);
	}

}
