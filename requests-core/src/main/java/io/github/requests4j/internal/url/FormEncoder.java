package io.github.requests4j.internal.url;

/**
 * Form-encoding as Python's {@code quote_plus} does it (behaviour 49): a space becomes
 * "+", unreserved characters stay, everything else is escaped as UTF-8.
 */
final class FormEncoder {

	private FormEncoder() {
	}

	static void append(StringBuilder target, String text) {
		int i = 0;
		while (i < text.length()) {
			char character = text.charAt(i);
			if (appendPlain(target, character)) {
				i++;
			}
			else {
				i = ComponentEncoder.appendEncoded(target, text, i);
			}
		}
	}

	static void append(StringBuilder target, byte[] bytes) {
		for (byte value : bytes) {
			if (!appendPlain(target, value & 0xFF)) {
				ComponentEncoder.appendByte(target, value);
			}
		}
	}

	private static boolean appendPlain(StringBuilder target, int character) {
		if (UrlChars.is(character, UrlChars.UNRESERVED)) {
			target.append((char) character);
			return true;
		}
		if (character == ' ') {
			target.append('+');
			return true;
		}
		return false;
	}

}
