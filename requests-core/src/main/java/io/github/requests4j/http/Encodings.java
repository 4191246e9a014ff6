package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.EncodingDetector;
import io.github.requests4j.internal.text.MetaCharsets;
import io.github.requests4j.internal.text.TextCodec;

/**
 * How the text of a response is encoded: the functions of {@code requests.utils} about
 * encodings. Names of encodings are those of Python, of which most are Java's too. Safe
 * for many threads. <pre>{@code
 * if (response.encoding() == null) {
 *     response.encoding(Encodings.detect(response.content()));
 * }
 * }</pre>
 */
public final class Encodings {

	private static final String LATIN_1 = "ISO-8859-1";

	private Encodings() {
	}

	/**
	 * The encoding that the headers tell ({@code get_encoding_from_headers}): the charset
	 * of Content-Type as it was written; without one ISO-8859-1 for {@code text/*} and
	 * utf-8 for {@code application/json}. Unlike requests, types are compared in any case
	 * and as a whole.
	 * @param headers the headers of a response
	 * @return the name, possibly {@code ""} or of no encoding at all; {@code null} if the
	 * headers do not tell
	 */
	public static @Nullable String getEncodingFromHeaders(CaseInsensitiveHeaders headers) {
		String header = headers.get("Content-Type");
		if (header == null || header.isEmpty()) {
			return null;
		}
		// What most services send needs no parsing.
		if (header.equals("application/json")) {
			return "utf-8";
		}
		ContentType contentType = ContentType.parse(header);
		if (contentType.charset() != null) {
			return contentType.charset();
		}
		if (contentType.isText()) {
			return LATIN_1;
		}
		return contentType.isJson() ? "utf-8" : null;
	}

	/**
	 * The encodings that a document declares for itself
	 * ({@code get_encodings_from_content}): those of {@code <meta charset>}, then of
	 * {@code <meta content=";charset=">}, then of the XML declaration.
	 * @param content the document
	 * @return the names as they are written, empty if there are none
	 */
	public static List<String> getEncodingsFromContent(String content) {
		List<String> encodings = new ArrayList<>();
		MetaCharsets.find(content, encodings);
		return encodings;
	}

	/**
	 * The content as text by its headers alone ({@code get_unicode_from_response}): in
	 * their encoding; in the same encoding with U+FFFD for what is malformed; in UTF-8 if
	 * there is no such encoding. Nothing is detected.
	 * @param response the response; its content is read and kept
	 * @return the text
	 * @throws RequestException if the content cannot be read
	 */
	public static String getUnicodeFromResponse(Response response) {
		String encoding = getEncodingFromHeaders(response.headers());
		TextCodec codec = (encoding != null) ? TextCodec.named(encoding) : null;
		return Objects.requireNonNullElse(codec, TextCodec.UTF_8).decode(response.content());
	}

	/**
	 * Which of the encodings of JSON some bytes are in ({@code guess_json_utf}), by a
	 * byte order mark or by where zeros are in the first four bytes, of which two at
	 * least are ASCII characters.
	 * @param bytes the beginning of the document
	 * @return {@code utf-8}, {@code utf-8-sig}, {@code utf-16}, {@code utf-32}, or one of
	 * the latter two with {@code -le} or {@code -be}; {@code null} if it is none of them
	 */
	public static @Nullable String guessJsonUtf(byte[] bytes) {
		return EncodingDetector.guessUtf(bytes);
	}

	/**
	 * The encoding that some bytes look like: by a byte order mark, by being ASCII or
	 * well-formed UTF-8, else by statistics. The names are those of the detector; they
	 * are not always those that requests has.
	 * @param bytes the content
	 * @return the name; {@code null} for no bytes
	 */
	public static @Nullable String detect(byte[] bytes) {
		return (bytes.length > 0) ? EncodingDetector.detect(bytes) : null;
	}

	/** A codec by its name, or UTF-8 if there is none of this name. */
	static TextCodec namedOrUtf8(@Nullable String name) {
		TextCodec codec = (name != null && !name.isEmpty()) ? TextCodec.named(name) : null;
		return (codec != null) ? codec : TextCodec.UTF_8;
	}

	/**
	 * A codec that the caller asked for by name.
	 * @throws ContentDecodingException if there is none of this name
	 */
	static TextCodec require(String name, Response response) {
		TextCodec codec = TextCodec.named(name);
		if (codec == null) {
			throw new ContentDecodingException(
					"unknown encoding: " + name.toLowerCase(Locale.ROOT) + ". It is what the Content-Type of "
							+ response.label() + " says; set another with encoding(name) before reading text.")
				.attach(null, response);
		}
		return codec;
	}

}
