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
 * One part of a multipart message. Immutable but for its content.
 *
 * @param name the name of the form field
 * @param filename the file name; {@code null} for no {@code filename} parameter
 * @param contentType the content type, or {@code null} for none
 * @param headers more headers in their order; a Content-Disposition among them is left
 * out, it is made from the names
 * @param content the content
 */
public record MultipartPart(String name, @Nullable String filename, @Nullable String contentType,
		Map<String, String> headers, BodySource content) {

	private static final String DISPOSITION = "Content-Disposition";

	private static final String TYPE = "Content-Type";

	private static final String LOCATION = "Content-Location";

	/**
	 * Checks the parts of the head, and copies the headers.
	 * @param name the name of the form field
	 * @param filename the file name; {@code null} for no {@code filename} parameter
	 * @param contentType the content type, or {@code null} for none
	 * @param headers more headers in their order; a Content-Disposition among them is
	 * left out, it is made from the names
	 * @param content the content
	 */
	public MultipartPart {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(content, "content");
		checkHeaders(contentType, headers);
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	/**
	 * A field without a file.
	 * @param name the name
	 * @param value the value
	 * @return the part
	 */
	public static MultipartPart field(String name, byte[] value) {
		return new MultipartPart(name, null, null, Map.of(), BodySources.ofBytes(value));
	}

	/**
	 * Checks what will be a line in the head of a part.
	 * @param contentType the content type, or {@code null}
	 * @param headers the other headers
	 * @throws IllegalArgumentException if a name or value could end its line, or is
	 * missing
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
			throw new IllegalArgumentException("The name of a header of a multipart part must be a token, of letters,"
					+ " digits and dashes, not " + PrintableText.quoted(name));
		}
	}

	private static void checkLine(String text, String what) {
		int bad = HeaderRules.indexOfControl(text);
		if (bad >= 0) {
			throw new IllegalArgumentException("The " + what + " of a multipart part must not contain the control "
					+ "character U+" + String.format("%04X", (int) text.charAt(bad)) + " at position " + bad);
		}
	}

	/** All lines before the content, in the order of urllib3. */
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
			if (!isPlaced(header.getKey())) {
				appendHeader(head, header.getKey(), header.getValue());
			}
		}
		return head.append("\r\n").toString();
	}

	private static boolean isPlaced(String name) {
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
	 * Quotes as browsers do, so that a name can neither end its quotes nor its line.
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
	 * Shows the names, never the content or the values of headers.
	 */
	@Override
	public String toString() {
		return "MultipartPart[name=" + this.name + ", filename=" + this.filename + ", contentType=" + this.contentType
				+ ", headers=" + this.headers.keySet() + "]";
	}

}
