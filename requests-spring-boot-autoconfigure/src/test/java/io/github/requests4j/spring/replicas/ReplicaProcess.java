package io.github.requests4j.spring.replicas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A running {@link ReplicaProgram}.
 */
final class ReplicaProcess implements AutoCloseable {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private static final long LIMIT_SECONDS = 600;

	private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

	static {
		// An interrupted build closes no process.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
	}

	private final Process process;

	private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	ReplicaProcess(Path folder, List<String> settings) throws IOException {
		Path file = Files.createDirectories(folder).resolve("application.properties");
		Files.write(file, settings);
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", CLASS_PATH, ReplicaProgram.class.getName(),
				file.toString())
			.redirectErrorStream(true)
			.start();
		RUNNING.add(this.process);
		Thread reader = new Thread(this::read, "replica-output");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.output.add(line);
				if (line.startsWith(ReplicaProgram.ANSWER)) {
					this.answers.add(new Answer(line));
				}
			}
		}
		catch (IOException ex) {
			this.output.add(ex.toString());
		}
		// Ends the wait for an answer that will not come
		this.answers.add(new Answer(String.join("\n", this.output)));
	}

	/** Sends a command, which it begins as soon as it has started. */
	void send(String command) {
		try {
			this.process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(String.join("\n", this.output), ex);
		}
	}

	/** Waits for the next answer. */
	Answer answer() throws InterruptedException {
		Answer answer = this.answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(answer).as(() -> String.join("\n", this.output)).isNotNull();
		return answer;
	}

	/** Ends the JVM at once, in the middle of whatever it does. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly();
		assertThat(this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
		RUNNING.remove(this.process);
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

	/**
	 * A line of figures.
	 *
	 * @param line the line
	 */
	record Answer(String line) {

		private static final Pattern FIGURE = Pattern.compile(" (\\w+)=(\\d+)");

		long get(String name) {
			Matcher matcher = FIGURE.matcher(this.line);
			while (matcher.find()) {
				if (matcher.group(1).equals(name)) {
					return Long.parseLong(matcher.group(2));
				}
			}
			throw new AssertionError("No " + name + " in: " + this.line);
		}

	}

}
