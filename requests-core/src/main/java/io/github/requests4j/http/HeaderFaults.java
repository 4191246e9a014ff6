package io.github.requests4j.http;

import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.internal.url.SecretMasker;

/**
 * Creates the exceptions for request headers that must not be sent. Separate from the
 * checks, so that the JVM loads neither the exceptions nor this class before a check
 * fails.
 */
final class HeaderFaults {

	private static final char MAX_LATIN_1 = 0xFF;

	private HeaderFaults() {
	}

	static RequestException nullValue(String name) {
		return new InvalidHeaderException("Header part (null) from ('" + PrintableText.printable(name)
				+ "', null) must be text. To omit a header without a session, do not set it.");
	}

	static RequestException invalidName(String name) {
		return invalid("name", PrintableText.quoted(name) + ". Use only letters, digits and dashes.");
	}

	/**
	 * Creates the exception for an invalid header value.
	 * @param position the index of the character that is not allowed
	 */
	static RequestException invalidValue(String name, String value, int position) {
		if (value.charAt(position) > MAX_LATIN_1) {
			return notLatin1(name, value, position);
		}
		return invalid("value", PrintableText.quoted(SecretMasker.DEFAULT.header(name, value)) + " of " + name
				+ ". Remove line breaks, other control characters and leading blanks.");
	}

	private static RequestException invalid(String part, String shown) {
		return new InvalidHeaderException(
				"Invalid leading whitespace, reserved character(s), or return character(s) in header " + part + ": "
						+ shown);
	}

	private static RequestException notLatin1(String name, String value, int position) {
		// Usually a token or name that was pasted with a stray character, so show only
		// that one
		return new InvalidHeaderException("The value of header " + name + " cannot be sent: the character U+"
				+ String.format("%04X", value.codePointAt(position)) + " at position " + position
				+ " is not in ISO-8859-1. Encode it, for example as in RFC 8187.");
	}

	/**
	 * Creates the exception for headers that make the length of the request ambiguous.
	 */
	static RequestException ambiguousLength(String reason) {
		return new InvalidHeaderException("The length of the request is ambiguous: " + reason
				+ ". Remove these headers; they are set from the body.");
	}

}
