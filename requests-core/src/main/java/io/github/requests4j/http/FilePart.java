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
 * One file of a multipart upload, in all the tuple forms of requests: the content alone,
 * or with a file name, a content type and headers of its own. Without a content type the
 * part has none: it is not guessed from the name. Immutable, but for a stream that is its
 * content. <pre>{@code
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
 * @param headers more headers of the part, in their order; a Content-Disposition among
 * them is left out, because it is made from the names, and a Content-Type counts only
 * where {@code contentType} is null
 */
public record FilePart(String name, @Nullable String filename, Body content, @Nullable String contentType,
		Map<String, String> headers) {

	/**
	 * Checks and copies the headers.
	 * @param name the name of the form field
	 * @param filename the file name; {@code null} for no {@code filename} parameter, as
	 * in a plain field
	 * @param content the content, streamed when the request is sent
	 * @param contentType the content type, or {@code null} for none
	 * @param headers more headers of the part, in their order; a Content-Disposition
	 * among them is left out, because it is made from the names, and a Content-Type
	 * counts only where {@code contentType} is null
	 * @throws IllegalArgumentException if the content type or a header has a control
	 * character
	 */
	public FilePart {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(content, "content");
		MultipartPart.checkHeaders(contentType, headers);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * Text without a name of its own: the file name is that of the field.
	 * @param name the name of the field
	 * @param content the text, sent as UTF-8
	 * @return the part
	 */
	public static FilePart of(String name, String content) {
		return of(name, name, content);
	}

	/**
	 * Bytes without a name of their own: the file name is that of the field.
	 * @param name the name of the field
	 * @param content the bytes, not copied
	 * @return the part
	 */
	public static FilePart of(String name, byte[] content) {
		return of(name, name, content);
	}

	/**
	 * A file, with its own name ({@code guess_filename}).
	 * @param name the name of the field
	 * @param content the file
	 * @return the part
	 */
	public static FilePart of(String name, Path content) {
		return of(name, guessFilename(name, content), content);
	}

	/**
	 * A stream, whose file name is that of the field, because a stream of Java does not
	 * tell its name.
	 * @param name the name of the field
	 * @param content the stream, sent from its current position
	 * @return the part
	 */
	public static FilePart of(String name, InputStream content) {
		return of(name, name, content);
	}

	/**
	 * Any content; the file name is that of the field.
	 * @param name the name of the field
	 * @param content the content
	 * @return the part
	 */
	public static FilePart of(String name, Body content) {
		return of(name, name, content);
	}

	/**
	 * Text with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the text, sent as UTF-8
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, String content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Bytes with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the bytes, not copied
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, byte[] content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * A file under another name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the file
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Path content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * A stream with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the stream, sent from its current position
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, InputStream content) {
		return of(name, filename, Body.of(content));
	}

	/**
	 * Any content with a file name.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the content
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Body content) {
		return new FilePart(name, filename, content, null, Map.of());
	}

	/**
	 * Any content with a file name and a content type.
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
	 * Any content with a file name, a content type and headers.
	 * @param name the name of the field
	 * @param filename the file name, or {@code null} for none
	 * @param content the content
	 * @param contentType the content type, or {@code null} for none
	 * @param headers the headers in their order
	 * @return the part
	 */
	public static FilePart of(String name, @Nullable String filename, Body content, @Nullable String contentType,
			Map<String, String> headers) {
		return new FilePart(name, filename, content, contentType, headers);
	}

	/**
	 * Returns the same part with another content type.
	 * @param contentType the content type, or {@code null} for none
	 * @return the part
	 */
	public FilePart withContentType(@Nullable String contentType) {
		return new FilePart(this.name, this.filename, this.content, contentType, this.headers);
	}

	/**
	 * Returns the same part with other headers.
	 * @param headers the headers in their order, in place of those it has
	 * @return the part
	 */
	public FilePart withHeaders(Map<String, String> headers) {
		return new FilePart(this.name, this.filename, this.content, this.contentType, headers);
	}

	/** Names such as {@code <stdin>} stand for no file. */
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
	 * Shows the names, never the content or the values of headers.
	 */
	@Override
	public String toString() {
		return "FilePart[name=" + this.name + ", filename=" + this.filename + ", contentType=" + this.contentType
				+ ", headers=" + this.headers.keySet() + "]";
	}

}
