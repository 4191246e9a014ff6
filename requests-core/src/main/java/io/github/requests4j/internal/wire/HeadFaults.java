package io.github.requests4j.internal.wire;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;

/**
 * Creates the exceptions for heads that must not be sent or are ambiguous. A separate
 * class, so that the virtual machine loads the exceptions only when a check fails, not
 * when it verifies the checks.
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
