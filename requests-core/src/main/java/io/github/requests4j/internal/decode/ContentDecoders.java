package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the codings of a Content-Encoding header (RFC 9110 section 8.4). Supports gzip
 * (also as x-gzip), deflate (with and without its zlib wrapper), br if brotli4j works,
 * and zstd if zstd-jni works. Thread-safe, but the streams are not.
 */
public final class ContentDecoders {

	private ContentDecoders() {
	}

	/**
	 * Returns a stream that decodes a body, starting with the coding that was applied
	 * last. Decoding stops at an unknown coding, below which the data is not decoded.
	 * This method does not read the body. Reading invalid or truncated data throws a
	 * {@link DecodingException}. Bytes after the end of gzip and deflate data are
	 * ignored. Memory use does not depend on the size of the body.
	 * @param raw the encoded body
	 * @param contentEncoding the case-insensitive value of Content-Encoding, with repeats
	 * joined by commas; {@code null} for none
	 * @param limits the limits of decoding
	 * @return the decoded body, which is the same stream if it is not encoded; closing it
	 * closes the raw one
	 * @throws DecodingException if there are more codings than allowed
	 * @throws IOException if a decoder cannot be created
	 */
	public static InputStream decode(InputStream raw, @Nullable String contentEncoding, DecodeLimits limits)
			throws IOException {
		List<Coding> codings = (contentEncoding != null) ? codings(contentEncoding, limits.maxCodings()) : List.of();
		if (!limits.isBounded()) {
			return stack(raw, codings);
		}
		return codings.isEmpty() ? boundedPlain(raw, limits) : boundedStack(raw, codings, limits);
	}

	/**
	 * Returns whether a Content-Encoding contains a supported coding.
	 * @param contentEncoding the value of the header, or {@code null}
	 * @return {@code false} if the body is not decoded
	 */
	public static boolean isEncoded(@Nullable String contentEncoding) {
		if (contentEncoding == null || contentEncoding.isEmpty()) {
			return false;
		}
		String last = contentEncoding.substring(contentEncoding.lastIndexOf(',') + 1).strip();
		return Coding.isPlain(last) ? contentEncoding.indexOf(',') >= 0 : Coding.named(last) != null;
	}

	private static InputStream stack(InputStream raw, List<Coding> codings) throws IOException {
		InputStream stream = raw;
		for (Coding coding : codings) {
			stream = coding.decode(stream);
		}
		return stream;
	}

	private static InputStream boundedPlain(InputStream raw, DecodeLimits limits) {
		return (limits.maxDecoded() >= 0) ? new BoundedStream(raw, null, limits) : raw;
	}

	// Each layer is bounded, not only the last one, because a body may grow and shrink
	// again between layers.
	private static InputStream boundedStack(InputStream raw, List<Coding> codings, DecodeLimits limits)
			throws IOException {
		CountedStream counted = new CountedStream(raw);
		InputStream stream = counted;
		for (Coding coding : codings) {
			stream = new BoundedStream(coding.decode(stream), counted, limits);
		}
		return stream;
	}

	private static List<Coding> codings(String contentEncoding, int max) {
		List<Coding> codings = new ArrayList<>(2);
		int count = 0;
		boolean known = true;
		for (int end = contentEncoding.length(); end >= 0;) {
			int start = contentEncoding.lastIndexOf(',', end - 1);
			String name = contentEncoding.substring(start + 1, end).strip();
			end = start;
			if (!name.isEmpty() && ++count > max) {
				throw new DecodingException(
						"It has more than " + max + " content codings, which is usually an attack.");
			}
			if (known && !Coding.isPlain(name)) {
				Coding coding = Coding.named(name);
				known = coding != null;
				if (coding != null) {
					codings.add(coding);
				}
			}
		}
		return codings;
	}

}
