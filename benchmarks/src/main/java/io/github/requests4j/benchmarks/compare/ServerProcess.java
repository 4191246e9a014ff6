package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The server in a separate process.
 */
final class ServerProcess implements AutoCloseable {

	private final ChildProcess process;

	private final Path certificate;

	private final String[] ports;

	private ServerProcess(ChildProcess process, Path certificate, String[] ports) {
		this.process = process;
		this.certificate = certificate;
		this.ports = ports;
	}

	static ServerProcess start() throws IOException {
		Path certificate = Files.createTempFile("benchmark", ".pem");
		ChildProcess process = ChildProcess.start(BenchmarkServer.class, certificate.toString());
		return new ServerProcess(process, certificate, process.read().split(" "));
	}

	/** Sets the delay of {@code /item} in milliseconds. */
	void delay(int millis) throws IOException {
		this.process.ask(Integer.toString(millis));
	}

	/** Returns its URL without a slash at the end. */
	String base(boolean secure) {
		return secure ? "https://127.0.0.1:" + this.ports[1] : "http://127.0.0.1:" + this.ports[0];
	}

	/** Returns the file with its certificate. */
	String certificate() {
		return this.certificate.toString();
	}

	@Override
	public void close() throws IOException {
		this.process.close();
		Files.delete(this.certificate);
	}

}
