package io.github.requests4j.interop;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/**
 * A server in the foreground, which runs until it is closed. What it prints goes into a
 * file that failure messages quote.
 */
final class ServerProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

	// Linux takes the ports of outgoing connections from above this range.
	private static final int LOWEST_PORT = 20_000;

	private static final int HIGHEST_PORT = 32_000;

	private static final Set<Integer> USED_PORTS = ConcurrentHashMap.newKeySet();

	private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		// An interrupted build closes no server.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ServerProcess::close)));
	}

	private final String name;

	private final Process process;

	private final Path log;

	private ServerProcess(String name, Process process, Path log) {
		this.name = name;
		this.process = process;
		this.log = log;
		RUNNING.add(this);
	}

	/** Starts a program and returns once it accepts connections on all of these ports. */
	static ServerProcess start(Path folder, List<String> command, int... ports) throws IOException {
		return start(folder, command, Map.of(), ports);
	}

	/** The same with variables added to the environment. */
	static ServerProcess start(Path folder, List<String> command, Map<String, String> environment, int... ports)
			throws IOException {
		String name = Path.of(command.get(0)).getFileName().toString();
		Path log = folder.resolve(name + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
		builder.environment().putAll(environment);
		ServerProcess server = new ServerProcess(name, builder.start(), log);
		for (int port : ports) {
			server.awaitPort(port);
		}
		return server;
	}

	/**
	 * Returns the path of an installed program, or fails with the name of its package.
	 */
	static String program(String name, String debianPackage) {
		String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
		return Stream.of(path.split(File.pathSeparator))
			.map((folder) -> Path.of(folder, name))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Path::toString)
			.orElseGet(() -> fail(missing(name, debianPackage)));
	}

	/** Returns the path of an installed file, or fails with the name of its package. */
	static Path file(Path file, String debianPackage) {
		if (!Files.exists(file)) {
			fail(missing(file.toString(), debianPackage));
		}
		return file;
	}

	private static String missing(String what, String debianPackage) {
		return what + " is missing, and the interoperability tests require it. Install Debian's package "
				+ debianPackage + ": apt-get install --no-install-recommends " + debianPackage;
	}

	/** Returns a port on which nothing listens. */
	static int freePort() throws IOException {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
			if (!USED_PORTS.add(port)) {
				continue;
			}
			try (ServerSocket socket = new ServerSocket()) {
				socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				return port;
			}
			catch (IOException ex) {
				// Another program has it.
			}
		}
	}

	/**
	 * Makes a folder readable for the users to which servers switch when root starts
	 * them.
	 */
	static void publish(Path folder) throws IOException {
		Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private void awaitPort(int port) throws IOException {
		long end = System.nanoTime() + START_LIMIT.toNanos();
		while (!accepts(port)) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String output = output();
				close();
				fail(this.name + " does not accept connections on port " + port + ". It printed:\n" + output);
			}
			try {
				this.process.waitFor(20, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				close();
				throw new IllegalStateException(ex);
			}
		}
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Waits until the server has closed its side of all connections to this port. */
	static void awaitConnectionsClosed(int port) {
		await("connections to port " + port + " closed by the server").atMost(Duration.ofSeconds(30))
			.until(() -> establishedConnections(port) == 0);
	}

	private static long establishedConnections(int port) throws IOException {
		String local = String.format(Locale.ROOT, "0100007F:%04X", port);
		try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
			return sockets.map((line) -> line.trim().split("\\s+"))
				.filter((fields) -> fields[1].equals(local) && fields[3].equals("01"))
				.count();
		}
	}

	/** Returns what the server has printed. */
	String output() throws IOException {
		return Files.readString(this.log);
	}

	/** Ends the server and all processes that it has started. */
	@Override
	public void close() {
		RUNNING.remove(this);
		List<ProcessHandle> all = new ArrayList<>(this.process.descendants().toList());
		all.add(this.process.toHandle());
		this.process.destroy();
		try {
			if (!this.process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
				all.forEach(ProcessHandle::destroyForcibly);
				this.process.waitFor();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		all.forEach(ProcessHandle::destroyForcibly);
	}

}
