package io.github.requests4j.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Quotes text for a shell, so that it is one word whatever it contains, and stays on one
 * line.
 */
final class ShellText {

	private ShellText() {
	}

	/**
	 * In single quotes, in which nothing is special; control characters need the other
	 * kind of bash.
	 */
	static String quote(String text) {
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
	 * A format of {@code printf} that prints exactly these bytes: a word of a shell
	 * cannot hold a NUL.
	 */
	static String printfFormat(byte[] bytes) {
		StringBuilder format = new StringBuilder(bytes.length * 2).append('\'');
		for (int i = 0; i < bytes.length; i++) {
			byte value = bytes[i];
			boolean plain = value >= ' ' && value < 0x7F && value != '\'' && value != '\\' && value != '%';
			// At the start, "-" would make an option of it
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
	 * The text that these bytes are, or null if they are none that a word of a shell can
	 * hold.
	 */
	static @Nullable String wordOf(byte[] bytes) {
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
