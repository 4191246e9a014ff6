package io.github.requests4j.spring.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;

import io.github.requests4j.spring.internal.redis.Digests;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * The keys of a session's cache. All keys of a URL are on the same node of a cluster. The
 * URL itself is hashed, because it may contain secrets. The keys also contain the
 * generation of the cache. Emptying the cache starts a new generation, and the entries of
 * the previous one expire. Thread-safe.
 */
final class Keys {

	/** The version of the stored format. */
	private static final String VERSION = "1";

	private static final Pattern GENERATION = Pattern.compile("[0-9a-f]{16}");

	/** How long another replica may not notice that the cache was emptied. */
	private static final long TRUST_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final RedisAccess redis;

	private final String cache;

	private final SecureRandom random = new SecureRandom();

	private volatile @Nullable Generation generation;

	private record Generation(String id, long until) {
	}

	Keys(RedisAccess redis, String session) {
		this.redis = redis;
		this.cache = VERSION + ":" + URLEncoder.encode(session, StandardCharsets.UTF_8);
	}

	private byte[] key(String rest) {
		return this.redis.key(RedisUse.CACHE, this.cache + ":" + rest);
	}

	/** Starts a new generation, which empties the cache. */
	void startGeneration(RedisConnection connection) {
		String id = newId();
		connection.stringCommands().set(key("generation"), bytes(id));
		this.generation = new Generation(id, System.nanoTime() + TRUST_NANOS);
	}

	private String generation(RedisConnection connection) {
		Generation known = this.generation;
		if (known != null && System.nanoTime() - known.until() < 0) {
			return known.id();
		}
		byte[] key = key("generation");
		byte[] found = connection.stringCommands().get(key);
		if (found == null) {
			connection.stringCommands().setNX(key, bytes(newId()));
			found = connection.stringCommands().get(key);
		}
		String id = (found != null) ? new String(found, StandardCharsets.US_ASCII) : "";
		if (!GENERATION.matcher(id).matches()) {
			id = newId();
			connection.stringCommands().set(key, bytes(id));
		}
		this.generation = new Generation(id, System.nanoTime() + TRUST_NANOS);
		return id;
	}

	private String newId() {
		byte[] id = new byte[8];
		this.random.nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	/** Returns the keys of a URL. */
	OfUrl of(RedisConnection connection, String url) {
		return new OfUrl(generation(connection) + ":{" + Digests.name(url) + "}:");
	}

	/**
	 * Returns the key of the lease of a request. It does not depend on the generation.
	 */
	byte[] lease(String request) {
		return key("{" + Digests.name(request) + "}:lease");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** The keys of a URL. */
	final class OfUrl {

		private final String url;

		private OfUrl(String url) {
			this.url = url;
		}

		/** Returns the key of the hash with the heads of all variants. */
		byte[] heads() {
			return key(this.url + "heads");
		}

		/** Returns the key of a chunk. */
		byte[] chunk(String id, int index) {
			return key(this.url + id + ":" + index);
		}

		/** Returns the place of a head, for its seal. */
		String headPlace(String id) {
			return Keys.this.cache + ":" + this.url + id;
		}

		/** Returns the place of a chunk, for its seal. */
		String chunkPlace(String id, int index) {
			return headPlace(id) + ":" + index;
		}

	}

}
