package io.github.requests4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A separate virtual machine that responds to each line with a line.
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
		return start(Machine.current(), main, args);
	}

	static ChildProcess start(Machine machine, Class<?> main, String... args) throws IOException {
		List<String> command = machine.command(main);
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		return new ChildProcess(main.getSimpleName() + " " + String.join(" ", args), process);
	}

	long pid() {
		return this.process.pid();
	}

	/** Waits until the process has exited. */
	void await() throws IOException {
		while (this.in.readLine() != null) {
			continue;
		}
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
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
