package io.github.requests4j.cache;

import java.io.InputStream;

/**
 * The whole body of a stored response, open for reading.
 *
 * @param stream the bytes as they were received, undecoded; to be closed by the reader
 * @param length how many they are
 */
public record StoredBody(InputStream stream, long length) {
}
