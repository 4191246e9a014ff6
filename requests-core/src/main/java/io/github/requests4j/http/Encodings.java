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
 * Determines the encoding of text in responses, with the functions of
 * {@code requests.utils}. Encodings have Python's names, most of which Java knows too.
 * Thread-safe. <pre>{@code
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
	 * Returns the encoding according to the headers ({@code get_encoding_from_headers}):
	 * the charset of Content-Type; without one, ISO-8859-1 for {@code text/*} and utf-8
	 * for {@code application/json}. Unlike in requests, the whole media type is compared,
	 * ignoring case.
	 * @param headers the headers of a response
	 * @return the name, possibly {@code ""} or unknown; {@code null} if the headers do
	 * not determine an encoding
	 */
	public static @Nullable String getEncodingFromHeaders(CaseInsensitiveHeaders headers) {
		String header = headers.get("Content-Type");
		if (header == null || header.isEmpty()) {
			return null;
		}
		// The most common value needs no parsing.
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
	 * Returns the encodings that a document declares
	 * ({@code get_encodings_from_content}): those of {@code <meta charset>}, then of
	 * {@code <meta content=";charset=">}, then of the XML declaration.
	 * @param content the document
	 * @return the names as written in the document, empty if there are none
	 */
	public static List<String> getEncodingsFromContent(String content) {
		List<String> encodings = new ArrayList<>();
		MetaCharsets.find(content, encodings);
		return encodings;
	}

	/**
	 * Returns the content as text in the encoding of the headers
	 * ({@code get_unicode_from_response}), or in UTF-8 if that encoding is unknown or
	 * missing. Malformed input becomes U+FFFD. No encoding is detected.
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
	 * Guesses the encoding of a JSON document ({@code guess_json_utf}), from a byte order
	 * mark or from the position of zeros in the first four bytes. JSON starts with at
	 * least two ASCII characters.
	 * @param bytes the start of the document
	 * @return {@code utf-8}, {@code utf-8-sig}, {@code utf-16}, {@code utf-32}, or one of
	 * the latter two with {@code -le} or {@code -be}; {@code null} if it is none of them
	 */
	public static @Nullable String guessJsonUtf(byte[] bytes) {
		return EncodingDetector.guessUtf(bytes);
	}

	/**
	 * Detects the encoding of bytes: from a byte order mark, as ASCII or well-formed
	 * UTF-8, otherwise by statistics. The names are those of the detector and may differ
	 * from those in requests.
	 * @param bytes the content
	 * @return the name; {@code null} if there are no bytes
	 */
	public static @Nullable String detect(byte[] bytes) {
		return (bytes.length > 0) ? EncodingDetector.detect(bytes) : null;
	}

	/** Returns the codec of this name, or UTF-8 if there is none. */
	static TextCodec namedOrUtf8(@Nullable String name) {
		TextCodec codec = (name != null && !name.isEmpty()) ? TextCodec.named(name) : null;
		return (codec != null) ? codec : TextCodec.UTF_8;
	}

	/**
	 * Returns the codec of this name.
	 * @throws ContentDecodingException if there is none
	 */
	static TextCodec require(String name, Response response) {
		TextCodec codec = TextCodec.named(name);
		if (codec == null) {
			throw new ContentDecodingException(
					"unknown encoding: " + name.toLowerCase(Locale.ROOT) + ". The Content-Type of " + response.label()
							+ " names it. Set another encoding with encoding(name) before reading text.")
				.attach(null, response);
		}
		return codec;
	}

}
