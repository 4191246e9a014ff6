package io.github.requests4j.spring.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;

import io.github.requests4j.cache.StoredResponse;
import io.github.requests4j.spring.internal.redis.Seal;

/**
 * Reads and writes entries. A body is immutable. It is stored in chunks before its head
 * and expires later, so that an entry is either complete or absent. Thread-safe.
 */
final class Entries {

	/** The maximum number of variants of one URL. More are not worth their memory. */
	private static final int MAX_VARIANTS = 16;

	/** How long a body can be read after its head is removed. */
	private static final long GRACE_MILLIS = Duration.ofMinutes(10).toMillis();

	private static final byte[] UPDATE = { '1' };

	private static final byte[] CREATE = { '0' };

	private final Keys keys;

	private final Seal seal;

	private final Duration stale;

	Entries(Keys keys, Seal seal, Duration stale) {
		this.keys = keys;
		this.seal = seal;
		this.stale = stale;
	}

	Keys keys() {
		return this.keys;
	}

	/** Returns the readable entries of a URL. */
	List<Entry> load(RedisConnection connection, String url) {
		return load(connection, this.keys.of(connection, url), new ArrayList<>());
	}

	/**
	 * Returns the readable entries of a URL, and adds the fields of all others to a list.
	 */
	private List<Entry> load(RedisConnection connection, Keys.OfUrl at, List<byte[]> unreadable) {
		List<Entry> entries = new ArrayList<>();
		Map<byte[], byte[]> found = connection.hashCommands().hGetAll(at.heads());
		if (found != null) {
			found.forEach((field, value) -> {
				Entry entry = open(at, new String(field, StandardCharsets.US_ASCII), value);
				if (entry != null && entries.size() < MAX_VARIANTS) {
					entries.add(entry);
				}
				else {
					unreadable.add(field);
				}
			});
		}
		return entries;
	}

	private @Nullable Entry open(Keys.OfUrl at, String id, byte[] value) {
		byte[] bytes = this.seal.open(value, at.headPlace(id));
		Entry entry = (bytes != null) ? Entry.fromBytes(bytes) : null;
		return (entry != null && entry.id().equals(id)) ? entry : null;
	}

	/** Returns how long to keep a head, with an extra minute for clocks that differ. */
	private long millis(StoredResponse head) {
		return head.usefulFor(this.stale).plusMinutes(1).toMillis();
	}

	/** Writes a chunk of a body whose head is not visible yet. */
	void writeChunk(RedisConnection connection, String url, StoredResponse head, int index, byte[] chunk) {
		Keys.OfUrl at = this.keys.of(connection, url);
		connection.stringCommands()
			.pSetEx(at.chunk(head.id(), index), millis(head) + GRACE_MILLIS,
					this.seal.seal(chunk, at.chunkPlace(head.id(), index)));
	}

	/**
	 * Makes an entry visible and removes those that it replaces.
	 * @return {@code false} if a chunk is missing, in which case nothing has changed
	 */
	boolean publish(RedisConnection connection, String url, Entry entry) {
		Keys.OfUrl at = this.keys.of(connection, url);
		List<byte[]> removed = new ArrayList<>();
		List<byte[]> chunks = new ArrayList<>();
		List<Entry> others = load(connection, at, removed);
		for (Iterator<Entry> all = others.iterator(); all.hasNext();) {
			Entry other = all.next();
			if (entry.head().replaces(other.head())) {
				all.remove();
				removed.add(field(other.id()));
				addChunks(at, other, chunks);
			}
		}
		if (others.size() >= MAX_VARIANTS) {
			removed.add(field(others.get(0).id()));
			addChunks(at, others.get(0), chunks);
		}
		boolean published = publish(connection, at, entry, CREATE, removed);
		if (published) {
			Scripts.fade(connection, chunks, GRACE_MILLIS);
		}
		return published;
	}

	private boolean publish(RedisConnection connection, Keys.OfUrl at, Entry entry, byte[] mode, List<byte[]> removed) {
		List<byte[]> keys = new ArrayList<>();
		keys.add(at.heads());
		addChunks(at, entry, keys);
		long millis = millis(entry.head());
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(field(entry.id()));
		arguments.add(this.seal.seal(entry.toBytes(), at.headPlace(entry.id())));
		arguments.add(Scripts.number(millis));
		arguments.add(Scripts.number(millis + GRACE_MILLIS));
		arguments.add(mode);
		arguments.addAll(removed);
		return Scripts.publish(connection, keys, arguments);
	}

	private static byte[] field(String id) {
		return id.getBytes(StandardCharsets.US_ASCII);
	}

	private static void addChunks(Keys.OfUrl at, Entry entry, List<byte[]> keys) {
		for (int i = 0; i < entry.chunks(); i++) {
			keys.add(at.chunk(entry.id(), i));
		}
	}

	/** Replaces the head of an existing entry, and extends the lifetime of its body. */
	void update(RedisConnection connection, String url, StoredResponse head) {
		Keys.OfUrl at = this.keys.of(connection, url);
		byte[] value = connection.hashCommands().hGet(at.heads(), field(head.id()));
		Entry before = (value != null) ? open(at, head.id(), value) : null;
		if (before != null) {
			publish(connection, at, new Entry(head, before.length()), UPDATE, List.of());
		}
	}

	/** Removes the heads of a URL. Bodies that are being read stay for a while. */
	void remove(RedisConnection connection, String url) {
		Keys.OfUrl at = this.keys.of(connection, url);
		List<byte[]> chunks = new ArrayList<>();
		for (Entry entry : load(connection, at, new ArrayList<>())) {
			addChunks(at, entry, chunks);
		}
		connection.keyCommands().del(at.heads());
		Scripts.fade(connection, chunks, GRACE_MILLIS);
	}

	/** Removes an entry whose body is incomplete. */
	void drop(RedisConnection connection, String url, Entry entry) {
		connection.hashCommands().hDel(this.keys.of(connection, url).heads(), field(entry.id()));
	}

	/** Removes the chunks of a body whose head never became visible. */
	void discard(RedisConnection connection, String url, Entry entry) {
		List<byte[]> chunks = new ArrayList<>();
		addChunks(this.keys.of(connection, url), entry, chunks);
		if (!chunks.isEmpty()) {
			connection.keyCommands().del(chunks.toArray(byte[][]::new));
		}
	}

	/** Returns whether a body is complete and stays so while it is read. */
	boolean holds(RedisConnection connection, String url, Entry entry) {
		List<byte[]> chunks = new ArrayList<>();
		addChunks(this.keys.of(connection, url), entry, chunks);
		return chunks.isEmpty() || Scripts.extend(connection, chunks, GRACE_MILLIS);
	}

	/**
	 * Reads chunks of a body.
	 * @return their bytes, or null if one of them is missing or damaged
	 */
	byte @Nullable [] read(RedisConnection connection, String url, Entry entry, int from, int to) {
		Keys.OfUrl at = this.keys.of(connection, url);
		List<byte[]> names = new ArrayList<>();
		int length = 0;
		for (int i = from; i < to; i++) {
			names.add(at.chunk(entry.id(), i));
			length += entry.chunkLength(i);
		}
		List<byte[]> found = names.isEmpty() ? List.of()
				: connection.stringCommands().mGet(names.toArray(byte[][]::new));
		byte[] bytes = new byte[length];
		int offset = 0;
		for (int i = from; i < to; i++) {
			byte[] sealed = (found != null && i - from < found.size()) ? found.get(i - from) : null;
			byte[] chunk = this.seal.open(sealed, at.chunkPlace(entry.id(), i));
			if (chunk == null || chunk.length != entry.chunkLength(i)) {
				return null;
			}
			System.arraycopy(chunk, 0, bytes, offset, chunk.length);
			offset += chunk.length;
		}
		return bytes;
	}

}
