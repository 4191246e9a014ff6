package io.github.requests4j.spring.replicas;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.oauth2.AuthorizationServer;

import static org.awaitility.Awaitility.await;

/**
 * Three replicas in JVMs of their own, with the servers that they call.
 */
final class Replicas implements AutoCloseable {

	static final int COUNT = 3;

	/** A token is renewed after three quarters of this time. */
	static final Duration TOKEN_LIFETIME = Duration.ofSeconds(2);

	static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration LIMIT = Duration.ofSeconds(90);

	private final CountingUpstream upstream = new CountingUpstream();

	/** For the session "live" alone, because its connections are counted. */
	private final CountingUpstream live = new CountingUpstream();

	private final List<ReplicaProcess> processes = new ArrayList<>();

	private final AuthorizationServer authorization;

	/** Starts the servers and the replicas, and returns when they have started. */
	Replicas(Path folder, RedisServer redis) throws Exception {
		this.authorization = new AuthorizationServer(
				AuthorizationServer.client("replica", "r3plica", TOKEN_LIFETIME.toSeconds() + "s"));
		for (int i = 0; i < COUNT; i++) {
			this.processes.add(new ReplicaProcess(folder.resolve("replica-" + i), settings(redis, i)));
		}
		awaitRedis();
	}

	private List<String> settings(RedisServer redis, int number) {
		List<String> settings = new ArrayList<>(List.of("spring.main.banner-mode=off", "logging.level.root=error",
				"spring.application.name=replica", "requests.redis.timeout=" + REDIS_TIMEOUT.toMillis() + "ms",
				"requests.defaults.headers.X-Replica=" + number, "requests.sessions.live.base-url=" + this.live.url(),
				"requests.sessions.rate.rate.limit=100/s", "requests.sessions.rate.rate.burst=20",
				"requests.sessions.all.rate.limit=1000/s",
				"spring.security.oauth2.client.registration.replica.client-id=replica",
				"spring.security.oauth2.client.registration.replica.client-secret=r3plica",
				"spring.security.oauth2.client.registration.replica.authorization-grant-type=client_credentials",
				"spring.security.oauth2.client.registration.replica.scope=orders",
				"spring.security.oauth2.client.provider.replica.token-uri=" + this.authorization.tokenUri()));
		for (String session : new String[] { "token", "rate", "login", "jar", "all" }) {
			settings.add("requests.sessions." + session + ".base-url=" + this.upstream.url() + session + "/");
		}
		for (String session : new String[] { "token", "all" }) {
			settings.add("requests.sessions." + session + ".auth.registration-id=replica");
			settings.add("requests.sessions." + session + ".auth.store=redis");
		}
		for (String session : new String[] { "rate", "all" }) {
			settings.add("requests.sessions." + session + ".rate.wait=60s");
			settings.add("requests.sessions." + session + ".rate.store=redis");
			settings.add("requests.sessions." + session + ".rate.replicas=" + COUNT);
		}
		for (String session : new String[] { "login", "jar", "all" }) {
			settings.add("requests.sessions." + session + ".cookies.store=redis");
		}
		settings.addAll(List.of(redis.properties()));
		return settings;
	}

	CountingUpstream upstream() {
		return this.upstream;
	}

	CountingUpstream live() {
		return this.live;
	}

	AuthorizationServer authorization() {
		return this.authorization;
	}

	ReplicaProcess get(int number) {
		return this.processes.get(number);
	}

	/** Sends a command to all replicas, and waits for their answers. */
	List<ReplicaProcess.Answer> ask(String command) throws InterruptedException {
		for (ReplicaProcess process : this.processes) {
			process.send(command);
		}
		List<ReplicaProcess.Answer> answers = new ArrayList<>();
		for (ReplicaProcess process : this.processes) {
			answers.add(process.answer());
		}
		return answers;
	}

	/** Starts so many threads in each replica. */
	void start(String session, int... threads) throws InterruptedException {
		for (int i = 0; i < COUNT; i++) {
			this.processes.get(i).send("start " + session + " " + threads[i]);
		}
		for (ReplicaProcess process : this.processes) {
			process.answer().get("started");
		}
	}

	/** Waits until all replicas have noticed that Redis is available. */
	void awaitRedis() {
		await().atMost(LIMIT)
			.until(() -> ask("redis"),
					(answers) -> answers.stream().allMatch((answer) -> answer.get("available") == 1));
	}

	/** Returns how many requests of each replica arrive while some time passes. */
	Arrivals count(Duration time) {
		int[] counts = new int[COUNT];
		for (int i = 0; i < COUNT; i++) {
			counts[i] = -this.upstream.requests(i);
		}
		long start = System.nanoTime();
		await().atMost(time.plus(LIMIT)).until(() -> System.nanoTime() - start >= time.toNanos());
		double seconds = (System.nanoTime() - start) / 1e9;
		for (int i = 0; i < COUNT; i++) {
			counts[i] += this.upstream.requests(i);
		}
		return new Arrivals(counts, seconds);
	}

	/**
	 * The requests that arrived.
	 *
	 * @param counts how many of each replica
	 * @param seconds the time in which they arrived
	 */
	record Arrivals(int[] counts, double seconds) {

		double rate() {
			return (this.counts[0] + this.counts[1] + this.counts[2]) / this.seconds;
		}

		double rate(int replica) {
			return this.counts[replica] / this.seconds;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%.2f/s (%.2f, %.2f, %.2f)", rate(), rate(0), rate(1), rate(2));
		}

	}

	@Override
	public void close() throws Exception {
		for (ReplicaProcess process : this.processes) {
			process.close();
		}
		this.authorization.close();
		this.live.close();
		this.upstream.close();
	}

}
