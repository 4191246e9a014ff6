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

	private final Map<NonceKey, Nonce> nonces = new Recent<>(MAX_NONCES);

	private final Map<Route, Nonce> accepted = new Recent<>(MAX_ROUTES);

	private final Map<String, Route> lastRoutes = new Recent<>(MAX_ROUTES);

	/**
	 * A challenge has come. A nonce that is known goes on counting: servers give the same
	 * one to several threads.
	 */
	Nonce challenged(Route route, DigestChallenge challenge) {
		NonceKey key = new NonceKey(route, challenge.nonce());
		synchronized (this.lock) {
			Nonce known = this.nonces.get(key);
			Nonce nonce = (known != null) ? known.in(challenge) : new Nonce(challenge);
			this.nonces.put(key, nonce);
			return nonce;
		}
	}

	/** The server has accepted an answer. */
	void accepted(Route route, Nonce nonce) {
		synchronized (this.lock) {
			this.accepted.put(route, nonce);
			this.lastRoutes.put(route.origin(), route);
		}
	}

	/** The server has not accepted an answer. */
	void refused(Route route, Nonce nonce) {
		synchronized (this.lock) {
			this.accepted.remove(route, nonce);
		}
	}

	/** What can be answered without waiting for a challenge on this route. */
	@Nullable Nonce find(Route route) {
		synchronized (this.lock) {
			return this.accepted.get(route);
		}
	}

	/** The same when only the origin is known: for the route that was used last. */
	@Nullable Nonce find(String origin) {
		synchronized (this.lock) {
			Route route = this.lastRoutes.get(origin);
			return (route != null) ? this.accepted.get(route) : null;
		}
	}

	private record NonceKey(Route route, String nonce) {
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

	/**
	 * Whom a challenge came from: an origin, seen directly or through a proxy (curl
	 * CVE-2026-11856). On plain http the proxy may have made it up.
	 *
	 * @param origin scheme, host and port
	 * @param proxy the URL of the proxy, credentials included, or null
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
	 * A challenge together with how often its nonce was used. Threads that use it at the
	 * same time get different counts. Safe for many threads.
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

		/** The same nonce in another challenge: it goes on counting. */
		Nonce in(DigestChallenge other) {
			return this.challenge.equals(other) ? this : new Nonce(other, this.uses);
		}

		String answer(BasicCredentials credentials, String method, String uri) {
			byte[] cnonce = new byte[CNONCE_BYTES];
			RANDOM.nextBytes(cnonce);
			return this.challenge.answer(credentials, method, uri, this.uses.incrementAndGet(),
					HexFormat.of().formatHex(cnonce));
		}

		/** Whether a header answers this challenge for that target. */
		boolean isAnsweredBy(String header, BasicCredentials credentials, String uri) {
			return header.startsWith(this.challenge.start(credentials, uri));
		}

	}

}
