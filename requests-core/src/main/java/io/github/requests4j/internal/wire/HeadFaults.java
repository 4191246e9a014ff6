package io.github.requests4j.internal.wire;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;

/**
 * Makes the exceptions for heads that must not be sent or are ambiguous. Apart from the
 * checks, so that the virtual machine loads the exceptions when a check fails, and not to
 * verify the code that throws them.
 */
final class HeadFaults {

	private HeadFaults() {
	}

	static RequestException invalidHeader(String message) {
		return new InvalidHeaderException(message);
	}

	static RequestException invalidUrl(String message) {
		return new InvalidUrlException(message);
	}

}
