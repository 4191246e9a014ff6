package io.github.requests4j.spring.oauth2;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.requests4j.spring.internal.redis.Digests;
import io.github.requests4j.spring.internal.redis.Leases;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * Keeps the tokens of one client registration in Redis. The replica that has the lease
 * requests a token, and the others wait for it. If Redis is unavailable, each replica
 * requests its own token. Thread-safe.
 */
final class RedisTokenStore implements TokenStore {

	/**
	 * How long a lease lasts if it is neither renewed nor released. If the holder dies,
	 * the others wait for this time.
	 */
	static final Duration LEASE = Duration.ofSeconds(5);

	/** The number of renewals within the duration of a lease. */
	private static final int RENEWALS = 4;

	/**
	 * How long a replica waits for the others. This is longer than the deadline of a
	 * request for a token, which is 15 seconds by default.
	 */
	private static final Duration MAX_WAIT = Duration.ofSeconds(20);

	/** How long a token without an expiry is shared. */
	private static final Duration UNLIMITED = Duration.ofHours(1);

	private final RedisAccess redis;

	private final String client;

	private final Duration lease;

	private final InstantSource clock;

	/**
	 * Creates the store. Replicas only share tokens if they request them in the same way,
	 * because a new version of the application may ask for other scopes.
	 * @param redis runs the commands
	 * @param registration the registration whose tokens are stored
	 * @param lease how long one replica has the right to request a token, if it does not
	 * renew it
	 * @param clock returns the current time
	 */
	RedisTokenStore(RedisAccess redis, ClientRegistration registration, Duration lease, InstantSource clock) {
		this.redis = redis;
		this.client = digest(registration.getClientId(), registration.getProviderDetails().getTokenUri(),
				registration.getAuthorizationGrantType().getValue(),
				(registration.getScopes() != null) ? new TreeSet<>(registration.getScopes()).toString() : "");
		this.lease = lease;
		this.clock = clock;
	}

	/** The keys of a token and of its lease, which are on the same node of a cluster. */
	private record Place(String token, String lease) {

		byte[] tokenKey() {
			return this.token.getBytes(StandardCharsets.UTF_8);
		}

		byte[] leaseKey() {
			return this.lease.getBytes(StandardCharsets.UTF_8);
		}

	}

	/**
	 * The result of an attempt to get a token.
	 *
	 * @param token a valid token, or null if there is none
	 * @param turn whether this replica must request a token
	 */
	private record Attempt(@Nullable OAuth2AccessToken token, boolean turn) {
	}

	@Override
	public OAuth2AccessToken obtain(TokenKey key, TokenSource.Fetcher fetcher, @Nullable String rejected) {
		Place place = place(key);
		byte[] holder = Leases.newHolder();
		OAuth2AccessToken known;
		try {
			known = await(place, holder, rejected);
		}
		catch (RedisUnavailableException ex) {
			return fetcher.fetch(rejected);
		}
		catch (InterruptedException ex) {
			// The interrupt makes the request for the token fail
			Thread.currentThread().interrupt();
			return fetcher.fetch(rejected);
		}
		return (known != null) ? known : fetch(place, holder, fetcher, rejected);
	}

	/**
	 * Waits for a token, or for the right to request one.
	 * @return the token, or null if this replica must request one
	 */
	private @Nullable OAuth2AccessToken await(Place place, byte[] holder, @Nullable String rejected)
			throws RedisUnavailableException, InterruptedException {
		Leases.Wait wait = new Leases.Wait(MAX_WAIT.toNanos());
		do {
			Attempt attempt = this.redis.call(RedisUse.TOKENS,
					(connection) -> attempt(connection, place, holder, rejected));
			if (attempt != null && (attempt.token() != null || attempt.turn())) {
				return attempt.token();
			}
		}
		while (wait.pause());
		return null;
	}

	private Attempt attempt(RedisConnection connection, Place place, byte[] holder, @Nullable String rejected) {
		OAuth2AccessToken known = read(connection, place, rejected);
		if (known != null || !Leases.take(connection, place.leaseKey(), holder, this.lease)) {
			return new Attempt(known, false);
		}
		boolean turn = false;
		try {
			// The last holder may have stored a token in the meantime
			OAuth2AccessToken latest = read(connection, place, rejected);
			turn = latest == null && !Leases.isAbandoned();
			return new Attempt(latest, turn);
		}
		finally {
			if (!turn) {
				Leases.remove(connection, place.leaseKey(), holder);
			}
		}
	}

	/**
	 * Returns the stored token if it is valid. A rejected one is removed, unless another
	 * replica has replaced it.
	 */
	private @Nullable OAuth2AccessToken read(RedisConnection connection, Place place, @Nullable String rejected) {
		byte[] stored = connection.stringCommands().get(place.tokenKey());
		byte[] bytes = this.redis.seal().open(stored, place.token());
		OAuth2AccessToken token = (bytes != null) ? TokenFormat.read(bytes) : null;
		if (stored == null || token == null) {
			return null;
		}
		if (token.getTokenValue().equals(rejected)) {
			Leases.remove(connection, place.tokenKey(), stored);
			return null;
		}
		return TokenSource.isFresh(token, this.clock.instant()) ? token : null;
	}

	private OAuth2AccessToken fetch(Place place, byte[] holder, TokenSource.Fetcher fetcher,
			@Nullable String rejected) {
		Future<?> renewal = this.redis.repeat(RedisUse.TOKENS, this.lease.dividedBy(RENEWALS),
				(connection) -> Leases.renew(connection, place.leaseKey(), holder, this.lease));
		OAuth2AccessToken fetched = null;
		try {
			fetched = fetcher.fetch(rejected);
			return fetched;
		}
		finally {
			renewal.cancel(false);
			end(place, holder, fetched);
		}
	}

	/** Stores the token, if there is one, and releases the lease. */
	private void end(Place place, byte[] holder, @Nullable OAuth2AccessToken token) {
		this.redis.end(RedisUse.TOKENS, (connection) -> {
			try {
				store(connection, place, token);
			}
			finally {
				Leases.remove(connection, place.leaseKey(), holder);
			}
		});
	}

	private void store(RedisConnection connection, Place place, @Nullable OAuth2AccessToken token) {
		if (token == null) {
			return;
		}
		Instant end = token.getExpiresAt();
		Duration left = (end != null) ? Duration.between(this.clock.instant(), end) : UNLIMITED;
		if (left.toMillis() > 0) {
			connection.stringCommands()
				.pSetEx(place.tokenKey(), left.toMillis(),
						this.redis.seal().seal(TokenFormat.write(token), place.token()));
		}
	}

	private Place place(TokenKey key) {
		String name = key.registration().replaceAll("[^A-Za-z0-9._-]", "_") + ":{"
				+ digest(key.registration(), this.client, key.principal(), key.callerToken()) + "}";
		String token = new String(this.redis.key(RedisUse.TOKENS, name), StandardCharsets.UTF_8);
		return new Place(token, token + ":lease");
	}

	/** Returns a digest of texts that is different for each way to split them. */
	private static String digest(String... texts) {
		StringBuilder all = new StringBuilder();
		for (String text : texts) {
			all.append(text.length()).append(':').append(text);
		}
		return Digests.name(all.toString());
	}

}
