package io.github.requests4j.spring;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/**
 * A Redis server in memory on a free port of the loopback address, for the tests of one
 * class. Each test starts with an empty server that runs, and may kill, restart or pause
 * it. Register it in a static field with {@code @RegisterExtension}.
 */
public final class RedisServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int ATTEMPTS = 10;

	private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		// An interrupted build closes no server.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
	}

	private final boolean cluster;

	private int port;

	private @Nullable Process process;

	private @Nullable Path folder;

	private boolean paused;

	public RedisServer() {
		this(false);
	}

	private RedisServer(boolean cluster) {
		this.cluster = cluster;
	}

	/** Returns the only node of a cluster. */
	public static RedisServer cluster() {
		return new RedisServer(true);
	}

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS && !isRunning(); attempt++) {
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				this.port = free.getLocalPort();
			}
			start();
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		restart();
		command("CONFIG SET maxmemory 0");
		command("CONFIG SET maxmemory-policy noeviction");
		command("FLUSHALL");
	}

	@Override
	public void afterAll(ExtensionContext context) {
		kill();
	}

	/** The port, which stays the same. */
	public int port() {
		return this.port;
	}

	/** The properties of Spring Boot for connections to this server. */
	public String[] properties() {
		return this.cluster ? new String[] { "spring.data.redis.cluster.nodes=127.0.0.1:" + this.port }
				: new String[] { "spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.port };
	}

	private boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	private void start() throws IOException {
		Path folder = Files.createTempDirectory("redis");
		this.folder = folder;
		List<String> command = new ArrayList<>(List.of(program(), "--port", Integer.toString(this.port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.toString(), "--loglevel", "warning"));
		if (this.cluster) {
			int bus;
			try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				bus = free.getLocalPort();
			}
			command.addAll(List.of("--cluster-enabled", "yes", "--cluster-port", Integer.toString(bus)));
		}
		Process started = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		RUNNING.add(started);
		this.process = started;
		await("redis-server on port " + this.port).atMost(LIMIT).until(() -> !started.isAlive() || answers());
		if (this.cluster) {
			command("CLUSTER ADDSLOTSRANGE 0 16383");
			await("a cluster").atMost(LIMIT).until(() -> lines("CLUSTER INFO", 10).contains("cluster_state:ok"));
		}
	}

	private boolean answers() {
		try {
			return "+PONG".equals(command("PING"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String program() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "redis-server"))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Path::toString)
			.orElseGet(() -> fail("redis-server is missing. Install Debian's package: "
					+ "apt-get install --no-install-recommends redis-server"));
	}

	/** Ends the server at once, and with it all connections and everything it stores. */
	public void kill() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
			try {
				running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			RUNNING.remove(running);
			FileSystemUtils.deleteRecursively((this.folder != null) ? this.folder.toFile() : null);
		}
		this.process = null;
		this.paused = false;
	}

	/** Starts the server again if it was killed, and lets it run if it was paused. */
	public void restart() throws IOException {
		if (this.paused) {
			signal("CONT");
			this.paused = false;
		}
		if (!isRunning()) {
			start();
		}
	}

	/** Stops the server in its tracks: connections stay open, and nothing is answered. */
	public void pause() throws IOException {
		signal("STOP");
		this.paused = true;
	}

	private void signal(String name) throws IOException {
		Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(Objects.requireNonNull(this.process).pid()))
			.start();
		try {
			if (!kill.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
				fail("kill -" + name + " failed");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Sets how much the server keeps, and what it does beyond that.
	 */
	public void limit(String memory, String policy) throws IOException {
		command("CONFIG SET maxmemory-policy " + policy);
		command("CONFIG SET maxmemory " + memory);
	}

	/** Sends a command, and returns the first line of the answer. */
	public String command(String command) throws IOException {
		return lines(command, 1).get(0);
	}

	/** Returns all keys. */
	public List<String> keys() throws IOException {
		return lines("KEYS *", Integer.MAX_VALUE).stream().filter((line) -> !line.matches("[*$]\\d+")).toList();
	}

	/** Returns the fields and values of a hash. */
	public List<String> fields(String key) throws IOException {
		return lines("HGETALL " + key, Integer.MAX_VALUE);
	}

	private List<String> lines(String command, int max) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), this.port)) {
			socket.setSoTimeout((int) LIMIT.toMillis());
			socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			List<String> lines = reader.lines().limit(max).toList();
			if (lines.isEmpty()) {
				throw new IOException("Redis closed the connection");
			}
			return (max == 1) ? lines : lines.subList(0, lines.size() - 1);
		}
	}

}
