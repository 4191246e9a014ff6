package io.github.requests4j.spring.replicas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.replicas.Replicas.Arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three copies of an application in JVMs of their own, with a real Redis, Spring's
 * authorization server, and servers that count. The long tests are tagged deep; they log
 * their figures.
 */
@Timeout(900)
class ReplicaProcessesTests {

	private static final Logger logger = LoggerFactory.getLogger(ReplicaProcessesTests.class);

	private static final Duration LIMIT = Duration.ofSeconds(120);

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	@TempDir
	static Path folder;

	private static Replicas replicas;

	@BeforeAll
	static void start() throws Exception {
		replicas = new Replicas(folder, redis);
	}

	@AfterAll
	static void stop() throws Exception {
		if (replicas != null) {
			replicas.close();
		}
	}

	@AfterEach
	void restart() throws Exception {
		redis.restart();
		replicas.awaitRedis();
	}

	@Test
	void oneTokenIsRequestedForAllAndOneForEachRenewal() throws Exception {
		renewTokens(3);
	}

	@Test
	@Tag("deep")
	void oneTokenIsRequestedForEachOfFiftyRenewals() throws Exception {
		renewTokens(50);
	}

	private void renewTokens(int renewals) throws Exception {
		int asked = replicas.authorization().asked();
		replicas.start("token", 4, 4, 4);
		await().atMost(LIMIT).until(() -> replicas.authorization().asked() > asked + renewals);
		assertThat(replicas.ask("stop")).allSatisfy((calls) -> {
			assertThat(calls.get("failed")).as(calls.line()).isZero();
			assertThat(calls.get("ok")).isPositive();
		});
		List<Long> times = replicas.authorization().askedAt();
		// If two replicas renewed a token, the second request would come while the new
		// token is fresh. The server sends whole seconds of its lifetime.
		long fresh = Replicas.TOKEN_LIFETIME.minusSeconds(1).toNanos() * 3 / 4;
		for (int i = asked + 1; i < times.size(); i++) {
			assertThat(times.get(i) - times.get(i - 1)).as("request %s of %s", i, times.size())
				.isGreaterThanOrEqualTo(fresh - TimeUnit.MILLISECONDS.toNanos(10));
		}
		logger.info("{} token requests for a start and {} renewals", times.size() - asked, renewals);
	}

	@Test
	void limitIsShared() throws Exception {
		replicas.start("rate", 8, 1, 1);
		Arrivals arrivals = replicas.count(Duration.ofSeconds(1));
		replicas.ask("stop");
		assertThat(arrivals.rate()).isPositive().isLessThanOrEqualTo(100 * 1.02 + 20 / arrivals.seconds());
	}

	@Test
	void oneLoginServesAll() throws Exception {
		int before = replicas.upstream().logins();
		for (int i = 0; i < Replicas.COUNT; i++) {
			replicas.get(i).send("login");
			assertThat(replicas.get(i).answer().get("status")).isEqualTo(200);
		}
		assertThat(replicas.upstream().logins()).isEqualTo(before + 1);
	}

	@Test
	void noneOfThousandConcurrentCookiesIsLost() throws Exception {
		for (int i = 0; i < Replicas.COUNT; i++) {
			replicas.get(i).send("cookies " + i * 1000 / Replicas.COUNT + " " + (i + 1) * 1000 / Replicas.COUNT);
		}
		long set = 0;
		for (int i = 0; i < Replicas.COUNT; i++) {
			set += replicas.get(i).answer().get("set");
		}
		assertThat(set).isEqualTo(1000);
		assertThat(replicas.ask("jar")).allSatisfy((jar) -> assertThat(jar.get("cookies")).isEqualTo(1000));
	}

	@Test
	void stoppedRedisDelaysNoCallForLongerThanItsTimeout() throws Exception {
		List<ReplicaProcess.Answer> before = replicas.ask("call all 4 1");
		redis.pause();
		assertDelays(before, replicas.ask("call all 4 5"));
	}

	@Test
	@Tag("deep")
	void redisThatIsStoppedForFiveSecondsDelaysNoCallForLongerThanItsTimeout() throws Exception {
		for (String session : new String[] { "token", "rate", "jar", "all" }) {
			// The first calls of a JVM take longer
			replicas.ask("call " + session + " 4 5");
			replicas.start(session, 4, 4, 4);
			replicas.count(Duration.ofSeconds(5));
			List<ReplicaProcess.Answer> before = replicas.ask("stop");
			replicas.start(session, 4, 4, 4);
			replicas.count(Duration.ofSeconds(2));
			redis.pause();
			replicas.count(Duration.ofSeconds(5));
			redis.restart();
			replicas.count(Duration.ofSeconds(3));
			List<ReplicaProcess.Answer> calls = replicas.ask("stop");
			logger.info("Redis stopped for 5 s, session {}: {}, before: {}", session, calls, before);
			assertDelays(before, calls);
			replicas.awaitRedis();
		}
	}

	/**
	 * A call waits for Redis once. The rest of it, such as a request for a token, takes
	 * as long as before, give or take what a busy machine adds.
	 */
	private static void assertDelays(List<ReplicaProcess.Answer> before, List<ReplicaProcess.Answer> calls) {
		long usual = before.stream().mapToLong((each) -> each.get("longest")).max().orElseThrow();
		assertThat(calls).allSatisfy((each) -> {
			assertThat(each.get("failed")).as(each.line()).isZero();
			assertThat(each.get("longest")).isLessThan(Replicas.REDIS_TIMEOUT.toMillis() + 1000 + 2 * usual);
		});
	}

	@Test
	void callsSucceedDuringSomeRefreshes() throws Exception {
		refresh(4);
	}

	@Test
	@Tag("deep")
	void callsSucceedDuringTwoHundredRefreshes() throws Exception {
		refresh(200);
	}

	private void refresh(int changes) throws Exception {
		List<ReplicaProcess.Answer> calls = replicas.ask("refresh " + changes);
		logger.info("{} refreshes: {}", changes, calls);
		assertThat(calls).allSatisfy((each) -> {
			assertThat(each.get("failed")).as(each.line()).isZero();
			assertThat(each.get("threads")).isLessThanOrEqualTo(1);
		});
		await().atMost(LIMIT).until(() -> replicas.live().openConnections() == Replicas.COUNT);
	}

	@Test
	@Tag("deep")
	void aMinuteOfLoadStaysWithinTwoPercentOfTheLimit() throws Exception {
		for (int[] threads : new int[][] { { 40, 40, 40 }, { 80, 4, 1 } }) {
			replicas.start("rate", threads);
			replicas.count(Duration.ofSeconds(3));
			Arrivals arrivals = replicas.count(Duration.ofSeconds(60));
			replicas.ask("stop");
			logger.info("100/s for 60 s with threads {}: {}", threads, arrivals);
			assertThat(arrivals.rate()).isBetween(98.0, 102.0);
		}
	}

	@Test
	@Tag("deep")
	void killedRedisKeepsTheSharesAndTheLimitAfterItsReturn() throws Exception {
		replicas.start("rate", 40, 40, 40);
		replicas.count(Duration.ofSeconds(3));
		redis.kill();
		Arrivals away = replicas.count(Duration.ofSeconds(20));
		redis.restart();
		replicas.awaitRedis();
		replicas.count(Duration.ofSeconds(3));
		Arrivals again = replicas.count(Duration.ofSeconds(60));
		replicas.ask("stop");
		logger.info("100/s without Redis for 20 s: {}, after its return: {}", away, again);
		for (int i = 0; i < Replicas.COUNT; i++) {
			assertThat(away.rate(i)).isLessThanOrEqualTo(102.0 / Replicas.COUNT + 20.0 / Replicas.COUNT / 20);
		}
		assertThat(again.rate()).isBetween(98.0, 102.0);
	}

}
