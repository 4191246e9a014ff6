package io.github.requests4j.body;

/**
 * Thrown when a source that can be read only once is read again. Sessions convert it to
 * an {@code UnrewindableBodyException}.
 */
public final class UnrepeatableSourceException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message describes the source
	 */
	public UnrepeatableSourceException(String message) {
		super(message);
	}

}
