package io.github.requests4j.spring.redis;

import java.util.Arrays;

import io.github.requests4j.spring.internal.redis.Seal;

/**
 * Entries and sealed values from Redis, whatever they contain: an entry is whole and
 * within its bounds, or none, and what was not sealed with the key is absent.
 */
public final class EntryFuzz {

	private static final Seal SEAL = Seal.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

	private static final Seal OPEN = Seal.of(null);

	private EntryFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Entry entry = Entry.fromBytes(data);
		if (entry != null) {
			check(entry);
		}
		if (SEAL.open(data, "place") != null) {
			throw new AssertionError("a value that nobody sealed");
		}
		if (!Arrays.equals(SEAL.open(SEAL.seal(data, "place"), "place"), data)
				|| !Arrays.equals(OPEN.open(OPEN.seal(data, ""), ""), data)) {
			throw new AssertionError("a value that cannot be opened");
		}
		OPEN.open(data, "");
	}

	private static void check(Entry entry) {
		long total = 0;
		for (int i = 0; i < entry.chunks(); i++) {
			int length = entry.chunkLength(i);
			if (length <= 0 || length > Entry.CHUNK_BYTES) {
				throw new AssertionError("a chunk of " + length);
			}
			total += length;
		}
		if (total != entry.length() || entry.chunks() > Entry.MAX_CHUNKS) {
			throw new AssertionError("chunks that are not the body");
		}
		Entry again = Entry.fromBytes(entry.toBytes());
		if (again == null || !again.id().equals(entry.id()) || again.length() != entry.length()) {
			throw new AssertionError("an entry that is not itself");
		}
	}

}
