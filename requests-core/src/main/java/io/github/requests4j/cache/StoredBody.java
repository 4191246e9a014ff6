package io.github.requests4j.cache;

import java.io.InputStream;

/**
 * The whole body of a stored response, open for reading.
 *
 * @param stream the bytes as they were received, undecoded; to be closed by the reader
 * @param length how many they are
 * @param local whether they are all in this process, so that reading cannot fail. A body
 * that breaks off is fetched from the server again, if it is still the same.
 */
public record StoredBody(InputStream stream, long length, boolean local) {

	/**
	 * Creates a body that is in this process.
	 * @param stream the bytes
	 * @param length how many they are
	 */
	public StoredBody(InputStream stream, long length) {
		this(stream, length, true);
	}

}
