package io.github.requests4j.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.body.MultipartSource;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.url.Url;

/**
 * Formats a request as a curl command for bash. The command sends exactly what the
 * request would send, so headers that curl would add are disabled.
 */
final class CurlCommand {

	private final PreparedRequest request;

	private final boolean masked;

	private final StringBuilder command = new StringBuilder(256);

	private CurlCommand(PreparedRequest request, boolean masked) {
		this.request = request;
		this.masked = masked;
	}

	static String masked(PreparedRequest request) {
		return new CurlCommand(request, true).write();
	}

	static String complete(PreparedRequest request) {
		return new CurlCommand(request, false).write();
	}

	private String write() {
		Body body = this.request.body();
		this.command.append("curl");
		appendMethod(body);
		appendUrlOptions();
		appendHeaders(body);
		if (body != null && isStreamedForm(body)) {
			appendForm((MultipartSource) body.source());
		}
		else if (body != null) {
			appendBody(body);
		}
		this.command.append(' ').append(quote(url()));
		return this.command.toString();
	}

	private void appendMethod(@Nullable Body body) {
		String method = this.request.method();
		if ("HEAD".equals(method)) {
			this.command.append(" --head");
		}
		else if (method != null && !("GET".equals(method) && body == null)) {
			this.command.append(" -X ").append(quote(method));
		}
	}

	/**
	 * Makes curl send brackets, which it treats as patterns, and dot segments unchanged.
	 */
	private void appendUrlOptions() {
		String url = (this.request.url() != null) ? this.request.url() : "";
		if (url.indexOf('[') >= 0 || url.indexOf('{') >= 0) {
			this.command.append(" --globoff");
		}
		if (url.contains("/.")) {
			this.command.append(" --path-as-is");
		}
	}

	private void appendHeaders(@Nullable Body body) {
		CaseInsensitiveHeaders headers = this.request.headers();
		if (headers.containsKey("Accept-Encoding")) {
			this.command.append(" --compressed");
		}
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			if (body == null || !isAddedByCurl(name, body)) {
				appendHeader(name, headers.valueAt(i));
			}
		}
		if (body != null && isStreamedForm(body)) {
			appendTypeOfForm(((MultipartSource) body.source()).type());
		}
		disableHeader("User-Agent");
		disableHeader("Accept");
		if (body != null) {
			disableHeader(PreparedRequest.CONTENT_TYPE);
			// curl would wait for a 100 response before it sends a large body
			disableHeader("Expect");
		}
	}

	/**
	 * Returns whether the body is a multipart message that is not in memory. curl builds
	 * such a message itself, with its own boundary.
	 */
	private static boolean isStreamedForm(Body body) {
		return body.source() instanceof MultipartSource && body.bytes() == null;
	}

	/** Given a type without a boundary, curl adds its own. */
	private void appendTypeOfForm(String type) {
		if (!type.equals(MultipartSource.FORM_DATA)) {
			appendHeader(PreparedRequest.CONTENT_TYPE, type);
		}
	}

	private static boolean isAddedByCurl(String header, Body body) {
		return header.equalsIgnoreCase(RequestFraming.CONTENT_LENGTH)
				|| (isStreamedForm(body) && (header.equalsIgnoreCase(PreparedRequest.CONTENT_TYPE)
						|| header.equalsIgnoreCase(RequestFraming.TRANSFER_ENCODING)));
	}

	private void appendHeader(String name, @Nullable String value) {
		String shown = (this.masked && value != null) ? SecretMasker.DEFAULT.header(name, value) : value;
		// In curl, "Name:" removes a header, and "Name;" sends an empty one
		String line = (shown == null || shown.isEmpty()) ? name + ";" : name + ": " + shown;
		this.command.append(" -H ").append(quote(line));
	}

	private void disableHeader(String name) {
		if (!this.request.headers().containsKey(name)) {
			this.command.append(" -H ").append(quote(name + ":"));
		}
	}

	private void appendBody(Body body) {
		// Secrets in a compressed body cannot be masked.
		boolean hidden = this.masked && this.request.headers().containsKey("Content-Encoding");
		byte[] bytes = hidden ? null : body.bytes();
		if (bytes == null) {
			Path file = body.source().file();
			this.command.append(" --data-binary ").append(quote((file != null) ? "@" + file : "@-"));
			return;
		}
		bytes = shown(bytes);
		String word = wordOf(bytes);
		if (word == null || word.startsWith("@")) {
			// Use the standard input: a shell word cannot contain NUL, and "@" would name
			// a file
			this.command.insert(0, "printf " + printfFormat(bytes) + " | ");
			this.command.append(" --data-binary @-");
			return;
		}
		this.command.append(" --data-binary ").append(quote(word));
	}

	/**
	 * Masks bytes of any charset. The names of secrets are ASCII, which is the same in
	 * all charsets that are sent.
	 */
	private byte[] shown(byte[] bytes) {
		if (!this.masked) {
			return bytes;
		}
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		return SecretMasker.DEFAULT.body(this.request.headers().get(PreparedRequest.CONTENT_TYPE), text)
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	private String url() {
		Url url = this.request.parsedUrl();
		return this.masked ? url.toString() : url.text();
	}

	private void appendForm(MultipartSource message) {
		for (MultipartPart part : message.parts()) {
			this.command.append(" -F ").append(quote(option(part)));
		}
	}

	private String option(MultipartPart part) {
		StringBuilder option = new StringBuilder(64).append(part.name()).append('=').append(content(part));
		if (part.filename() != null) {
			option.append(";filename=").append(formQuoted(part.filename()));
		}
		if (part.contentType() != null) {
			option.append(";type=").append(part.contentType());
		}
		part.headers()
			.forEach((name, value) -> option.append(";headers=")
				.append(formQuoted(name + ": " + (this.masked ? SecretMasker.DEFAULT.header(name, value) : value))));
		return option.toString();
	}

	private String content(MultipartPart part) {
		byte[] bytes = part.content().bytes();
		if (bytes != null) {
			String text = new String(bytes, StandardCharsets.UTF_8);
			return formQuoted(this.masked ? masked(part, text) : text);
		}
		Path file = part.content().file();
		return (file != null) ? "@" + formQuoted(file.toString()) : "@-";
	}

	private static String masked(MultipartPart part, String text) {
		return Secrets.isSecret(part.name()) ? Secrets.MASK : SecretMasker.DEFAULT.body(part.contentType(), text);
	}

	private static String formQuoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	/**
	 * Quotes text with single quotes, or with bash's {@code $'...'} if it has control
	 * characters.
	 */
	private static String quote(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (isControl(text.charAt(i))) {
				return ansiQuote(text);
			}
		}
		return "'" + text.replace("'", "'\\''") + "'";
	}

	private static String ansiQuote(String text) {
		StringBuilder quoted = new StringBuilder(text.length() + 16).append("$'");
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '\'', '\\' -> quoted.append('\\').append(c);
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				default -> {
					if (isControl(c)) {
						quoted.append(String.format("\\u%04x", (int) c));
					}
					else {
						quoted.append(c);
					}
				}
			}
		}
		return quoted.append('\'').toString();
	}

	private static boolean isControl(char c) {
		return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
	}

	/**
	 * Returns a {@code printf} format that prints exactly these bytes, because a shell
	 * word cannot contain NUL.
	 */
	private static String printfFormat(byte[] bytes) {
		StringBuilder format = new StringBuilder(bytes.length * 2).append('\'');
		for (int i = 0; i < bytes.length; i++) {
			byte value = bytes[i];
			boolean plain = value >= ' ' && value < 0x7F && value != '\'' && value != '\\' && value != '%';
			// A leading "-" would be parsed as an option
			if (plain && !(i == 0 && value == '-')) {
				format.append((char) value);
			}
			else {
				format.append(String.format("\\%03o", value & 0xFF));
			}
		}
		return format.append('\'').toString();
	}

	/**
	 * Returns the bytes as text, or null if a shell word cannot contain them.
	 */
	private static @Nullable String wordOf(byte[] bytes) {
		for (byte value : bytes) {
			if (value == 0) {
				return null;
			}
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
