package io.github.requests4j;

import java.util.Set;

import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;

/**
 * Makes the exceptions of calls that fail before anything is sent. Apart from the code
 * that throws them, so that the virtual machine loads them when a call fails, and not to
 * verify that code.
 */
final class SessionFailures {

	private SessionFailures() {
	}

	/** No adapter is mounted for a URL. */
	static RequestException noAdapter(String url, Set<String> prefixes) {
		return new InvalidSchemaException("No connection adapters were found for '" + url
				+ "'. Adapters are mounted for " + prefixes + "; the URL must begin with one of these.");
	}

	/** A URL cannot be resolved against the base URL. */
	static RequestException unresolvable(IllegalArgumentException ex) {
		return new InvalidUrlException(String.valueOf(ex.getMessage()), ex);
	}

}
