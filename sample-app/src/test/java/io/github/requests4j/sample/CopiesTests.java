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
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.FileSystemResource;
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

	private @Nullable Process redis;

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
		// The desk asks shipping for parcels, which requires a login
		assertThat(one.get("/").body()).doesNotContain("class=\"failure\"");
		assertThat(one.get("/copies").body()).containsOnlyOnce("scope=\"row\"");
		Browser two = start(2, TestSocketUtils.findAvailableTcpPort());
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
	void containersGetTheSettingsOfTheScript() throws IOException {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new FileSystemResource("../compose.yaml"));
		Properties compose = Objects.requireNonNull(yaml.getObject());
		String version = Files.readString(Path.of("../pom.xml"))
			.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
		for (int i = 1; i <= 3; i++) {
			String service = "services.depot-" + i + ".";
			assertThat(compose.stringPropertyNames().stream().filter((name) -> name.startsWith(service)))
				.hasSize((i == 1) ? 9 : 10);
			assertThat(compose).containsEntry(service + "ports[0]", "127.0.0.1:" + (8079 + i) + ":8080")
				.containsEntry(service + "depends_on[0]", "redis")
				.containsEntry(service + "command", "java -jar /depot.jar")
				.containsEntry(service + "volumes[0]",
						"./sample-app/target/quick/sample-app-" + version + ".jar:/depot.jar:ro")
				.containsEntry(service + "environment.SPRING_PROFILES_ACTIVE", "copies")
				.containsEntry(service + "environment.SPRING_DATA_REDIS_HOST", "redis")
				.containsEntry(service + "environment.DEPOT_UPSTREAM_URL", "http://depot-1:8080/upstream")
				.containsEntry(service + "environment.DEPOT_COPY", "" + i);
			assertThat(compose.getProperty(service + "environment.DEPOT_UPSTREAM_ENABLED", "true"))
				.isEqualTo(Boolean.toString(i == 1));
		}
	}

}
