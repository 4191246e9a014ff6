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
 * The token of one client registration: kept until shortly before it ends, and fetched by
 * one thread while the others wait for it. No lock is held while it is fetched. Safe for
 * many threads.
 */
final class TokenSource {

	/** How long before its end a token is renewed; less for tokens that live shortly. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private static final int MARGIN_SHARE = 4;

	private final String registration;

	private final Fetcher fetcher;

	private final InstantSource clock;

	private final AtomicReference<@Nullable OAuth2AccessToken> current = new AtomicReference<>();

	private final AtomicReference<@Nullable CompletableFuture<String>> flight = new AtomicReference<>();

	private volatile @Nullable String refused;

	/**
	 * Makes the source.
	 * @param registration the id of the registration, for messages
	 * @param fetcher gets a token from the authorization server
	 * @param clock returns the current time
	 */
	TokenSource(String registration, Fetcher fetcher, InstantSource clock) {
		this.registration = registration;
		this.fetcher = fetcher;
		this.clock = clock;
	}

	/**
	 * The token, fetched if there is none that will do.
	 * @throws RequestException if no token can be had
	 */
	String get() {
		String known = peek();
		return (known != null) ? known : share();
	}

	/** The token if there is one that will do. */
	@Nullable String peek() {
		OAuth2AccessToken token = this.current.get();
		return (token != null && isFresh(token)) ? token.getTokenValue() : null;
	}

	/** Takes care that a token which a server refused is not used again. */
	void forget(String token) {
		OAuth2AccessToken known = this.current.get();
		if (known != null && known.getTokenValue().equals(token)) {
			// First, so that a thread that finds no token knows which one is bad.
			this.refused = token;
			this.current.compareAndSet(known, null);
		}
	}

	private boolean isFresh(OAuth2AccessToken token) {
		Instant end = token.getExpiresAt();
		if (end == null) {
			return true;
		}
		Instant start = token.getIssuedAt();
		Duration share = (start != null) ? Duration.between(start, end).dividedBy(MARGIN_SHARE) : MARGIN;
		Duration margin = (share.compareTo(MARGIN) < 0) ? share : MARGIN;
		return this.clock.instant().isBefore(end.minus(margin));
	}

	/** Fetches the token, or waits for the thread that does. */
	private String share() {
		CompletableFuture<String> own = new CompletableFuture<>();
		CompletableFuture<String> others = this.flight.compareAndExchange(null, own);
		if (others != null) {
			return await(others);
		}
		try {
			// Another flight may have landed between our look and our turn.
			String known = peek();
			String token = (known != null) ? known : fetch();
			own.complete(token);
			return token;
		}
		catch (RuntimeException ex) {
			own.completeExceptionally(ex);
			throw TokenErrors.translate(this.registration, ex);
		}
		catch (Error ex) {
			own.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.flight.set(null);
		}
	}

	private String fetch() {
		OAuth2AccessToken fetched = this.fetcher.fetch(this.refused);
		this.current.set(fetched);
		return fetched.getTokenValue();
	}

	private String await(CompletableFuture<String> token) {
		try {
			return token.get();
		}
		catch (ExecutionException ex) {
			throw TokenErrors.translate(this.registration, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException("Interrupted while waiting for the token of '" + this.registration + "'", ex);
		}
	}

	/**
	 * Gets a token from the authorization server.
	 */
	@FunctionalInterface
	interface Fetcher {

		/**
		 * Gets a token.
		 * @param refused a token that will not do, or {@code null}
		 * @return the token
		 */
		OAuth2AccessToken fetch(@Nullable String refused);

	}

}
