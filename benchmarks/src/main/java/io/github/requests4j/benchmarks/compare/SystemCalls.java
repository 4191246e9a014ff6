package io.github.requests4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the system calls of a GET with a delayed response. A client in a separate
 * process warms up with immediate responses. Then the responses are delayed, and strace
 * attaches to the client for the counted calls.
 */
final class SystemCalls {

	private static final Set<Candidate> USUAL = EnumSet.of(Candidate.FLOOR, Candidate.SESSION, Candidate.INTERFACE,
			Candidate.APACHE);

	/** The number of warm-up calls with a delayed response. */
	private static final int SLOW_WARM_UP = 300;

	private final int calls;

	private final int warmUp;

	private final int delay;

	private SystemCalls(Arguments arguments) {
		this.calls = arguments.number("calls", 5_000);
		this.warmUp = arguments.number("warm-up", 30_000);
		this.delay = arguments.number("delay", 3);
	}

	/**
	 * Counts and writes the report.
	 * @param args the folder for the report, and options: {@code calls}, 5000 by default;
	 * {@code warm-up} in calls, 30000 by default; {@code delay} of the server in
	 * milliseconds, 3 by default; {@code candidates}, separated by commas; {@code jdks},
	 * the folders of the JDKs to use, separated by commas, by default this one
	 */
	public static void main(String[] args) throws IOException {
		Arguments arguments = Arguments.parse(args, "calls", "warm-up", "delay", "candidates", "jdks");
		SystemCalls counter = new SystemCalls(arguments);
		List<String> jdks = arguments.list("jdks");
		StringBuilder table = new StringBuilder(String.format(Locale.ROOT,
				"# System calls%n%nPer GET, counted by `strace` over %d calls after %d to warm up; the server answers "
						+ "after %d ms.%n%n| client | Java | calling thread | of these | all other threads | of these |%n"
						+ "|---|--:|--:|---|--:|---|%n",
				counter.calls, counter.warmUp, counter.delay));
		try (ServerProcess server = ServerProcess.start()) {
			for (Candidate candidate : arguments.constants("candidates", Candidate.class, USUAL)) {
				for (String jdk : jdks.isEmpty() ? List.of(System.getProperty("java.home")) : jdks) {
					Trace trace = counter.count(candidate, Path.of(jdk), server);
					table.append(counter.row(candidate, version(Path.of(jdk)), trace));
				}
			}
		}
		Files.writeString(arguments.folder().resolve("system-calls.md"), table);
		Output.line(table);
	}

	private static String version(Path jdk) throws IOException {
		return Files.readAllLines(jdk.resolve("release"))
			.stream()
			.filter((line) -> line.startsWith("JAVA_VERSION="))
			.map((line) -> line.replaceAll("[^0-9.]", ""))
			.findFirst()
			.orElse("?");
	}

	private Trace count(Candidate candidate, Path jdk, ServerProcess server) throws IOException {
		Path file = Files.createTempFile("system-calls", ".txt");
		try (ChildProcess client = ChildProcess.start(Machine.current().withHome(jdk), SystemCallsWorker.class,
				candidate.name(), server.base(false))) {
			server.delay(0);
			client.ask(Integer.toString(this.warmUp));
			server.delay(this.delay);
			client.ask(Integer.toString(SLOW_WARM_UP));
			Process strace = attach(client.pid(), file);
			client.ask(Integer.toString(this.calls));
			detach(strace);
			return Trace.read(file);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
		finally {
			Files.delete(file);
		}
	}

	private static Process attach(long pid, Path file) throws IOException, InterruptedException {
		Process strace = new ProcessBuilder("strace", "-f", "-qq", "-e", "signal=none", "-o", file.toString(), "-p",
				Long.toString(pid))
			.redirectErrorStream(true)
			.start();
		while (!isTraced(pid)) {
			if (!strace.isAlive()) {
				throw new IOException("strace cannot attach to a child process: " + output(strace));
			}
			Thread.sleep(10);
		}
		return strace;
	}

	private static String output(Process process) throws IOException {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
			return reader.lines().collect(Collectors.joining(" "));
		}
	}

	/** Returns whether all threads of the process have a tracer. */
	private static boolean isTraced(long pid) throws IOException {
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			for (Path thread : threads) {
				if (Files.readString(thread.resolve("status")).contains("TracerPid:\t0\n")) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * Stops strace normally, so that it detaches from the process and writes all output.
	 */
	private static void detach(Process strace) throws InterruptedException {
		strace.destroy();
		strace.waitFor();
	}

	private String row(Candidate candidate, String version, Trace trace) {
		return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %s |%n", candidate.title(), version,
				sum(trace.caller()), kinds(trace.caller()), sum(trace.others()), kinds(trace.others()));
	}

	private String sum(Map<String, Integer> kinds) {
		return perCall(kinds.values().stream().mapToInt(Integer::intValue).sum());
	}

	/**
	 * Returns the kinds of system calls, most frequent first, without very rare ones.
	 */
	private String kinds(Map<String, Integer> kinds) {
		return kinds.entrySet()
			.stream()
			.filter((kind) -> kind.getValue() >= this.calls / 200)
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
			.map((kind) -> kind.getKey() + " " + perCall(kind.getValue()))
			.collect(Collectors.joining(", "));
	}

	private String perCall(int count) {
		return String.format(Locale.ROOT, "%.2f", (double) count / this.calls);
	}

}
