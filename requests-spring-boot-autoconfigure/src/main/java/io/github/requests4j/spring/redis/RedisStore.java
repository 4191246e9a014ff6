package io.github.requests4j.spring.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cache.CacheStore;
import io.github.requests4j.cache.StoredBody;
import io.github.requests4j.cache.StoredResponse;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.session.CacheStores;

/**
 * Keeps the responses of a session in Redis, where all replicas of the application find
 * them, and the most recently used ones also in memory. If Redis does not respond in
 * time, the response counts as absent. Thread-safe.
 */
final class RedisStore implements CacheStore {

	/** The maximum number of chunks that are read at once. Longer bodies are streamed. */
	private static final int MAX_PREFETCHED = 16;

	/** How long other replicas wait for the one that fetches a response. */
	private static final Duration LEASE = Duration.ofSeconds(5);

	/** The writer of a response that cannot be stored. */
	private static final Writer NOT_STORED = new Writer() {

		@Override
		public void write(byte[] bytes, int offset, int length) {
		}

		@Override
		public void commit() {
		}

		@Override
		public void discard() {
		}

	};

	private final RedisAccess redis;

	private final Entries entries;

	private final Removals removals;

	private final Turns turns;

	private final MemoryTier memory;

	private final long maxBody;

	RedisStore(RedisAccess redis, String session, CacheStores.Settings settings) {
		this.redis = redis;
		Keys keys = new Keys(redis, session);
		this.entries = new Entries(keys, redis.seal(), settings.stale());
		this.removals = new Removals(redis, this.entries);
		this.turns = new Turns(redis, keys, LEASE);
		this.memory = new MemoryTier(settings.memory());
		this.maxBody = Math.min(settings.maxBody(), (long) Entry.MAX_CHUNKS * Entry.CHUNK_BYTES);
	}

	@Override
	public List<StoredResponse> find(String key) {
		List<StoredResponse> heads = new ArrayList<>();
		for (Entry entry : entries(key)) {
			heads.add(entry.head());
		}
		return heads;
	}

	private List<Entry> entries(String key) {
		List<Entry> known = this.memory.heads(key);
		if (known != null) {
			return known;
		}
		if (!this.removals.settle(key)) {
			return List.of();
		}
		long epoch = this.memory.epoch();
		try {
			List<Entry> found = this.redis.call(RedisUse.CACHE, (connection) -> this.entries.load(connection, key));
			if (found == null || found.isEmpty()) {
				return List.of();
			}
			this.memory.keepHeads(key, found, epoch);
			return found;
		}
		catch (RedisUnavailableException ex) {
			return List.of();
		}
	}

	@Override
	public @Nullable StoredBody read(String key, StoredResponse response) {
		byte[] kept = this.memory.body(response.id());
		if (kept != null) {
			return new StoredBody(new ByteArrayInputStream(kept), kept.length);
		}
		for (Entry entry : entries(key)) {
			if (entry.id().equals(response.id())) {
				StoredBody body = open(key, entry);
				if (body == null) {
					drop(key, entry);
				}
				return body;
			}
		}
		return null;
	}

	private @Nullable StoredBody open(String key, Entry entry) {
		try {
			if (entry.chunks() > MAX_PREFETCHED) {
				boolean complete = Boolean.TRUE.equals(
						this.redis.call(RedisUse.CACHE, (connection) -> this.entries.holds(connection, key, entry)));
				return complete
						? new StoredBody(new ChunkedBody((from, to) -> readLater(key, entry, from, to), entry.chunks()),
								entry.length(), false)
						: null;
			}
			byte[] body = read(key, entry, 0, entry.chunks());
			if (body == null) {
				return null;
			}
			this.memory.keepBody(entry.id(), body);
			return new StoredBody(new ByteArrayInputStream(body), body.length);
		}
		catch (RedisUnavailableException | IOException ex) {
			return null;
		}
	}

	private byte @Nullable [] read(String key, Entry entry, int from, int to) throws RedisUnavailableException {
		return this.redis.call(RedisUse.CACHE, (connection) -> this.entries.read(connection, key, entry, from, to));
	}

	private byte[] readLater(String key, Entry entry, int from, int to) throws IOException {
		try {
			byte[] bytes = read(key, entry, from, to);
			if (bytes != null) {
				return bytes;
			}
		}
		catch (RedisUnavailableException ex) {
			throw new IOException("The stored body cannot be read to its end", ex);
		}
		throw new IOException("A part of the stored body is missing");
	}

	/**
	 * Removes an incomplete entry. If Redis is unavailable, the entry stays, because it
	 * may be complete.
	 */
	private void drop(String key, Entry entry) {
		this.memory.dropHeads(key);
		this.redis.tryRun(RedisUse.CACHE, (connection) -> {
			if (!this.entries.holds(connection, key, entry)) {
				this.entries.drop(connection, key, entry);
			}
		});
	}

	@Override
	public Writer write(String key, StoredResponse response) {
		return (this.redis.unavailableSince() == null) ? new ChunkWriter(key, response) : NOT_STORED;
	}

	@Override
	public void update(String key, StoredResponse response) {
		this.memory.dropHeads(key);
		// Without Redis, the next request will validate it again
		this.redis.tryRun(RedisUse.CACHE, (connection) -> this.entries.update(connection, key, response));
		this.memory.dropHeads(key);
	}

	@Override
	public @Nullable Turn start(String key, String request, long nanos) {
		Turn turn = this.turns.start(request, nanos);
		if (turn == null) {
			this.memory.dropHeads(key);
		}
		return turn;
	}

	@Override
	public void remove(String key) {
		this.memory.dropHeads(key);
		this.removals.remove(key);
		this.memory.dropHeads(key);
	}

	@Override
	public void clear() {
		this.memory.clear();
		this.removals.removeAll();
		this.memory.clear();
	}

	/** Returns -1, because the entries of other replicas are not counted. */
	@Override
	public long size() {
		return -1;
	}

	/** Clears the memory. The entries in Redis stay there for other replicas. */
	@Override
	public void close() {
		this.memory.clear();
	}

	@Override
	public String toString() {
		return "redis";
	}

	/**
	 * Writes a body in chunks as it is read. A body that takes too long to write, or is
	 * too long, is not stored. For one thread.
	 */
	private final class ChunkWriter implements Writer {

		/**
		 * The maximum time for writing all chunks of a body, in multiples of the timeout.
		 */
		private static final int MAX_WAIT = 4;

		private final String key;

		private final StoredResponse head;

		private final byte[] chunk = new byte[Entry.CHUNK_BYTES];

		private int filled;

		private int chunks;

		private long length;

		private long waited;

		private boolean abandoned;

		private @Nullable ByteArrayOutputStream copy = new ByteArrayOutputStream(1024);

		private ChunkWriter(String key, StoredResponse head) {
			this.key = key;
			this.head = head;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.length += length;
			if (this.length > RedisStore.this.maxBody) {
				discard();
			}
			int done = 0;
			while (done < length && !this.abandoned) {
				int count = Math.min(length - done, this.chunk.length - this.filled);
				System.arraycopy(bytes, offset + done, this.chunk, this.filled, count);
				this.filled += count;
				done += count;
				if (this.filled == this.chunk.length) {
					flush();
				}
			}
			if (this.copy != null && this.length > RedisStore.this.memory.maxBody()) {
				this.copy = null;
			}
			else if (this.copy != null) {
				this.copy.write(bytes, offset, length);
			}
		}

		private void flush() {
			byte[] bytes = Arrays.copyOf(this.chunk, this.filled);
			int index = this.chunks;
			long start = System.nanoTime();
			if (!RedisStore.this.redis.tryRun(RedisUse.CACHE, (connection) -> RedisStore.this.entries
				.writeChunk(connection, this.key, this.head, index, bytes))) {
				discard();
				return;
			}
			this.chunks++;
			this.filled = 0;
			this.waited += System.nanoTime() - start;
			if (this.waited > MAX_WAIT * RedisStore.this.redis.timeout().toNanos()) {
				discard();
			}
		}

		@Override
		public void commit() {
			if (!this.abandoned && this.filled > 0) {
				flush();
			}
			if (this.abandoned) {
				return;
			}
			Entry entry = new Entry(this.head, this.length);
			RedisStore.this.memory.dropHeads(this.key);
			if (!publish(entry)) {
				discard();
			}
			else if (this.copy != null) {
				RedisStore.this.memory.keepBody(entry.id(), this.copy.toByteArray());
			}
			RedisStore.this.memory.dropHeads(this.key);
		}

		private boolean publish(Entry entry) {
			try {
				return RedisStore.this.removals.settle(this.key)
						&& Boolean.TRUE.equals(RedisStore.this.redis.call(RedisUse.CACHE,
								(connection) -> RedisStore.this.entries.publish(connection, this.key, entry)));
			}
			catch (RedisUnavailableException ex) {
				return false;
			}
		}

		/** Removes the chunks. Those that cannot be removed now will expire. */
		@Override
		public void discard() {
			if (this.abandoned) {
				return;
			}
			this.abandoned = true;
			this.copy = null;
			if (this.chunks > 0) {
				Entry written = new Entry(this.head, (long) this.chunks * Entry.CHUNK_BYTES);
				RedisStore.this.redis.tryRun(RedisUse.CACHE,
						(connection) -> RedisStore.this.entries.discard(connection, this.key, written));
			}
		}

	}

}
