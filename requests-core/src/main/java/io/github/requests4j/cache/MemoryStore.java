package io.github.requests4j.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Stores responses in the memory of this process with Caffeine, which evicts the least
 * used ones first. Thread-safe.
 */
final class MemoryStore implements CacheStore {

	/** The estimated size of an entry without its body and headers. */
	private static final int OVERHEAD = 512;

	/** The maximum number of variants of one URL. */
	private static final int MAX_VARIANTS = 16;

	private final long maxBytes;

	private final long maxBody;

	private final Cache<String, List<Entry>> entries;

	/** A head with its body. */
	private static final class Entry {

		private final StoredResponse head;

		private final byte[] body;

		private final int weight;

		private Entry(StoredResponse head, byte[] body) {
			this.head = head;
			this.body = body;
			this.weight = body.length + headerBytes(head) + OVERHEAD;
		}

	}

	MemoryStore(long maxBytes, long maxBody) {
		this.maxBytes = maxBytes;
		this.maxBody = maxBody;
		this.entries = Caffeine.newBuilder()
			.maximumWeight(maxBytes)
			.weigher(MemoryStore::weight)
			// Evicts on the storing thread, so that no pool is needed
			.executor(Runnable::run)
			.build();
	}

	private static int weight(String key, List<Entry> variants) {
		long weight = key.length();
		for (Entry entry : variants) {
			weight += entry.weight;
		}
		return (int) Math.min(Integer.MAX_VALUE, weight);
	}

	@Override
	public List<StoredResponse> find(String key) {
		List<Entry> variants = this.entries.getIfPresent(key);
		if (variants == null) {
			return List.of();
		}
		if (variants.size() == 1) {
			return List.of(variants.get(0).head);
		}
		List<StoredResponse> heads = new ArrayList<>(variants.size());
		for (Entry entry : variants) {
			heads.add(entry.head);
		}
		return heads;
	}

	@Override
	public Writer write(String key, StoredResponse response) {
		return new MemoryWriter(key, response);
	}

	private void put(String key, StoredResponse head, byte[] body) {
		Entry entry = new Entry(head, body);
		this.entries.asMap().compute(key, (same, before) -> {
			List<Entry> variants = new ArrayList<>();
			variants.add(entry);
			for (Entry other : (before != null) ? before : List.<Entry>of()) {
				if (!head.replaces(other.head) && variants.size() < MAX_VARIANTS) {
					variants.add(other);
				}
			}
			return List.copyOf(variants);
		});
	}

	private static int headerBytes(StoredResponse head) {
		int bytes = 0;
		for (int i = 0; i < head.headers().size(); i++) {
			String value = head.headers().valueAt(i);
			bytes += head.headers().nameAt(i).length() + ((value != null) ? value.length() : 0);
		}
		return bytes;
	}

	@Override
	public void update(String key, StoredResponse response) {
		this.entries.asMap().computeIfPresent(key, (same, before) -> {
			List<Entry> variants = new ArrayList<>(before);
			variants
				.replaceAll((entry) -> entry.head.id().equals(response.id()) ? new Entry(response, entry.body) : entry);
			return List.copyOf(variants);
		});
	}

	@Override
	public @Nullable StoredBody read(String key, StoredResponse response) {
		List<Entry> variants = this.entries.getIfPresent(key);
		for (Entry entry : (variants != null) ? variants : List.<Entry>of()) {
			if (entry.head.id().equals(response.id())) {
				return new StoredBody(new ByteArrayInputStream(entry.body), entry.body.length);
			}
		}
		return null;
	}

	@Override
	public void remove(String key) {
		this.entries.invalidate(key);
	}

	@Override
	public void clear() {
		this.entries.invalidateAll();
	}

	@Override
	public long size() {
		return this.entries.policy().eviction().map((policy) -> policy.weightedSize().orElse(0)).orElse(0L);
	}

	@Override
	public void close() {
		clear();
	}

	@Override
	public String toString() {
		return "memory, up to " + this.maxBytes + " bytes";
	}

	/** Collects a body, unless it turns out too large. */
	private final class MemoryWriter implements Writer {

		private final String key;

		private final StoredResponse head;

		private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream(1024);

		private MemoryWriter(String key, StoredResponse head) {
			this.key = key;
			this.head = head;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			if (this.body == null) {
				return;
			}
			if (this.body.size() + (long) length > MemoryStore.this.maxBody) {
				this.body = null;
				return;
			}
			this.body.write(bytes, offset, length);
		}

		@Override
		public void commit() {
			if (this.body != null) {
				put(this.key, this.head, this.body.toByteArray());
				this.body = null;
			}
		}

		@Override
		public void discard() {
			this.body = null;
		}

	}

}
