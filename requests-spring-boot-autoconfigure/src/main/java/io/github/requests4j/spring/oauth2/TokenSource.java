package io.github.requests4j.spring.oauth2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;

/**
 * Provides the token of one client registration, or of one of its users. The token is
 * cached until shortly before it expires. One thread fetches it while the others wait,
 * without holding a lock. Thread-safe.
 */
final class TokenSource {

	/**
	 * The time before its expiry when a token is renewed. It is shorter for short-lived
	 * tokens.
	 */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private static final int MARGIN_SHARE = 4;

	private final TokenKey key;

	private final TokenErrors errors;

	private final TokenStore store;

	private final Fetcher fetcher;

	private final InstantSource clock;

	private final AtomicReference<@Nullable OAuth2AccessToken> current = new AtomicReference<>();

	private final AtomicReference<@Nullable CompletableFuture<String>> pending = new AtomicReference<>();

	private volatile @Nullable String rejected;

	/**
	 * Creates the source.
	 * @param key identifies the token
	 * @param errors creates the exceptions if no token can be obtained
	 * @param store decides whether a token must be fetched
	 * @param fetcher fetches a token from the authorization server
	 * @param clock returns the current time
	 */
	TokenSource(TokenKey key, TokenErrors errors, TokenStore store, Fetcher fetcher, InstantSource clock) {
		this.key = key;
		this.errors = errors;
		this.store = store;
		this.fetcher = fetcher;
		this.clock = clock;
	}

	/**
	 * Returns the token, and fetches it if there is no valid one.
	 * @throws RequestException if no token can be obtained
	 */
	String get() {
		String known = peek();
		return (known != null) ? known : fetchShared();
	}

	/** Returns the cached token if it is valid, or null. */
	@Nullable String peek() {
		OAuth2AccessToken token = this.current.get();
		return (token != null && isFresh(token, this.clock.instant())) ? token.getTokenValue() : null;
	}

	/** Discards a token that a server rejected. */
	void forget(String token) {
		OAuth2AccessToken known = this.current.get();
		if (known != null && known.getTokenValue().equals(token)) {
			// Set first, so that a thread that finds no token knows which one was
			// rejected
			this.rejected = token;
			this.current.compareAndSet(known, null);
		}
	}

	/** Returns whether a token need not be renewed yet. */
	static boolean isFresh(OAuth2AccessToken token, Instant now) {
		Instant end = token.getExpiresAt();
		if (end == null) {
			return true;
		}
		Instant start = token.getIssuedAt();
		Duration share = (start != null) ? Duration.between(start, end).dividedBy(MARGIN_SHARE) : MARGIN;
		Duration margin = (share.compareTo(MARGIN) < 0) ? share : MARGIN;
		return now.isBefore(end.minus(margin));
	}

	/** Fetches the token, or waits for the thread that does. */
	private String fetchShared() {
		CompletableFuture<String> own = new CompletableFuture<>();
		CompletableFuture<String> others = this.pending.compareAndExchange(null, own);
		if (others != null) {
			return await(others);
		}
		try {
			// Another thread may have fetched a token in the meantime
			String known = peek();
			String token = (known != null) ? known : fetch();
			own.complete(token);
			return token;
		}
		catch (RuntimeException ex) {
			own.completeExceptionally(ex);
			throw this.errors.translate(ex);
		}
		catch (Error ex) {
			own.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.pending.set(null);
		}
	}

	private String fetch() {
		OAuth2AccessToken fetched = this.store.obtain(this.key, this.fetcher, this.rejected);
		this.current.set(fetched);
		return fetched.getTokenValue();
	}

	private String await(CompletableFuture<String> token) {
		try {
			return token.get();
		}
		catch (ExecutionException ex) {
			throw this.errors.translate(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException(
					"The thread was interrupted while it waited for the token of '" + this.key.registration() + "'.",
					ex);
		}
	}

	/**
	 * Fetches tokens from the authorization server.
	 */
	@FunctionalInterface
	interface Fetcher {

		/**
		 * Fetches a token.
		 * @param rejected a token that a server rejected, or {@code null}
		 * @return the token
		 */
		OAuth2AccessToken fetch(@Nullable String rejected);

	}

}
