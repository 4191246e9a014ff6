package io.github.requests4j.auth;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.url.Url;

/**
 * The nonces that a digest auth has used and, for each route, the nonce that the server
 * accepted last. Only that nonce is used for requests without a challenge. A nonce that
 * has not been accepted yet belongs to the thread that received it, because a server may
 * accept it only once. Bounded; the least recently used entries are removed first.
 * Thread-safe; the lock is only held for lookups.
 */
final class DigestMemory {

	private static final int MAX_ROUTES = 256;

	private static final int MAX_NONCES = 1024;

	private final Object lock = new Object();

	private final Map<NonceKey, Nonce> nonces = new LruCache<>(MAX_NONCES);

	private final Map<Route, Nonce> accepted = new LruCache<>(MAX_ROUTES);

	private final Map<String, Route> lastRoutes = new LruCache<>(MAX_ROUTES);

	/**
	 * Returns the nonce of a challenge. The count of a known nonce continues, because
	 * servers may send the same nonce to several threads.
	 */
	Nonce challenged(Route route, DigestChallenge challenge) {
		NonceKey key = new NonceKey(route, challenge.nonce());
		synchronized (this.lock) {
			Nonce known = this.nonces.get(key);
			Nonce nonce = (known != null) ? known.forChallenge(challenge) : new Nonce(challenge);
			this.nonces.put(key, nonce);
			return nonce;
		}
	}

	/** Records that the server has accepted a nonce. */
	void accepted(Route route, Nonce nonce) {
		synchronized (this.lock) {
			this.accepted.put(route, nonce);
			this.lastRoutes.put(route.origin(), route);
		}
	}

	/** Records that the server has rejected a nonce. */
	void rejected(Route route, Nonce nonce) {
		synchronized (this.lock) {
			this.accepted.remove(route, nonce);
		}
	}

	/** Returns the nonce that can be used without a challenge on this route. */
	@Nullable Nonce find(Route route) {
		synchronized (this.lock) {
			return this.accepted.get(route);
		}
	}

	/** Returns the nonce for the last route to an origin. */
	@Nullable Nonce find(String origin) {
		synchronized (this.lock) {
			Route route = this.lastRoutes.get(origin);
			return (route != null) ? this.accepted.get(route) : null;
		}
	}

	private record NonceKey(Route route, String nonce) {
	}

	private static final class LruCache<K, V> extends LinkedHashMap<K, V> {

		private static final long serialVersionUID = 1L;

		private final int limit;

		LruCache(int limit) {
			super(16, 0.75f, true);
			this.limit = limit;
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
			return size() > this.limit;
		}

	}

	/**
	 * The source of a challenge: an origin, directly or through a proxy (curl
	 * CVE-2026-11856). With plain http, the proxy may have created it.
	 *
	 * @param origin scheme, host and port
	 * @param proxy the URL of the proxy including credentials, or null
	 */
	record Route(String origin, @Nullable String proxy) {

		static Route of(PreparedRequest request, SendOptions options) {
			Url url = request.parsedUrl();
			Proxies proxies = options.proxies();
			return new Route(url.origin(), (proxies != null) ? proxies.selectText(url) : null);
		}

		@Override
		public String toString() {
			return "Route[" + this.origin + ((this.proxy != null) ? " through a proxy]" : "]");
		}

	}

	/**
	 * A challenge with the number of times its nonce was used. Each use has a different
	 * count, even in concurrent threads. Thread-safe.
	 */
	static final class Nonce {

		private static final int CNONCE_BYTES = 8;

		private static final SecureRandom RANDOM = new SecureRandom();

		private final DigestChallenge challenge;

		private final AtomicInteger uses;

		Nonce(DigestChallenge challenge) {
			this(challenge, new AtomicInteger());
		}

		private Nonce(DigestChallenge challenge, AtomicInteger uses) {
			this.challenge = challenge;
			this.uses = uses;
		}

		/** Returns this nonce for another challenge, with the same count. */
		Nonce forChallenge(DigestChallenge other) {
			return this.challenge.equals(other) ? this : new Nonce(other, this.uses);
		}

		String authorization(BasicCredentials credentials, String method, String uri) {
			byte[] cnonce = new byte[CNONCE_BYTES];
			RANDOM.nextBytes(cnonce);
			return this.challenge.authorization(credentials, method, uri, this.uses.incrementAndGet(),
					HexFormat.of().formatHex(cnonce));
		}

		/**
		 * Returns whether an Authorization header was created from this nonce for a
		 * target.
		 */
		boolean isUsedBy(String header, BasicCredentials credentials, String uri) {
			return header.startsWith(this.challenge.start(credentials, uri));
		}

	}

}
