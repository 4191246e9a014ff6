package io.github.requests4j.http;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One file of a multipart upload, in all the tuple forms of requests (behaviours 94-98):
 * the content alone, or with a file name, a content type and headers of its own.
 * Immutable.
 *
 * @param name the name of the form field
 * @param filename the file name; {@code null} for no {@code filename} parameter, as in a
 * plain field
 * @param content the content, streamed when the request is sent
 * @param contentType the content type, or {@code null} for none
 * @param headers more headers of the part
 */
public record FilePart(String name, @Nullable String filename, Body content, @Nullable String contentType,
		Map<String, String> headers) {

	/**
	 * Copies the headers.
	 */
	public FilePart {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(content, "content");
		headers = Map.copyOf(headers);
	}

}
