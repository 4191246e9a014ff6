package io.github.requests4j.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Depot in several copies, with a real Redis, as {@code scripts/depot-copies} and
 * {@code compose.yaml} start it.
 */
@Timeout(600)
class CopiesTests {

	private final List<ConfigurableApplicationContext> copies = new ArrayList<>();

	private final int first = TestSocketUtils.findAvailableTcpPort();

	private final int redisPort = TestSocketUtils.findAvailableTcpPort();

	private Process redis;

	@AfterEach
	void stop() throws InterruptedException {
		this.copies.forEach(ConfigurableApplicationContext::close);
		if (this.redis != null) {
			this.redis.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void copiesShareATokenALimitAndALogin(@TempDir Path folder) throws Exception {
		startRedis(folder);
		Browser one = start(1, this.first);
		Browser two = start(2, TestSocketUtils.findAvailableTcpPort());
		// The desk asks shipping for parcels, which requires a login
		assertThat(one.get("/").body()).doesNotContain("class=\"failure\"");
		assertThat(two.get("/").body()).doesNotContain("class=\"failure\"");
		long start = System.nanoTime();
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<?> other = threads.submit(() -> two.submit("/copies/quotes", ""));
			assertThat(one.submit("/copies/quotes", "").body()).contains("Copy 1 received");
			other.get(60, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		JsonNode used = JsonMapper.shared().readTree(one.get("/upstream/usage/copies").body());
		assertThat(used).hasSize(2);
		assertThat(sum(used, "tokens")).isEqualTo(1);
		assertThat(sum(used, "logins")).isEqualTo(1);
		// Two permits may be used at once after a pause
		assertThat(sum(used, "quotes")).isBetween(2, (int) (2 + 20 * seconds * 1.02) + 1);
		assertThat(used).allSatisfy((copy) -> assertThat(copy.path("quotes").asInt()).isPositive());
		assertThat(two.get("/copies").body()).contains("This is copy 2.", "in Redis", ">Together<");
	}

	private void startRedis(Path folder) throws IOException {
		this.redis = new ProcessBuilder("redis-server", "--port", Integer.toString(this.redisPort), "--bind",
				"127.0.0.1", "--save", "", "--dir", folder.toString())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("redis.log").toFile())
			.start();
		await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.redisPort)) {
				socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
				return socket.getInputStream().read() == '+';
			}
		});
	}

	private Browser start(int copy, int port) {
		this.copies.add(new SpringApplicationBuilder(DepotApplication.class).profiles("copies")
			.run("--server.port=" + port, "--depot.copy=" + copy, "--depot.busy=1s",
					"--depot.upstream.enabled=" + (copy == 1),
					"--depot.upstream.url=http://localhost:" + this.first + "/upstream",
					"--spring.data.redis.port=" + this.redisPort, "--requests.redis.timeout=5s"));
		return new Browser(port);
	}

	private static int sum(JsonNode used, String count) {
		return used.valueStream().mapToInt((copy) -> copy.path(count).asInt()).sum();
	}

	/** Containers cannot be started here, but what they would be told is checked. */
	@Test
	@SuppressWarnings("unchecked")
	void containersGetTheSettingsOfTheScript() throws IOException {
		String compose = Files.readString(Path.of("../compose.yaml"));
		Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(compose);
		Map<String, Map<String, Object>> services = (Map<String, Map<String, Object>>) file.get("services");
		assertThat(services).containsOnlyKeys("redis", "depot-1", "depot-2", "depot-3");
		for (int i = 1; i <= 3; i++) {
			Map<String, Object> service = services.get("depot-" + i);
			assertThat(service).containsKeys("image", "command", "volumes", "depends_on");
			assertThat((List<String>) service.get("ports")).containsExactly("127.0.0.1:" + (8079 + i) + ":8080");
			assertThat((Map<String, String>) service.get("environment"))
				.containsEntry("SPRING_PROFILES_ACTIVE", "copies")
				.containsEntry("SPRING_DATA_REDIS_HOST", "redis")
				.containsEntry("DEPOT_UPSTREAM_URL", "http://depot-1:8080/upstream")
				.containsEntry("DEPOT_COPY", "" + i)
				.hasSize((i == 1) ? 4 : 5);
		}
		String version = Files.readString(Path.of("../pom.xml"))
			.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
		assertThat(compose).contains("/sample-app-" + version + ".jar:");
	}

}
