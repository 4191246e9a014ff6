package io.github.requests4j.spring.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Response;
import io.github.requests4j.spring.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever happens to Redis while two replicas use it: no call fails, and each gets the
 * whole response to its own credentials.
 */
@Timeout(180)
class RedisFailureTests {

	private static final int THREADS = 6;

	private static final int CALLS = 40;

	private static final int[] SIZES = { 0, 100, 70_000, 300_000, 1_500_000 };

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private final Origin origin;

	private final List<Replica> replicas = new ArrayList<>();

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	RedisFailureTests() throws IOException {
		this.origin = new Origin();
	}

	@AfterEach
	void stop() throws IOException {
		this.threads.shutdownNow();
		redis.restart();
		this.replicas.forEach(Replica::close);
		this.origin.close();
	}

	/** What happens in the middle of the calls, and what follows. */
	enum Event {

		KILL {
			@Override
			void happen() {
				redis.kill();
			}
		},

		PAUSE {
			@Override
			void happen() throws IOException {
				redis.pause();
			}
		},

		FULL {
			@Override
			void happen() throws IOException {
				redis.limit("3mb", "noeviction");
			}
		},

		EVICTION {
			@Override
			void happen() throws IOException {
				redis.limit("3mb", "allkeys-lru");
			}
		},

		LOSS {
			@Override
			void happen() throws IOException {
				redis.command("FLUSHALL");
			}
		};

		abstract void happen() throws IOException;

	}

	@ParameterizedTest
	@EnumSource
	void noCallFailsAndNoBodyIsTruncatedOrForeign(Event event) throws Exception {
		for (int i = 0; i < 2; i++) {
			this.replicas.add(Replica.start(redis, this.origin.url(), "requests.redis.timeout=250ms",
					"requests.sessions.shop.read-timeout=60s", "requests.sessions.shop.cache.local-size=" + i + "MB",
					"requests.sessions.shop.cache.size=" + (32 + i) + "MB",
					"requests.sessions.shop.cache.collapse=" + (i == 0)));
		}
		AtomicInteger done = new AtomicInteger();
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int seed = i;
			running.add(this.threads.submit(() -> callAll(seed, done)));
		}
		await().until(() -> done.get() > THREADS * CALLS / 4);
		event.happen();
		await().until(() -> done.get() > THREADS * CALLS / 2);
		redis.restart();
		for (Future<?> calls : running) {
			calls.get();
		}
		assertThat(done).hasValue(THREADS * CALLS);
		redis.limit("0", "noeviction");
		Replica first = this.replicas.get(0);
		await().until(() -> {
			callOnce(first, "/100/again", "Bearer 0");
			return first.hits("/100/again", "Authorization", "Bearer 0");
		});
	}

	private Void callAll(int seed, AtomicInteger done) {
		Random random = new Random(seed);
		for (int i = 0; i < CALLS; i++) {
			Replica replica = this.replicas.get(random.nextInt(this.replicas.size()));
			String path = "/" + SIZES[random.nextInt(SIZES.length)] + "/" + random.nextInt(2);
			if (random.nextInt(20) == 0) {
				replica.session().delete(path, (request) -> request.header("Authorization", "Bearer 0"));
			}
			callOnce(replica, path, "Bearer " + random.nextInt(2));
			done.incrementAndGet();
		}
		return null;
	}

	private static void callOnce(Replica replica, String path, String credentials) {
		Response response = replica.get(path, "Authorization", credentials);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.content()).as("%s for %s: %s", path, credentials, response.headers().get("Cache-Status"))
			.isEqualTo(Origin.body(path, credentials));
	}

}
