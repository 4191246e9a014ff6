package io.github.requests4j.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.HeaderRules;

/**
 * Checks headers before anything is sent. Stricter than requests on purpose: no control
 * character leaves, so that nothing can smuggle in a header or a request (RFC 9110
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
	 * What is left of Unicode's white space once controls and all beyond Latin-1 are
	 * rejected.
	 */
	private static boolean isWhiteSpace(char c) {
		return c == ' ' || c == '\t' || c == 0x85 || c == 0xA0;
	}

}
