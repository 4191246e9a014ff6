package io.github.requests4j.http;

import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.internal.url.SecretMasker;

/**
 * Makes the exceptions for headers of a request that must not be sent. Apart from the
 * checks, so that the virtual machine loads neither the exceptions nor this class before
 * a check fails.
 */
final class HeaderFaults {

	private static final char LAST_OF_LATIN_1 = 0xFF;

	private HeaderFaults() {
	}

	static RequestException nullValue(String name) {
		return new InvalidHeaderException("Header part (null) from ('" + PrintableText.printable(name)
				+ "', null) must be text. Without a session, a header is left out by not setting it.");
	}

	static RequestException invalidName(String name) {
		return invalid("name", PrintableText.quoted(name) + ". Write it with letters, digits and dashes only.");
	}

	/**
	 * The value of a header is not valid.
	 * @param position the index of the character that is not allowed
	 */
	static RequestException invalidValue(String name, String value, int position) {
		if (value.charAt(position) > LAST_OF_LATIN_1) {
			return beyondLatin1(name, value, position);
		}
		return invalid("value", PrintableText.quoted(SecretMasker.DEFAULT.header(name, value)) + " of " + name
				+ ". Remove line breaks, other control characters and leading blanks.");
	}

	private static RequestException invalid(String part, String shown) {
		return new InvalidHeaderException(
				"Invalid leading whitespace, reserved character(s), or return character(s) in header " + part + ": "
						+ shown);
	}

	private static RequestException beyondLatin1(String name, String value, int position) {
		// Usually a token or name pasted with a stray character: show that one alone
		return new InvalidHeaderException("The value of header " + name + " cannot be sent: character U+"
				+ String.format("%04X", value.codePointAt(position)) + " at position " + position
				+ " is beyond ISO-8859-1. Encode it, for instance as in RFC 8187.");
	}

	/** The headers leave it open how long the request is. */
	static RequestException ambiguousLength(String reason) {
		return new InvalidHeaderException("The length of the request is ambiguous: " + reason
				+ ". Remove these headers; they are set from the body.");
	}

}
