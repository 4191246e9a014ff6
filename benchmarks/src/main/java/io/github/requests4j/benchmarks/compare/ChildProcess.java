package io.github.requests4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A virtual machine of its own, which answers lines with lines.
 */
final class ChildProcess implements AutoCloseable {

	private final String name;

	private final Process process;

	private final BufferedReader in;

	private final Writer out;

	private ChildProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		this.out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
	}

	static ChildProcess start(Class<?> main, String... args) throws IOException {
		return start((entry) -> true, main, args);
	}

	/** With those entries of this virtual machine's class path that are wanted. */
	static ChildProcess start(Predicate<String> classPath, Class<?> main, String... args) throws IOException {
		String entries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(classPath)
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms256m", "-Xmx512m",
				"-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", entries, main.getName()));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		return new ChildProcess(main.getSimpleName() + " " + String.join(" ", args), process);
	}

	String ask(String line) throws IOException {
		this.out.write(line + "\n");
		this.out.flush();
		return read();
	}

	String read() throws IOException {
		String line = this.in.readLine();
		if (line == null) {
			throw new IOException(this.name + " has ended");
		}
		return line;
	}

	@Override
	public void close() throws IOException {
		this.out.close();
		this.process.destroy();
	}

}
