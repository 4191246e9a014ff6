package io.github.requests4j.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.internal.url.Secrets;

/**
 * Checks headers before anything is sent. Stricter than requests on purpose: no control
 * character leaves, so that nothing can smuggle in a header or a request (RFC 9110
 * section 5.5, CWE-113).
 */
final class HeaderPreparer {

	private static final char LAST_OF_LATIN_1 = 0xFF;

	private HeaderPreparer() {
	}

	static CaseInsensitiveHeaders prepare(@Nullable Map<String, ? extends @Nullable String> headers) {
		if (headers == null) {
			return new CaseInsensitiveHeaders();
		}
		CaseInsensitiveHeaders prepared;
		if (headers instanceof CaseInsensitiveHeaders own) {
			prepared = own.copy();
		}
		else {
			RequestFraming.refuseContradictions(headers);
			prepared = new CaseInsensitiveHeaders(headers);
		}
		check(prepared);
		return prepared;
	}

	/**
	 * Checks all names and values; headers that were set after preparing are checked once
	 * more when they are sent.
	 */
	static void check(CaseInsensitiveHeaders headers) {
		for (int i = 0; i < headers.size(); i++) {
			check(headers.nameAt(i), headers.valueAt(i));
		}
	}

	static void check(String name, @Nullable String value) {
		checkName(name);
		if (value == null) {
			throw new InvalidHeaderException("Header part (null) from ('" + PrintableText.printable(name)
					+ "', null) must be text. Without a session, a header is left out by not setting it.");
		}
		checkValue(name, value);
	}

	private static void checkName(String name) {
		if (!HeaderRules.isName(name)) {
			throw invalid("name", PrintableText.quoted(name) + ". Write it with letters, digits and dashes only.");
		}
	}

	private static void checkValue(String name, String value) {
		int bad = HeaderRules.indexOfInvalidValue(value);
		if (bad >= 0) {
			throw (value.charAt(bad) > LAST_OF_LATIN_1) ? beyondLatin1(name, value, bad) : invalidValue(name, value);
		}
		if (!value.isEmpty() && isWhiteSpace(value.charAt(0))) {
			throw invalidValue(name, value);
		}
	}

	/**
	 * What is left of Unicode's white space once controls and all beyond Latin-1 are
	 * rejected.
	 */
	private static boolean isWhiteSpace(char c) {
		return c == ' ' || c == '\t' || c == 0x85 || c == 0xA0;
	}

	private static InvalidHeaderException invalidValue(String name, String value) {
		return invalid("value",
				(Secrets.isSecretHeader(name) ? "'" + Secrets.MASK + "' of " + name
						: PrintableText.quoted(value) + " of " + name)
						+ ". Remove line breaks, other control characters and leading blanks.");
	}

	private static InvalidHeaderException invalid(String part, String shown) {
		return new InvalidHeaderException(
				"Invalid leading whitespace, reserved character(s), or return character(s) in header " + part + ": "
						+ shown);
	}

	private static InvalidHeaderException beyondLatin1(String name, String value, int position) {
		// Usually a token or name pasted with a stray character: show that one alone
		return new InvalidHeaderException("The value of header " + name + " cannot be sent: character U+"
				+ String.format("%04X", value.codePointAt(position)) + " at position " + position
				+ " is beyond ISO-8859-1. Encode it, for instance as in RFC 8187.");
	}

}
