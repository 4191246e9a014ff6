package io.github.requests4j.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.HeaderRules;

/**
 * Checks headers before anything is sent. Deliberately stricter than requests: control
 * characters are rejected, so that a value cannot inject a header or a request (RFC 9110
 * section 5.5, CWE-113).
 */
final class HeaderPreparer {

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
			RequestFraming.rejectContradictions(headers);
			prepared = new CaseInsensitiveHeaders(headers);
		}
		check(prepared);
		return prepared;
	}

	/**
	 * Checks all names and values. Called again before sending, because headers may have
	 * been set after preparing.
	 */
	static void check(CaseInsensitiveHeaders headers) {
		for (int i = 0; i < headers.size(); i++) {
			check(headers.nameAt(i), headers.valueAt(i));
		}
	}

	static void check(String name, @Nullable String value) {
		checkName(name);
		if (value == null) {
			throw HeaderFaults.nullValue(name);
		}
		checkValue(name, value);
	}

	private static void checkName(String name) {
		if (!HeaderRules.isName(name)) {
			throw HeaderFaults.invalidName(name);
		}
	}

	private static void checkValue(String name, String value) {
		int bad = HeaderRules.indexOfInvalidValue(value);
		if (bad >= 0) {
			throw HeaderFaults.invalidValue(name, value, bad);
		}
		if (!value.isEmpty() && isWhiteSpace(value.charAt(0))) {
			throw HeaderFaults.invalidValue(name, value, 0);
		}
	}

	/**
	 * Returns whether a character is Unicode white space. Controls and characters beyond
	 * Latin-1 have already been rejected.
	 */
	private static boolean isWhiteSpace(char c) {
		return c == ' ' || c == '\t' || c == 0x85 || c == 0xA0;
	}

}
