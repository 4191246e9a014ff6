package io.github.requests4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.internal.url.UrlText;

/**
 * Creates the exceptions of calls that fail before anything is sent. A separate class, so
 * that the virtual machine loads the exceptions only when a call fails.
 */
final class SessionFailures {

	private SessionFailures() {
	}

	/** Returns the failure for a URL without a mounted adapter. */
	static RequestException noAdapter(String url, Set<String> prefixes) {
		List<String> masked = new ArrayList<>();
		for (String prefix : prefixes) {
			masked.add(UrlText.masked(prefix));
		}
		String likely = UrlText.withScheme(url);
		if (likely != null) {
			return new InvalidSchemaException("No connection adapters were found for " + UrlText.quoted(url)
					+ ". The scheme is missing. Perhaps you meant " + likely + "?");
		}
		return new InvalidSchemaException("No connection adapters were found for " + UrlText.quoted(url)
				+ ". Adapters are mounted for " + masked + "; the URL must start with one of these.");
	}

	/** Returns the failure for a URL that cannot be resolved against the base URL. */
	static RequestException unresolvable(IllegalArgumentException ex) {
		return new InvalidUrlException(String.valueOf(ex.getMessage()), ex);
	}

}
