package io.github.requests4j.cache;

import java.io.InputStream;

/**
 * The whole body of a stored response, open for reading.
 *
 * @param stream the bytes as they were received, not decoded; the reader must close the
 * stream
 * @param length the number of bytes
 * @param local whether all bytes are in this process, so that reading cannot fail. If
 * reading another body fails, the server provides the rest, provided that the body has
 * not changed
 */
public record StoredBody(InputStream stream, long length, boolean local) {

	/**
	 * Creates a body that is in this process.
	 * @param stream the bytes
	 * @param length the number of bytes
	 */
	public StoredBody(InputStream stream, long length) {
		this(stream, length, true);
	}

}
