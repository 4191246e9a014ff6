package io.github.requests4j.internal.body;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;

/**
 * A part of a multipart message. Immutable, except for its content.
 *
 * @param name the name of the form field
 * @param filename the file name; {@code null} for no {@code filename} parameter
 * @param contentType the content type, or {@code null} for none
 * @param headers other headers in order; a Content-Disposition is ignored, because it is
 * created from the names
 * @param content the content
 */
public record MultipartPart(String name, @Nullable String filename, @Nullable String contentType,
		Map<String, String> headers, BodySource content) {

	private static final String DISPOSITION = "Content-Disposition";

	private static final String TYPE = "Content-Type";

	private static final String LOCATION = "Content-Location";

	/**
	 * Creates a part with a copy of the headers.
	 * @param name the name of the form field
	 * @param filename the file name; {@code null} for no {@code filename} parameter
	 * @param contentType the content type, or {@code null} for none
	 * @param headers other headers in order; a Content-Disposition is ignored, because it
	 * is created from the names
	 * @param content the content
	 */
	public MultipartPart {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(content, "content");
		checkHeaders(contentType, headers);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * Creates a field that is not a file.
	 * @param name the name
	 * @param value the value
	 * @return the part
	 */
	public static MultipartPart field(String name, byte[] value) {
		return new MultipartPart(name, null, null, Map.of(), BodySources.ofBytes(value));
	}

	/**
	 * Checks the headers of a part.
	 * @param contentType the content type, or {@code null}
	 * @param headers the other headers
	 * @throws IllegalArgumentException if a name or value is missing or contains line
	 * breaks
	 */
	public static void checkHeaders(@Nullable String contentType, Map<String, String> headers) {
		if (contentType != null) {
			checkLine(contentType, "content type");
		}
		for (Map.Entry<String, String> header : headers.entrySet()) {
			checkName(header.getKey());
			checkLine(Objects.requireNonNull(header.getValue(), header.getKey()), "value of header " + header.getKey());
		}
	}

	private static void checkName(String name) {
		if (!HeaderRules.isName(name)) {
			throw new IllegalArgumentException("The name of a header of a multipart part must be a token of letters,"
					+ " digits and dashes, not " + PrintableText.quoted(name) + ".");
		}
	}

	private static void checkLine(String text, String what) {
		int bad = HeaderRules.indexOfControl(text);
		if (bad >= 0) {
			throw new IllegalArgumentException("The " + what + " of a multipart part must not contain the control "
					+ "character U+" + String.format("%04X", (int) text.charAt(bad)) + " at position " + bad + ".");
		}
	}

	/** Returns the header lines in the order of urllib3. */
	String head() {
		StringBuilder head = new StringBuilder(128).append(DISPOSITION).append(": form-data; name=\"");
		appendQuoted(head, this.name);
		head.append('"');
		if (this.filename != null) {
			head.append("; filename=\"");
			appendQuoted(head, this.filename);
			head.append('"');
		}
		head.append("\r\n");
		appendHeader(head, TYPE, (this.contentType != null) ? this.contentType : header(TYPE));
		appendHeader(head, LOCATION, header(LOCATION));
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			if (!isFirst(header.getKey())) {
				appendHeader(head, header.getKey(), header.getValue());
			}
		}
		return head.append("\r\n").toString();
	}

	private static boolean isFirst(String name) {
		return name.equalsIgnoreCase(DISPOSITION) || name.equalsIgnoreCase(TYPE) || name.equalsIgnoreCase(LOCATION);
	}

	private @Nullable String header(String name) {
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			if (header.getKey().equalsIgnoreCase(name)) {
				return header.getValue();
			}
		}
		return null;
	}

	private static void appendHeader(StringBuilder head, String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			head.append(name).append(": ").append(value).append("\r\n");
		}
	}

	/**
	 * Escapes a name like browsers, so that it cannot end its quotes or its line.
	 */
	private static void appendQuoted(StringBuilder head, String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			switch (c) {
				case '"' -> head.append("%22");
				case '\r' -> head.append("%0D");
				case '\n' -> head.append("%0A");
				default -> head.append(c);
			}
		}
	}

	/**
	 * Returns the names, but neither the content nor the values of headers.
	 */
	@Override
	public String toString() {
		return "MultipartPart[name=" + this.name + ", filename=" + this.filename + ", contentType=" + this.contentType
				+ ", headers=" + this.headers.keySet() + "]";
	}

}
