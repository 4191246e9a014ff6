package io.github.requests4j.http;

import java.util.Locale;

import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;

/**
 * Checks and writes the method of a request (behaviours 5, 6).
 */
final class MethodPreparer {

	private MethodPreparer() {
	}

	static String prepare(String method) {
		return check(method.toUpperCase(Locale.ROOT));
	}

	static String check(String method) {
		int bad = HeaderRules.indexOfNonToken(method);
		if (bad >= 0) {
			throw new IllegalArgumentException("Method cannot contain non-token characters: "
					+ PrintableText.quoted(method) + " has one at position " + bad + " (RFC 9110, section 5.6.2)");
		}
		return method;
	}

}
