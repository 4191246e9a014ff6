package io.github.requests4j.body;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Thrown when the source of a body fails, as opposed to the connection. Sending the body
 * again would not help. Sessions convert it to a {@code RequestException}.
 */
public final class SourceReadException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param cause the error of the source
	 */
	public SourceReadException(IOException cause) {
		super(cause);
	}

}
