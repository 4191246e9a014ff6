package io.github.requests4j.spring.oauth2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.requests4j.spring.PromptRedisFailures;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.redis.Seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Replicas that share tokens, with a clock that stands still.
 */
@Timeout(120)
class RedisTokenStoreTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private static final TokenKey KEY = new TokenKey("shop", "ann", "s3cr3t");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));

	private final AtomicInteger fetched = new AtomicInteger();

	private final List<RedisAccess> accesses = new ArrayList<>();

	private final LettuceConnectionFactory connections = new LettuceConnectionFactory(
			new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
			LettuceClientConfiguration.builder().clientOptions(PromptRedisFailures.options()).build());

	@BeforeEach
	void start() {
		this.connections.afterPropertiesSet();
		this.connections.start();
	}

	@AfterEach
	void stop() throws IOException {
		redis.restart();
		this.accesses.forEach(RedisAccess::close);
		this.connections.destroy();
	}

	private RedisAccess access(@Nullable String encryptionKey) {
		return access(encryptionKey, Duration.ofSeconds(10));
	}

	private RedisAccess access(@Nullable String encryptionKey, Duration timeout) {
		RedisAccess access = new RedisAccess(this.connections, timeout, "requests", Seal.of(encryptionKey));
		access.connect();
		await().atMost(Duration.ofSeconds(30)).until(() -> access.unavailableSince() == null);
		this.accesses.add(access);
		return access;
	}

	private RedisTokenStore store(RedisAccess access, Duration lease, String... scopes) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("shop")
			.clientId("shop")
			.tokenUri("http://127.0.0.1/token")
			.scope(scopes)
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.build();
		return new RedisTokenStore(access, registration, lease, this.now::get);
	}

	private TokenSource replica() {
		return replica(store(access(null), RedisTokenStore.LEASE), (rejected) -> issue());
	}

	private TokenSource replica(TokenStore store, TokenSource.Fetcher fetcher) {
		return new TokenSource(KEY, new TokenErrors("shop", "shop-tokens"), store, fetcher, this.now::get);
	}

	private OAuth2AccessToken issue() {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token-" + this.fetched.incrementAndGet(),
				this.now.get(), this.now.get().plus(LIFETIME));
	}

	private void expire() {
		this.now.updateAndGet((time) -> time.plus(LIFETIME).minusSeconds(60));
	}

	@Test
	void fiftyExpiriesCauseOneRequestEach() throws Exception {
		List<TokenSource> replicas = List.of(replica(), replica(), replica());
		for (int i = 1; i <= 50; i++) {
			AtomicInteger next = new AtomicInteger();
			assertThat(Registrations.together(6, () -> replicas.get(next.getAndIncrement() % 3).get()))
				.containsOnly("token-" + i);
			assertThat(this.fetched).hasValue(i);
			expire();
		}
	}

	@Test
	void fiftyRejectionsCauseOneRequestEach() throws Exception {
		List<TokenSource> replicas = List.of(replica(), replica(), replica());
		replicas.forEach(TokenSource::get);
		for (int i = 1; i <= 50; i++) {
			String rejected = "token-" + i;
			AtomicInteger next = new AtomicInteger();
			assertThat(Registrations.together(6, () -> {
				TokenSource replica = replicas.get(next.getAndIncrement() % 3);
				replica.forget(rejected);
				return replica.get();
			})).containsOnly("token-" + (i + 1));
			assertThat(this.fetched).hasValue(i + 1);
		}
	}

	@Test
	void replicaThatMissedTheRejectionKeepsTheNewToken() {
		TokenSource one = replica();
		TokenSource two = replica();
		one.get();
		assertThat(two.get()).isEqualTo("token-1");
		one.forget("token-1");
		assertThat(one.get()).isEqualTo("token-2");
		two.forget("token-1");
		assertThat(two.get()).isEqualTo("token-2");
		assertThat(replica().get()).isEqualTo("token-2");
	}

	@Test
	void holderThatDiesCausesOneMoreRequest() throws Exception {
		RedisAccess dying = access(null);
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Duration lease = Duration.ofSeconds(2);
		TokenSource dead = replica(store(dying, lease), (rejected) -> {
			OAuth2AccessToken token = issue();
			asked.countDown();
			awaitEnd(end);
			return token;
		});
		CompletableFuture<String> hanging = CompletableFuture.supplyAsync(dead::get);
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		dying.close();
		List<TokenSource> others = List.of(replica(store(access(null), lease), (rejected) -> issue()),
				replica(store(access(null), lease), (rejected) -> issue()));
		AtomicInteger next = new AtomicInteger();
		assertThat(Registrations.together(2, () -> others.get(next.getAndIncrement()).get())).containsOnly("token-2");
		end.countDown();
		assertThat(hanging.get(30, TimeUnit.SECONDS)).isEqualTo("token-1");
		assertThat(this.fetched).hasValue(2);
	}

	@Test
	void leaseIsRenewedWhileTheTokenIsRequested() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		TokenSource slow = replica(store(access(null), Duration.ofSeconds(4)), (rejected) -> {
			awaitEnd(end);
			return issue();
		});
		CompletableFuture<String> token = CompletableFuture.supplyAsync(slow::get);
		await().atMost(Duration.ofSeconds(30)).until(() -> redis.keys().size() == 1);
		AtomicLong left = new AtomicLong(Long.MAX_VALUE);
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			long now = Long.parseLong(redis.command("PTTL " + redis.keys().get(0)).substring(1));
			return now > left.getAndSet(now);
		});
		end.countDown();
		assertThat(token.get(30, TimeUnit.SECONDS)).isEqualTo("token-1");
		assertThat(replica().get()).isEqualTo("token-1");
	}

	@Test
	void tokenOfAHolderThatRedisDidNotAnswerIsSharedWhenItGoesOn() throws Exception {
		RedisAccess access = access(null, Duration.ofSeconds(1));
		TokenSource other = replica();
		TokenSource holder = replica(store(access, Duration.ofMinutes(1)), (rejected) -> {
			stopAndNotice(access);
			return issue();
		});
		assertThat(holder.get()).isEqualTo("token-1");
		redis.restart();
		assertThat(other.get()).isEqualTo("token-1");
		assertThat(this.fetched).hasValue(1);
	}

	private static void stopAndNotice(RedisAccess access) {
		try {
			redis.pause();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(access.tryRun(RedisUse.RATE, RedisConnection::ping)).isFalse();
		assertThat(access.unavailableSince()).isNotNull();
	}

	@Test
	void interruptedHolderReleasesTheLease() {
		TokenSource interrupted = replica(store(access(null), Duration.ofMinutes(1)), (rejected) -> {
			Thread.currentThread().interrupt();
			throw new MissingTokenException("interrupted");
		});
		assertThatExceptionOfType(MissingTokenException.class).isThrownBy(interrupted::get);
		assertThat(Thread.interrupted()).isTrue();
		await().until(() -> redis.keys().isEmpty());
	}

	private static void awaitEnd(CountDownLatch end) {
		try {
			end.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void failedRequestReleasesTheLease() throws IOException {
		TokenSource failing = replica(store(access(null), RedisTokenStore.LEASE), (rejected) -> {
			throw new MissingTokenException("no token");
		});
		assertThatExceptionOfType(MissingTokenException.class).isThrownBy(failing::get);
		assertThat(redis.keys()).isEmpty();
		assertThat(replica().get()).isEqualTo("token-1");
		assertThat(redis.keys()).singleElement().asString().startsWith("requests:tokens:shop:{");
	}

	@Test
	void storedTokenExpiresWithTheToken() throws IOException {
		this.now.set(Instant.now());
		replica().get();
		String left = redis.command("PTTL " + redis.keys().get(0));
		assertThat(Long.parseLong(left.substring(1))).isBetween(1L, LIFETIME.toMillis());
	}

	@Test
	void usersAndTheirTokensAndScopesAreSeparate() {
		RedisAccess access = access(null);
		TokenStore orders = store(access, RedisTokenStore.LEASE, "orders");
		TokenStore all = store(access, RedisTokenStore.LEASE, "orders", "admin");
		List<String> tokens = new ArrayList<>();
		for (TokenStore store : List.of(orders, all)) {
			for (TokenKey key : List.of(KEY, new TokenKey("shop", "bob", "s3cr3t"),
					new TokenKey("shop", "ann", "other"), new TokenKey("shop", "an", "ns3cr3t"))) {
				tokens.add(store.obtain(key, (rejected) -> issue(), null).getTokenValue());
			}
		}
		assertThat(tokens).doesNotHaveDuplicates().hasSize(8);
	}

	@Test
	void encryptedTokenIsUnreadableAndAbsentWithAnotherKey() throws IOException {
		String key = Base64.getEncoder().encodeToString(new byte[32]);
		String other = Base64.getEncoder()
			.encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
		assertThat(replica(store(access(key), RedisTokenStore.LEASE), (rejected) -> issue()).get())
			.isEqualTo("token-1");
		assertThat(stored()).doesNotContain("token").doesNotContain("ann").doesNotContain("s3cr3t");
		assertThat(replica(store(access(other), RedisTokenStore.LEASE), (rejected) -> issue()).get())
			.isEqualTo("token-2");
		assertThat(replica(store(access(other), RedisTokenStore.LEASE), (rejected) -> issue()).get())
			.isEqualTo("token-2");
		assertThat(replica().get()).isEqualTo("token-3");
		assertThat(redis.keys()).singleElement().asString().doesNotContain("ann").doesNotContain("s3cr3t");
	}

	private String stored() {
		try {
			String key = redis.keys().get(0);
			byte[] value = this.accesses.get(0)
				.call(RedisUse.TOKENS,
						(connection) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
			return new String(value, StandardCharsets.ISO_8859_1);
		}
		catch (IOException | RedisUnavailableException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "\u0000\u0001", "\u0000\u0001two-long-enough-parts-here" })
	void damagedTokenIsAbsent(String value) throws Exception {
		replica().get();
		String key = redis.keys().get(0);
		this.accesses.get(0)
			.call(RedisUse.TOKENS, (connection) -> connection.stringCommands()
				.set(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8)));
		assertThat(replica().get()).isEqualTo("token-2");
		assertThat(replica().get()).isEqualTo("token-2");
	}

	@Test
	void withoutRedisEachReplicaRequestsItsOwnToken() throws IOException {
		List<TokenSource> replicas = List.of(replica(), replica());
		redis.kill();
		assertThat(replicas.get(0).get()).isEqualTo("token-1");
		assertThat(replicas.get(1).get()).isEqualTo("token-2");
		assertThat(this.accesses)
			.allSatisfy((access) -> assertThat(access.counts(RedisUse.TOKENS).fallbacks()).isEqualTo(1));
	}

	@Test
	void formatRejectsTokensThatCannotBeSent() {
		OAuth2AccessToken token = issue();
		assertThat(TokenFormat.read(TokenFormat.write(token))).isEqualTo(token);
		for (String value : List.of("a\r\nX-Injected: 1", "a b", "\u00e9", "a\u007f")) {
			OAuth2AccessToken odd = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value, this.now.get(),
					this.now.get().plus(LIFETIME));
			assertThat(TokenFormat.read(TokenFormat.write(odd))).as(value).isNull();
		}
		OAuth2AccessToken unlimited = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "a", null, null);
		assertThat(TokenFormat.read(TokenFormat.write(unlimited))).isEqualTo(unlimited);
	}

}
