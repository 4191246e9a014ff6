package io.github.requests4j.spring.redis;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cache.StoredResponse;

/**
 * A stored response with the size of its body, which is stored separately in chunks.
 * Immutable.
 *
 * @param head the head
 * @param length the length of the body
 */
record Entry(StoredResponse head, long length) {

	static final int CHUNK_BYTES = 64 * 1024;

	/** The maximum number of chunks, which is 256 MB. */
	static final int MAX_CHUNKS = 4096;

	private static final byte VERSION = 1;

	private static final int PREFIX_BYTES = 1 + Long.BYTES;

	/**
	 * The maximum size of a head. Those of responses are limited to 256 KB by default.
	 */
	private static final int MAX_BYTES = 4 * 1024 * 1024;

	String id() {
		return this.head.id();
	}

	int chunks() {
		return (int) ((this.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
	}

	/** Returns the length of a chunk. All but the last one are full. */
	int chunkLength(int index) {
		return (int) Math.min(CHUNK_BYTES, this.length - (long) index * CHUNK_BYTES);
	}

	byte[] toBytes() {
		byte[] bytes = this.head.toBytes();
		return ByteBuffer.allocate(PREFIX_BYTES + bytes.length).put(VERSION).putLong(this.length).put(bytes).array();
	}

	/**
	 * Reads what {@link #toBytes()} wrote. The bytes may come from anywhere.
	 * @return the entry, or null if the bytes are damaged or of another version
	 */
	static @Nullable Entry fromBytes(byte[] bytes) {
		if (bytes.length <= PREFIX_BYTES || bytes.length > MAX_BYTES || bytes[0] != VERSION) {
			return null;
		}
		long length = ByteBuffer.wrap(bytes).getLong(1);
		if (length < 0 || length > (long) MAX_CHUNKS * CHUNK_BYTES) {
			return null;
		}
		StoredResponse head = StoredResponse.fromBytes(Arrays.copyOfRange(bytes, PREFIX_BYTES, bytes.length));
		return (head != null) ? new Entry(head, length) : null;
	}

}
