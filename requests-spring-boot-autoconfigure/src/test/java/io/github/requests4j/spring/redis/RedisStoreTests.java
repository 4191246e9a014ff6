package io.github.requests4j.spring.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.requests4j.Session;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.cache.CacheStore;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Two replicas of an application share what they store in Redis.
 */
@Timeout(120)
class RedisStoreTests {

	private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	private static final String OTHER_KEY = "OTg3NjU0MzIxMDk4NzY1NDMyMTA5ODc2NTQzMjEwOTg=";

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private final Origin origin;

	private final List<Replica> replicas = new ArrayList<>();

	RedisStoreTests() throws IOException {
		this.origin = new Origin();
	}

	@AfterEach
	void stop() throws IOException {
		redis.restart();
		this.replicas.forEach(Replica::close);
		this.origin.close();
	}

	private Replica replica(String... properties) {
		Replica replica = Replica.start(redis, this.origin.url(), properties);
		this.replicas.add(replica);
		return replica;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_535, 65_536, 65_537, 16 * 65_536, 16 * 65_536 + 1, 3_000_000 })
	void aReplicaFindsWhatAnotherOneStored(int size) {
		Replica first = replica();
		Replica second = replica();
		String path = "/" + size + "/a";
		assertThat(CacheStatus.of(first.get(path)).stored()).isTrue();
		Response response = second.get(path);
		assertThat(CacheStatus.of(response).hit()).isTrue();
		assertThat(response.content()).isEqualTo(Origin.body(path, "null"));
		assertThat(this.origin.requests()).isEqualTo(1);
	}

	@Test
	void everythingHasThePrefixAndExpiresAndNoKeyShowsTheUrl() throws IOException {
		replica().get("/100000/secret");
		List<String> keys = redis.keys();
		assertThat(keys).hasSize(4)
			.allSatisfy((key) -> assertThat(key).startsWith("requests:depot:cache:1:shop:").doesNotContain("secret"));
		for (String key : keys) {
			long millis = Long.parseLong(redis.command("PTTL " + key).substring(1));
			if (key.endsWith(":generation")) {
				assertThat(millis).isEqualTo(-1);
			}
			else {
				assertThat(Duration.ofMillis(millis)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(30));
			}
		}
	}

	@Test
	void whatTheServerCanConfirmIsKeptLonger() throws IOException {
		this.origin.respondWith("Cache-Control", "max-age=60", "ETag", "\"1\"");
		replica().get("/10/a");
		assertThat(Long.parseLong(redis.command("TTL " + key("heads")).substring(1))).isGreaterThan(80_000);
	}

	private static String key(String end) throws IOException {
		return redis.keys().stream().filter((key) -> key.endsWith(end)).findFirst().orElseThrow();
	}

	@Test
	void aConfirmedResponseIsUpdatedForAllReplicas() {
		this.origin.respondWith("Cache-Control", "max-age=0", "ETag", "\"1\"");
		Replica first = replica();
		Replica second = replica();
		first.get("/100000/a");
		this.origin.respondWith("Cache-Control", "max-age=600", "ETag", "\"1\"");
		Response confirmed = first.get("/100000/a");
		assertThat(CacheStatus.of(confirmed).forwardedStatus()).isEqualTo(304);
		assertThat(confirmed.content()).isEqualTo(Origin.body("/100000/a", "null"));
		Response response = second.get("/100000/a");
		assertThat(CacheStatus.of(response).hit()).isTrue();
		assertThat(response.content()).isEqualTo(Origin.body("/100000/a", "null"));
	}

	@Test
	void responsesStayWithTheirCredentials() {
		Replica first = replica();
		Replica second = replica();
		first.get("/10/a", "Authorization", "Bearer one");
		assertThat(second.hits("/10/a", "Authorization", "Bearer two")).isFalse();
		assertThat(second.hits("/10/a")).isFalse();
		Response response = second.get("/10/a", "Authorization", "Bearer one");
		assertThat(CacheStatus.of(response).hit()).isTrue();
		assertThat(response.content()).isEqualTo(Origin.body("/10/a", "Bearer one"));
	}

	@Test
	void credentialsAreNotStoredEvenIfVaryNamesThem() {
		this.origin.respondWith("Cache-Control", "max-age=600", "Vary", "Authorization, Cookie, X-Api-Key");
		Replica replica = replica();
		String[] headers = { "Authorization", "Bearer sesame", "Cookie", "id=sesame", "X-Api-Key", "sesame" };
		replica.get("/10/a", headers);
		assertThat(stored(replica)).doesNotContain("sesame");
		assertThat(replica.hits("/10/a", headers)).isTrue();
		assertThat(replica.hits("/10/a", "X-Api-Key", "other")).isFalse();
	}

	@Test
	void withAKeyNothingIsReadableInRedis() {
		this.origin.respondWith("Cache-Control", "max-age=600", "X-Text", "sesame");
		Replica first = replica("requests.redis.encryption-key=" + KEY);
		first.get("/10/a");
		assertThat(stored(first)).doesNotContain("sesame");
		assertThat(replica("requests.redis.encryption-key=" + KEY).hits("/10/a")).isTrue();
		assertThat(replica("requests.redis.encryption-key=" + OTHER_KEY + "," + KEY).hits("/10/a")).isTrue();
		assertThat(replica("requests.redis.encryption-key=" + OTHER_KEY).hits("/10/a")).isFalse();
		Replica open = replica();
		assertThat(open.hits("/10/a")).isFalse();
		assertThat(stored(open)).contains("sesame");
	}

	/** Everything in Redis in one text. */
	private static String stored(Replica replica) {
		StringBuilder all = new StringBuilder();
		try (RedisConnection connection = replica.bean(RedisConnectionFactory.class).getConnection()) {
			for (byte[] key : connection.keyCommands().keys("*".getBytes(StandardCharsets.UTF_8))) {
				all.append(new String(key, StandardCharsets.ISO_8859_1));
				if (new String(key, StandardCharsets.UTF_8).endsWith("heads")) {
					connection.hashCommands()
						.hVals(key)
						.forEach((value) -> all.append(new String(value, StandardCharsets.ISO_8859_1)));
				}
				else {
					all.append(new String(connection.stringCommands().get(key), StandardCharsets.ISO_8859_1));
				}
			}
		}
		return all.toString();
	}

	@Test
	void anUnsafeRequestInvalidatesForAllReplicas() {
		Replica first = replica();
		Replica second = replica("requests.sessions.shop.cache.local-size=8MB");
		first.get("/10/a");
		assertThat(second.hits("/10/a")).isTrue();
		first.session().post("/10/a");
		assertThat(first.hits("/10/a")).isFalse();
		first.session().post("/10/a");
		await().atMost(LIMIT).until(() -> !second.hits("/10/a"));
	}

	@Test
	void theTierInMemorySparesRedis() {
		Replica replica = replica("requests.sessions.shop.cache.local-size=8MB");
		replica.get("/100000/a");
		await().atMost(LIMIT).until(() -> {
			replica.get("/100000/a");
			long before = replica.calls();
			for (int i = 0; i < 10; i++) {
				assertThat(replica.get("/100000/a").content()).isEqualTo(Origin.body("/100000/a", "null"));
			}
			return replica.calls() == before;
		});
		replica.session().delete("/100000/a");
		assertThat(replica.hits("/100000/a")).isFalse();
	}

	@Test
	void emptyingTheCacheEmptiesItForAllReplicas() {
		Replica first = replica();
		Replica second = replica();
		second.get("/10/a");
		assertThat(first.hits("/10/a")).isTrue();
		first.clear();
		assertThat(first.hits("/10/a")).isFalse();
		first.clear();
		await().atMost(LIMIT).until(() -> !second.hits("/10/a"));
		assertThat(first.bean(MeterRegistry.class).get("cache.size").gauge().value()).isNaN();
	}

	@Test
	void whatIsRemovedWhileRedisIsAwayIsAbsentAfterwards() throws IOException {
		Replica first = replica("requests.redis.timeout=300ms");
		Replica second = replica();
		await().atMost(LIMIT).until(() -> first.hits("/10/a"));
		redis.pause();
		first.session().post("/10/a");
		this.origin.respondWith("Cache-Control", "no-store");
		redis.restart();
		await().atMost(LIMIT).until(() -> {
			assertThat(first.hits("/10/a")).isFalse();
			return first.redis().unavailableSince() == null;
		});
		assertThat(first.hits("/10/a")).isFalse();
		await().atMost(LIMIT).until(() -> {
			first.get("/10/b");
			return !second.hits("/10/a");
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 200_000, 3_000_000 })
	void anEntryWithAMissingChunkIsAbsent(int size) throws IOException {
		Replica replica = replica();
		String path = "/" + size + "/a";
		replica.get(path);
		redis.command("DEL " + key(":2"));
		Response response = replica.get(path);
		assertThat(CacheStatus.of(response).hit()).isFalse();
		assertThat(response.content()).isEqualTo(Origin.body(path, "null"));
		assertThat(replica.hits(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "heads", ":1", ":generation" })
	void damagedValuesAreAbsent(String end) throws IOException {
		Replica replica = replica();
		replica.get("/100000/a");
		String key = key(end);
		if (end.equals("heads")) {
			String field = "00000000-0000-0000-0000-000000000000";
			redis.command("DEL " + key);
			redis.command("HSET " + key + " " + field + " damaged");
		}
		else {
			redis.command("SET " + key + " damaged");
		}
		Replica other = replica();
		Response response = other.get("/100000/a");
		assertThat(CacheStatus.of(response).hit()).isFalse();
		assertThat(response.content()).isEqualTo(Origin.body("/100000/a", "null"));
		assertThat(other.hits("/100000/a")).isTrue();
	}

	@Test
	void aBodyThatBreaksOffGoesOnWithThatOfTheServer() throws IOException {
		Replica replica = replica();
		replica.get("/3000000/a");
		byte[] body = Origin.body("/3000000/a", "null");
		try (Response response = replica.session().get("/3000000/a", (request) -> request.stream(true))) {
			assertThat(CacheStatus.of(response).hit()).isTrue();
			InputStream in = response.raw();
			assertThat(in.readNBytes(100_000)).isEqualTo(Arrays.copyOf(body, 100_000));
			redis.kill();
			assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(body, 100_000, body.length));
		}
		assertThat(this.origin.requests()).isEqualTo(2);
	}

	@Test
	void aBodyThatBreaksOffIsNeverJoinedWithAnotherOne() throws IOException {
		Replica replica = replica();
		replica.get("/3000000/a");
		try (Response response = replica.session().get("/3000000/a", (request) -> request.stream(true))) {
			InputStream in = response.raw();
			in.readNBytes(100_000);
			redis.kill();
			this.origin.change();
			assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
		}
	}

	@Test
	void longBodiesAreStreamedPastTheStore() throws IOException {
		Replica replica = replica("requests.sessions.shop.cache.size=1MB");
		assertThat(replica.get("/200000/a").content()).hasSize(200_000);
		assertThat(replica.hits("/200000/a")).isFalse();
		assertThat(redis.keys()).hasSize(1);
	}

	@Test
	void equalRequestsOfAllReplicasBecomeOne() throws Exception {
		Replica first = replica("requests.sessions.shop.cache.collapse=true",
				"requests.sessions.shop.read-timeout=60s");
		Replica second = replica("requests.sessions.shop.cache.collapse=true",
				"requests.sessions.shop.read-timeout=60s");
		this.origin.hold();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Future<Response>> calls = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			calls.add(threads.submit(() -> first.get("/100000/a")));
		}
		await().until(() -> this.origin.requests() == 1);
		long before = second.calls();
		for (int i = 0; i < 4; i++) {
			calls.add(threads.submit(() -> second.get("/100000/a")));
		}
		await().until(() -> second.calls() > before + 8);
		this.origin.letGo();
		for (Future<Response> call : calls) {
			assertThat(call.get().content()).isEqualTo(Origin.body("/100000/a", "null"));
		}
		threads.shutdown();
		assertThat(this.origin.requests()).isEqualTo(1);
		assertThat(redis.keys()).noneMatch((key) -> key.endsWith("lease"));
	}

	@Test
	void theTurnOfAReplicaThatDiedEnds() {
		Replica replica = replica();
		Turns turns = new Turns(replica.redis(), new Keys(replica.redis(), "shop"), Duration.ofMillis(300));
		CacheStore.Turn dead = turns.start("a", 0);
		assertThat(dead).isNotNull();
		assertThat(turns.start("b", 0)).isNotNull();
		assertThat(turns.start("a", Duration.ofMinutes(5).toNanos())).isNull();
		CacheStore.Turn next = turns.start("a", 0);
		assertThat(next).isNotNull();
		dead.end();
		assertThat(turns.start("a", 1)).isNull();
		next.end();
		assertThat(turns.start("a", 0)).isNotNull();
	}

	@Test
	void sessionsDoNotShareTheirEntries() {
		Replica replica = replica("requests.sessions.other.base-url=" + this.origin.url(),
				"requests.sessions.other.cache.store=redis", "requests.sessions.shop.primary=true");
		replica.get("/10/a");
		Map<String, Session> sessions = replica.context().getBeansOfType(Session.class);
		assertThat(CacheStatus.of(sessions.get("otherSession").get("/10/a")).hit()).isFalse();
	}

}
