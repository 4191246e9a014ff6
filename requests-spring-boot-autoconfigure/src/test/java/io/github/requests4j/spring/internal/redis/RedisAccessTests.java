package io.github.requests4j.spring.internal.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Connections with a timeout of a minute, as of Spring Boot's defaults.
 */
@Timeout(50)
class RedisAccessTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private final LettuceConnectionFactory connections = new LettuceConnectionFactory(
			new RedisStandaloneConfiguration("127.0.0.1", redis.port()),
			LettuceClientConfiguration.builder().commandTimeout(Duration.ofMinutes(1)).build());

	private RedisAccess access = new RedisAccess(this.connections, Duration.ofSeconds(5), "requests:shop",
			Seal.of(null));

	@BeforeEach
	void start() {
		this.connections.afterPropertiesSet();
		this.connections.start();
		this.access.connect();
		await().atMost(Duration.ofSeconds(30)).until(() -> this.access.unavailableSince() == null);
	}

	@AfterEach
	void stop() throws IOException {
		redis.restart();
		this.access.close();
		this.connections.destroy();
	}

	private byte[] get(String key) throws RedisUnavailableException {
		return this.access.call(RedisUse.CACHE, (connection) -> connection.stringCommands().get(bytes(key)));
	}

	private void set(String key, byte[] value) throws RedisUnavailableException {
		this.access.call(RedisUse.CACHE, (connection) -> connection.stringCommands().set(bytes(key), value));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private void useShortTimeout() {
		useTimeout(Duration.ofMillis(100));
	}

	private void useTimeout(Duration timeout) {
		this.access.close();
		this.access = new RedisAccess(this.connections, timeout, "requests:shop", Seal.of(null));
	}

	private static void pause() {
		try {
			redis.pause();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitRecovery() {
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			try {
				get("a");
				return true;
			}
			catch (RedisUnavailableException ex) {
				return false;
			}
		});
	}

	@Test
	void callsReturnWhatTheActionReturns() throws RedisUnavailableException {
		set("a", bytes("tea"));
		assertThat(get("a")).isEqualTo(bytes("tea"));
		assertThat(get("b")).isNull();
		assertThat(this.access.counts(RedisUse.CACHE)).isEqualTo(new StoreActivity.Counts(3, 0, 0));
		assertThat(this.access.counts()).containsOnlyKeys(RedisUse.CACHE);
		assertThat(this.access.unavailableSince()).isNull();
		assertThat(new String(this.access.key(RedisUse.RATE, "x"), StandardCharsets.UTF_8))
			.isEqualTo("requests:shop:rate:x");
	}

	@Test
	void aPausedServerDelaysCallsByTheTimeoutAndOnlyOnce() throws IOException {
		useShortTimeout();
		awaitRecovery();
		redis.pause();
		assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"));
		assertThat(this.access.unavailableSince()).isNotNull();
		StoreActivity.Counts before = this.access.counts(RedisUse.CACHE);
		for (int i = 0; i < 1000; i++) {
			assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"))
				.withMessage("Redis is unavailable");
		}
		StoreActivity.Counts after = this.access.counts(RedisUse.CACHE);
		assertThat(after.fallbacks()).isEqualTo(before.fallbacks() + 1000);
		assertThat(after.failures()).isEqualTo(before.failures());
		redis.restart();
		awaitRecovery();
		assertThat(this.access.unavailableSince()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "wrong, WRONGPASS", "'', NOAUTH" })
	void aPasswordThatRedisRejectsMakesItUnavailable(String password, String problem) throws Exception {
		redis.command("CONFIG SET requirepass right");
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", redis.port());
		server.setPassword(password);
		LettuceConnectionFactory rejected = new LettuceConnectionFactory(server);
		rejected.afterPropertiesSet();
		rejected.start();
		try (LogCapture log = new LogCapture(RedisAccess.class.getName(), Level.WARN);
				RedisAccess guarded = new RedisAccess(rejected, Duration.ofSeconds(30), "requests:shop",
						Seal.of(null))) {
			for (int i = 0; i < 100; i++) {
				assertThat(guarded.tryRun(RedisUse.CACHE, (connection) -> connection.keyCommands().exists(bytes("a"))))
					.isFalse();
			}
			assertThat(guarded.unavailableSince()).isNotNull();
			assertThat(guarded.counts(RedisUse.CACHE)).isEqualTo(new StoreActivity.Counts(100, 1, 100));
			assertThat(log.messages()).singleElement()
				.asString()
				.startsWith("Redis is unavailable, and sessions continue without it: ")
				.contains(problem);
		}
		finally {
			rejected.destroy();
			redis.kill();
		}
	}

	@Test
	void threadsDoNotPileUp() throws Exception {
		useShortTimeout();
		redis.pause();
		ExecutorService callers = Executors.newFixedThreadPool(60);
		List<Future<?>> calls = new ArrayList<>();
		CountDownLatch ready = new CountDownLatch(60);
		for (int i = 0; i < 60; i++) {
			calls.add(callers.submit(() -> {
				ready.countDown();
				ready.await();
				for (int j = 0; j < 20; j++) {
					assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"));
				}
				return null;
			}));
		}
		for (Future<?> call : calls) {
			call.get();
		}
		callers.shutdown();
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("requests-redis-"))
			.hasSizeLessThanOrEqualTo(2 * 16);
		redis.restart();
		awaitRecovery();
	}

	@Test
	void aKilledServerIsUsedAgainAfterItsReturnAndBothAreLoggedOnce() throws IOException {
		useTimeout(Duration.ofSeconds(2));
		awaitRecovery();
		try (LogCapture logs = new LogCapture(RedisAccess.class.getName(), Level.INFO)) {
			redis.kill();
			for (int i = 0; i < 100; i++) {
				assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"));
			}
			redis.restart();
			awaitRecovery();
			assertThat(logs.messages()).hasSize(2)
				.satisfiesExactly(
						(line) -> assertThat(line)
							.startsWith("Redis is unavailable, and sessions continue without it: "),
						(line) -> assertThat(line).startsWith("Redis is available again after "));
		}
	}

	@Test
	void aFullServerStillAnswersReads() throws Exception {
		set("a", bytes("tea"));
		redis.limit("1mb", "noeviction");
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> set("b", new byte[3_000_000]))
				.withMessageContaining("OOM");
		}
		assertThat(get("a")).isEqualTo(bytes("tea"));
		assertThat(this.access.unavailableSince()).isNull();
	}

	@Test
	void commandsWithoutResultAreCountedButNeverFailTheCaller() throws IOException {
		assertThat(this.access.tryRun(RedisUse.RATE,
				(connection) -> connection.stringCommands().set(bytes("a"), bytes("tea"))))
			.isTrue();
		assertThat(this.access.tryRun(RedisUse.RATE, (connection) -> {
			throw new IllegalStateException("odd");
		})).isFalse();
		assertThat(this.access.counts(RedisUse.RATE)).isEqualTo(new StoreActivity.Counts(2, 1, 1));
		assertThat(redis.command("EXISTS a")).isEqualTo(":1");
	}

	@Test
	void connectionIsTriedWithTheCommandsOfFirstCalls() throws IOException {
		redis.command("CONFIG RESETSTAT");
		this.access.connect();
		try (RedisConnection connection = this.connections.getConnection()) {
			Properties commands = connection.serverCommands().info("commandstats");
			assertThat(commands).containsKeys("cmdstat_set", "cmdstat_get", "cmdstat_eval");
		}
		assertThat(redis.keys()).isEmpty();
	}

	@Test
	void leaseThatAStoppedServerTakesTooLateIsReleased() throws IOException {
		useTimeout(Duration.ofSeconds(2));
		awaitRecovery();
		assertThatExceptionOfType(RedisUnavailableException.class)
			.isThrownBy(() -> this.access.call(RedisUse.TOKENS, (connection) -> {
				pause();
				return Leases.take(connection, bytes("lease"), bytes("holder"), Duration.ofMinutes(1));
			}))
			.withMessageContaining("no answer");
		redis.restart();
		awaitRecovery();
		await().atMost(Duration.ofSeconds(20)).until(() -> redis.command("EXISTS lease").equals(":0"));
	}

	@Test
	void whatBeganBeforeTheServerStoppedIsEndedWhenItGoesOn() throws Exception {
		useTimeout(Duration.ofSeconds(1));
		awaitRecovery();
		set("a", bytes("tea"));
		redis.pause();
		assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"));
		this.access.end(RedisUse.CACHE, (connection) -> connection.keyCommands().del(bytes("a")));
		redis.restart();
		await().atMost(Duration.ofSeconds(20)).until(() -> redis.command("EXISTS a").equals(":0"));
	}

	@Test
	void leaseIsRenewedByItsHolderOnly() throws Exception {
		byte[] lease = bytes("lease");
		for (String holder : new String[] { "one", "two" }) {
			this.access.call(RedisUse.TOKENS,
					(connection) -> Leases.take(connection, lease, bytes(holder), Duration.ofMinutes(1)));
			this.access.tryRun(RedisUse.TOKENS,
					(connection) -> Leases.renew(connection, lease, bytes(holder), Duration.ofMinutes(5)));
		}
		this.access.tryRun(RedisUse.TOKENS,
				(connection) -> Leases.renew(connection, lease, bytes("two"), Duration.ofMinutes(1)));
		assertThat(Long.parseLong(redis.command("PTTL lease").substring(1))).isGreaterThan(120_000);
		assertThat(redis.command("GET lease")).isEqualTo("$3");
	}

	@Test
	void leaseIsWaitedForUntilTheTimeIsOver() throws InterruptedException {
		Leases.Wait wait = new Leases.Wait(Duration.ofMillis(50).toNanos());
		int pauses = 0;
		while (pauses < 10 && wait.pause()) {
			pauses++;
		}
		assertThat(pauses).isBetween(1, 3);
		assertThat(wait.pause()).isFalse();
	}

	@Test
	void interruptedThreadStopsWaitingAndStaysInterrupted() throws RedisUnavailableException {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(RedisUnavailableException.class).isThrownBy(() -> get("a"));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(get("a")).isNull();
	}

	@Test
	void exceptionOfAnActionIsAFailure() {
		assertThatExceptionOfType(RedisUnavailableException.class)
			.isThrownBy(() -> this.access.call(RedisUse.RATE, (connection) -> {
				throw new IllegalStateException("odd");
			}))
			.withMessage("odd");
		assertThat(this.access.counts(RedisUse.RATE)).isEqualTo(new StoreActivity.Counts(1, 1, 1));
		assertThat(this.access.unavailableSince()).isNull();
	}

}
