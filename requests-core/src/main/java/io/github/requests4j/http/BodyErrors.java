package io.github.requests4j.http;

import java.io.IOException;

import io.github.requests4j.body.SourceReadException;
import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * Turns the errors of body sources into those that callers know.
 */
final class BodyErrors {

	private BodyErrors() {
	}

	static UnrewindableBodyException onceOnly(UnrepeatableSourceException cause) {
		return new UnrewindableBodyException(
				"Unable to rewind request body for redirect. It would have to be sent again, " + "but "
						+ cause.getMessage() + ": use bytes, a file or a supplier of streams instead.",
				cause);
	}

	static UnrewindableBodyException rewindFailed(IOException cause) {
		return new UnrewindableBodyException(
				"An error occurred when rewinding request body for redirect. (" + cause.getMessage() + ")", cause);
	}

	static RequestException unreadable(SourceReadException cause) {
		return new RequestException("The body of the request could not be read: " + cause.getCause(), cause.getCause());
	}

}
