package io.github.requests4j.body;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The source of a body failed, as opposed to the connection it was being written to:
 * sending it again would not help. The caller of a session meets it as
 * {@code RequestException}.
 */
public final class SourceReadException extends UncheckedIOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param cause the error of the source
	 */
	public SourceReadException(IOException cause) {
		super(cause);
	}

}
