package io.github.requests4j.http;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.body.MultipartPart;

/**
 * A file of a multipart upload, in all tuple forms of requests: the content alone, or
 * with a file name, a content type and headers. The content type is not guessed from the
 * name. Immutable, unless the content is a stream. <pre>{@code
 * session.post(url, (request) -> request.files(
 *     FilePart.of("report", Path.of("report.pdf")).withContentType("application/pdf"),
 *     FilePart.of("note", null, "a plain field")));
 * }</pre>
 *
 * @param name the name of the form field
 * @param filename the file name; {@code null} for no {@code filename} parameter, as in a
 * plain field
 * @param content the content, streamed when the request is sent
 * @param contentType the content type, or {@code null} for none
 * @param headers other headers of the part in order; a Content-Disposition is ignored,
 * because it is created from the names, and a Content-Type is only used if
 * {@code contentType} is null
 */
public record FilePart(String name, @Nullable String filename, Body content, @Nullable String contentType,
		Map<String, String> headers) {

	/**
	 * Creates a part with a copy of the headers.
	 * @param name the name of the form field
	 * @param filename the file name; {@code null} for no {@code filename} parameter, as
	 * in a plain field
	 * @param content the content, streamed when the request is sent
	 * @param contentType the content type, or {@code null} for none
	 * @param headers other headers of the part in order; a Content-Disposition is
	 * ignored, because it is created from the names, and a Content-Type is only used if
	 * {@code contentType} is null
	 * @throws IllegalArgumentException if the content type or a header contains a control
	 * character
	 */
	public FilePart {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(content, "content");
		MultipartPart.checkHeaders(contentType, headers);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * Creates a part from text, with the name of the field as the file name.
	 * @param name the name of the field
	 * @param content the text, sent as UTF-8
	 * @return the part
	 */
	public static FilePart of(String name, String content) {
		return of(name, name, content);
	}

	/**
	 * Creates a part from bytes, with the name of the field as the file name.
	 * @param name the name of the field
	 * @param content the bytes, which are not copied
	 * @return the part
	 */
	public static FilePart of(String name, byte[] content) {
		return of(name, name, content);
	}

	/**
	 * Creates a part from a file, with its name as the file name
	 * ({@code guess_filename}).
	 * @param name the name of the field
	 * @param content the file
	 * @return the part
	 */
	public static FilePart of(String name, Path content) {
		return of(name, guessFilename(name, content), content);
	}

	/**
	 * Creates a part from a stream, with the name of the field as the file name, because
	 * Java streams have no name.
	 * @param name the name of the field
	 * @param content the stream, sent from its current position
	 * @return the part
	 */
	public static FilePart of(String name, InputStream content) {
		return of(name, name, content);
	}

	/**
	 * Creates a part with the name of the field as the file name.
	 * @param name the name of the field
	 * @param content the content
	 * @return the part
	 */
	public static FilePart of(String name, Body content) {
		return of(name, name, content);
	}

	/**
	 * Creates a part from text, with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the text, sent as UTF-8
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, String content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Creates a part from bytes, with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the bytes, which are not copied
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, byte[] content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Creates a part from a file, with another file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the file
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Path content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Creates a part from a stream, with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the stream, sent from its current position
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, InputStream content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Creates a part with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the content
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Body content) {
		return new FilePart(name, filename, content, null, Map.of());
	}

	/**
	 * Creates a part with a file name and a content type.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the content
	 * @param contentType the content type
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Body content, @Nullable String contentType) {
		return new FilePart(name, filename, content, contentType, Map.of());
	}

	/**
	 * Creates a part with a file name, a content type and headers.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the content
	 * @param contentType the content type, or {@code null} for none
	 * @param headers the headers in order
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Body content, @Nullable String contentType,
			Map<String, String> headers) {
		return new FilePart(name, filename, content, contentType, headers);
	}

	/**
	 * Returns this part with another content type.
	 * @param contentType the content type, or {@code null} for none
	 * @return the part
	 */
	public FilePart withContentType(@Nullable String contentType) {
		return new FilePart(this.name, this.filename, this.content, contentType, this.headers);
	}

	/**
	 * Returns this part with other headers.
	 * @param headers the headers in order, which replace those of this part
	 * @return the part
	 */
	public FilePart withHeaders(Map<String, String> headers) {
		return new FilePart(this.name, this.filename, this.content, this.contentType, headers);
	}

	/** Returns the name of a file. Names such as {@code <stdin>} do not denote a file. */
	private static String guessFilename(String name, Path file) {
		String path = file.toString();
		Path last = file.getFileName();
		boolean named = last != null && !path.isEmpty() && !path.startsWith("<") && !path.endsWith(">");
		return named ? last.toString() : name;
	}

	MultipartPart toPart() {
		return new MultipartPart(this.name, this.filename, this.contentType, this.headers, this.content.source());
	}

	/**
	 * Returns the names, but neither the content nor the values of headers.
	 */
	@Override
	public String toString() {
		return "FilePart[name=" + this.name + ", filename=" + this.filename + ", contentType=" + this.contentType
				+ ", headers=" + this.headers.keySet() + "]";
	}

}
