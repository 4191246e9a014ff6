package io.github.requests4j.spring.rate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Rate limits that several replicas share in a real Redis, counted at the server.
 */
@Timeout(600)
class SharedRateTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	private final List<Replica> replicas = new ArrayList<>();

	@AfterEach
	void closeReplicas() {
		this.replicas.forEach(Replica::close);
	}

	/** Starts replicas that share a limit. */
	private List<Replica> start(int count, String... properties) {
		List<String> all = new ArrayList<>(List.of(redis.properties()));
		all.add("requests.redis.timeout=5s");
		all.add("requests.sessions.shop.base-url=" + this.server.url() + "/");
		all.add("requests.sessions.shop.rate.store=redis");
		for (String property : properties) {
			all.add(property.startsWith("requests.") ? property : "requests.sessions.shop." + property);
		}
		for (int i = 0; i < count; i++) {
			this.replicas.add(Replica.start(all));
		}
		return this.replicas;
	}

	@Test
	void replicasShareOneBurst() {
		List<Replica> all = start(3, "rate.limit=10/h", "rate.burst=10", "rate.replicas=3");
		int sent = 0;
		for (int i = 0; i < 30; i++) {
			sent += all.get(i % 3).isSent() ? 1 : 0;
		}
		assertThat(sent).isEqualTo(10);
		assertThat(this.server.accepted()).isEqualTo(10);
		assertThat(all).allSatisfy((replica) -> assertThat(replica.statistics().fallbacks()).isZero());
	}

	@Test
	void waitingCallsOfAllReplicasGetTheirPermits() {
		List<Replica> all = start(3, "rate.limit=60/s", "rate.burst=1", "rate.replicas=3", "rate.wait=30s");
		long start = System.nanoTime();
		Load.run(all, 4, (replica) -> {
			for (int i = 0; i < 10; i++) {
				replica.get("/");
			}
		});
		double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
		assertThat(this.server.accepted()).isEqualTo(120);
		assertThat(120.0).isLessThanOrEqualTo(1 + 60 * seconds * 1.02);
	}

	@Test
	void rejectedCallsTakeNoPermit() {
		List<Replica> all = start(2, "rate.limit=12/m", "rate.burst=1", "rate.replicas=2", "rate.wait=30s");
		all.get(0).get("/");
		for (int i = 0; i < 20; i++) {
			Replica replica = all.get(i % 2);
			assertThatExceptionOfType(ThrottledException.class)
				.isThrownBy(() -> replica.get("/", Duration.ofMillis(300)));
		}
		// Twenty more permits would take 100 s
		all.get(1).get("/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "rate.limit=1000/s", "rate.wait=0s" })
	void retryAfterIsKnownToAllReplicas(String property) {
		this.server.handle((request) -> request.target().equals("/busy") ? Answer.of(429).with("Retry-After", "60")
				: Answer.of(200));
		List<Replica> all = start(2, property, "rate.replicas=2");
		all.get(1).get("/");
		all.get(0).get("/busy");
		assertThatExceptionOfType(ThrottledException.class).isThrownBy(() -> all.get(1).get("/"))
			.withMessageContaining("asked for a pause with Retry-After")
			.satisfies((ex) -> assertThat(ex.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60)));
		assertThat(this.server.accepted()).isEqualTo(2);
		try (CountingServer other = CountingServer.answering(200)) {
			all.get(1).get(other.url() + "/");
		}
	}

	@Test
	void withoutRedisEachReplicaSendsItsShare() throws IOException {
		List<Replica> all = start(2, "rate.limit=120/s", "rate.burst=12", "rate.replicas=2", "rate.wait=30s");
		all.forEach((replica) -> replica.get("/"));
		redis.kill();
		int before = this.server.accepted();
		long start = System.nanoTime();
		Load.run(all, 4, (replica) -> {
			for (int i = 0; i < 20; i++) {
				replica.get("/");
			}
		});
		double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
		assertThat(this.server.accepted() - before).isEqualTo(160);
		assertThat(160.0).isLessThanOrEqualTo(12 + 120 * seconds * 1.02);
		assertThat(all)
			.allSatisfy((replica) -> assertThat(replica.statistics().fallbacks()).isGreaterThanOrEqualTo(80));
		redis.restart();
		all.forEach((replica) -> await().atMost(Duration.ofSeconds(30)).until(() -> {
			long known = replica.statistics().fallbacks();
			replica.get("/");
			return replica.statistics().fallbacks() == known;
		}));
		assertThat(redis.keys()).singleElement().asString().contains(":rate:{shop}");
	}

	@Test
	void withoutRedisRequestsCanBeRejected() {
		List<Replica> all = start(1, "rate.limit=120/s", "rate.when-unavailable=fail");
		all.get(0).get("/");
		redis.kill();
		ThrottledException rejected = catchThrowableOfType(ThrottledException.class, () -> all.get(0).get("/"));
		assertThat(rejected)
			.hasMessage("GET " + this.server.url() + "/: the rate limit of session 'shop' (120/s) cannot be checked,"
					+ " because Redis is unavailable. Check Redis, or set rate.when-unavailable to share.");
		assertThat(Path.of("..", "docs", "troubleshooting.md")).content()
			.contains("\nThrottledException: "
					+ rejected.getMessage().replace(this.server.url(), "http://api.example.com:8080") + "\n");
	}

	@Test
	void pausedRedisDelaysNoCallForLongerThanItsTimeout() throws IOException {
		List<Replica> all = start(1, "rate.limit=1000/s", "rate.replicas=1", "rate.wait=30s",
				"requests.redis.timeout=3s");
		all.get(0).get("/");
		redis.pause();
		long start = System.nanoTime();
		Load.run(all, 8, (replica) -> {
			for (int i = 0; i < 5; i++) {
				replica.get("/");
			}
		});
		// Each thread makes five calls, and only its first one may wait
		assertThat(System.nanoTime() - start).isLessThan(2 * TimeUnit.SECONDS.toNanos(3));
		assertThat(this.server.accepted()).isEqualTo(41);
	}

	@Test
	void damagedStateIsNoFailure() throws IOException {
		List<Replica> all = start(2, "rate.limit=10/h", "rate.burst=10", "rate.replicas=2");
		all.get(0).get("/");
		redis.command("HSET " + redis.keys().get(0) + " bucket nonsense");
		assertThat(all.get(1).isSent()).isFalse();
		assertThat(all.get(1).statistics().fallbacks()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.data.redis, spring-boot-starter-data-redis, rate.store",
			"nothing, RedisConnectionFactory, rate.store", "nothing, rate.replicas, rate.store" })
	void incompleteSettingsStopTheStart(String missing, String message, String key) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsRedisAutoConfiguration.class, RequestsRateAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing + "."))
			.withPropertyValues(redis.properties())
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url() + "/",
					"requests.sessions.shop.rate.limit=10/s", "requests.sessions.shop.rate.store=redis");
		if (message.equals("rate.replicas")) {
			runner = runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class));
		}
		runner.run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(message)
			.hasStackTraceContaining("requests.sessions.shop." + key));
	}

	/** A minute of load, with equal and with unequal shares of the replicas. */
	@Test
	@Tag("deep")
	void aMinuteOfLoadStaysWithinTwoPercent() {
		for (int[] threads : new int[][] { { 40, 40, 40 }, { 80, 4, 1 } }) {
			List<Replica> all = start(3, "rate.limit=100/s", "rate.burst=20", "rate.replicas=3", "rate.wait=30s");
			double rate = measure(all, threads, Duration.ofSeconds(60));
			assertThat(rate).isBetween(98.0, 102.0);
			closeReplicas();
			this.replicas.clear();
		}
	}

	@Test
	@Tag("deep")
	void killedRedisKeepsTheShares() throws Exception {
		int[] threads = { 40, 40, 40 };
		List<Replica> all = start(3, "rate.limit=100/s", "rate.burst=20", "rate.replicas=3", "rate.wait=30s",
				"requests.redis.timeout=250ms");
		double with = measure(all, threads, Duration.ofSeconds(20));
		redis.kill();
		double without = measure(all, threads, Duration.ofSeconds(20));
		redis.restart();
		double again = measure(all, threads, Duration.ofSeconds(60));
		assertThat(List.of(with, without, again)).allSatisfy((rate) -> assertThat(rate).isBetween(98.0, 102.0));
	}

	/** Returns how many requests a second arrived. */
	private double measure(List<Replica> all, int[] threads, Duration time) {
		long end = System.nanoTime() + time.toNanos();
		int before = this.server.accepted();
		long start = System.nanoTime();
		Load.run(all, threads, (replica) -> {
			while (System.nanoTime() - end < 0) {
				replica.get("/");
			}
		});
		return (this.server.accepted() - before) * 1e9 / (System.nanoTime() - start);
	}

}
