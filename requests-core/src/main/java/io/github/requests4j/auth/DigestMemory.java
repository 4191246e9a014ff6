package io.github.requests4j.auth;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a digest auth remembers of its servers: the nonces it has answered, and for each
 * route the one that the server accepted last. Only that one is used for further requests
 * without waiting for a challenge: one that no answer has been accepted for yet belongs
 * to the thread that was given it, and a server may take it only once. Bounded, the least
 * recently used goes first. Safe for many threads; the lock is held for look-ups only.
 */
final class DigestMemory {

	private static final int MAX_ROUTES = 256;

	private static final int MAX_NONCES = 1024;

	private final Object lock = new Object();

	private final Map<NonceKey, DigestNonce> nonces = new Recent<>(MAX_NONCES);

	private final Map<DigestRoute, DigestNonce> accepted = new Recent<>(MAX_ROUTES);

	private final Map<String, DigestRoute> lastRoutes = new Recent<>(MAX_ROUTES);

	/**
	 * A challenge has come. A nonce that is known goes on counting: servers give the same
	 * one to several threads.
	 */
	DigestNonce challenged(DigestRoute route, DigestChallenge challenge) {
		NonceKey key = new NonceKey(route, challenge.nonce());
		synchronized (this.lock) {
			DigestNonce known = this.nonces.get(key);
			DigestNonce nonce = (known != null) ? known.in(challenge) : new DigestNonce(challenge);
			this.nonces.put(key, nonce);
			return nonce;
		}
	}

	/** The server has accepted an answer. */
	void accepted(DigestRoute route, DigestNonce nonce) {
		synchronized (this.lock) {
			this.accepted.put(route, nonce);
			this.lastRoutes.put(route.origin(), route);
		}
	}

	/** The server has not accepted an answer. */
	void refused(DigestRoute route, DigestNonce nonce) {
		synchronized (this.lock) {
			this.accepted.remove(route, nonce);
		}
	}

	/** What can be answered without waiting for a challenge on this route. */
	@Nullable DigestNonce find(DigestRoute route) {
		synchronized (this.lock) {
			return this.accepted.get(route);
		}
	}

	/** The same when only the origin is known: for the route that was used last. */
	@Nullable DigestNonce find(String origin) {
		synchronized (this.lock) {
			DigestRoute route = this.lastRoutes.get(origin);
			return (route != null) ? this.accepted.get(route) : null;
		}
	}

	private record NonceKey(DigestRoute route, String nonce) {
	}

	private static final class Recent<K, V> extends LinkedHashMap<K, V> {

		private static final long serialVersionUID = 1L;

		private final int limit;

		Recent(int limit) {
			super(16, 0.75f, true);
			this.limit = limit;
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			return size() > this.limit;
		}

	}

}
