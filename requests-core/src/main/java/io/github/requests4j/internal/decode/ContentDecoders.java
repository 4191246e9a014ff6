package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Undoes the codings of a Content-Encoding header (RFC 9110 section 8.4). Knows gzip
 * (also as x-gzip), deflate (with and without its zlib wrapper), br when brotli4j works,
 * and zstd when zstd-jni does. Safe for many threads; the streams it makes are for one
 * thread each.
 */
public final class ContentDecoders {

	private ContentDecoders() {
	}

	/**
	 * Puts decoders on a body, for the coding applied last first. A coding that is not
	 * known ends the decoding: what is beneath it passes as it is. Nothing is read here;
	 * data that does not fit its coding fails when it is read, with a
	 * {@link DecodingException}, and so does a body that ends before its coding does.
	 * Bytes after the end of gzip and deflate data are ignored. Memory stays the same
	 * however much a body grows.
	 * @param raw the body as it comes from the wire
	 * @param contentEncoding the value of Content-Encoding, names in any case, repeats
	 * joined by commas; {@code null} for none
	 * @param limits how far to go
	 * @return the decoded body; the very same stream when there is nothing to do. Closing
	 * it closes the raw one
	 * @throws DecodingException if there are more codings than allowed
	 * @throws IOException if a decoder cannot be started
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
	 * Whether a Content-Encoding names a coding that would be undone.
	 * @param contentEncoding the value of the header, or {@code null}
	 * @return {@code false} when the body is to be read as it is
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

	// Each layer is bounded, not the last alone: between two layers a body may grow and
	// shrink again.
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
						"it has more than " + max + " content codings, which is only done to attack");
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
