package io.github.requests4j.body;

/**
 * A source that can be read only once was to be read again. The caller of a session meets
 * it as {@code UnrewindableBodyException}.
 */
public final class UnrepeatableSourceException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message which kind of source it is
	 */
	public UnrepeatableSourceException(String message) {
		super(message);
	}

}
