package io.github.requests4j.spring.redis;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries that were last read or written in the memory of this process. Heads
 * are trusted for one second, because another replica may remove them. Bodies do not
 * change. Thread-safe.
 */
final class MemoryTier {

	private static final long TRUST_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** The estimated memory of an item in addition to its content, in bytes. */
	private static final int OVERHEAD = 300;

	/**
	 * The part of the memory that one body may use. A larger one would evict too many
	 * others.
	 */
	private static final int MAX_SHARE = 8;

	private final long maxBytes;

	private final Map<String, Item> items = new LinkedHashMap<>(16, 0.75f, true);

	private long bytes;

	/** Changes when heads become invalid. */
	private long epoch;

	/** Heads or a body. */
	private static final class Item {

		private final @Nullable List<Entry> heads;

		private final byte @Nullable [] body;

		private final int weight;

		private final long until;

		private Item(@Nullable List<Entry> heads, byte @Nullable [] body, int weight, long until) {
			this.heads = heads;
			this.body = body;
			this.weight = weight;
			this.until = until;
		}

	}

	MemoryTier(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/** Returns the maximum length of a body that is kept. */
	int maxBody() {
		return (int) Math.min(Integer.MAX_VALUE / 2, this.maxBytes / MAX_SHARE);
	}

	synchronized @Nullable List<Entry> heads(String key) {
		Item item = this.items.get("h" + key);
		return (item != null && System.nanoTime() - item.until < 0) ? item.heads : null;
	}

	/** Returns a number for {@link #keepHeads}, before the heads are read. */
	synchronized long epoch() {
		return this.epoch;
	}

	/** Keeps heads, unless any became invalid since they were read. */
	void keepHeads(String key, List<Entry> heads, long epoch) {
		if (this.maxBytes == 0) {
			return;
		}
		int weight = OVERHEAD + 2 * key.length();
		for (Entry entry : heads) {
			weight += entry.toBytes().length + OVERHEAD;
		}
		Item item = new Item(heads, null, weight, System.nanoTime() + TRUST_NANOS);
		synchronized (this) {
			if (epoch == this.epoch) {
				keep("h" + key, item);
			}
		}
	}

	synchronized void dropHeads(String key) {
		this.epoch++;
		drop("h" + key);
	}

	synchronized byte @Nullable [] body(String id) {
		Item item = this.items.get("b" + id);
		return (item != null) ? item.body : null;
	}

	synchronized void keepBody(String id, byte[] body) {
		if (body.length <= maxBody()) {
			keep("b" + id, new Item(null, body, body.length + OVERHEAD, 0));
		}
	}

	synchronized void clear() {
		this.epoch++;
		this.items.clear();
		this.bytes = 0;
	}

	private void keep(String name, Item item) {
		drop(name);
		if (item.weight > this.maxBytes) {
			return;
		}
		this.items.put(name, item);
		this.bytes += item.weight;
		Iterator<Item> oldest = this.items.values().iterator();
		while (this.bytes > this.maxBytes && oldest.hasNext()) {
			this.bytes -= oldest.next().weight;
			oldest.remove();
		}
	}

	private void drop(String name) {
		Item item = this.items.remove(name);
		if (item != null) {
			this.bytes -= item.weight;
		}
	}

}
