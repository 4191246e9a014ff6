package io.github.requests4j.testserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A run of {@code openssl s_server} on the loopback address that ends after one
 * connection.
 */
public final class OpensslServer implements AutoCloseable {

	private static final int ATTEMPTS = 10;

	private static final int SECONDS = 30;

	private final Process process;

	private final int port;

	private final CompletableFuture<Boolean> accepting = new CompletableFuture<>();

	private final CompletableFuture<String> output = new CompletableFuture<>();

	private OpensslServer(Process process, int port) {
		this.process = process;
		this.port = port;
		RawServer.daemon("openssl-" + port, this::readOutput).start();
	}

	/** The port must be chosen before, so another process may be faster: then again. */
	static OpensslServer start(Path folder, String... options) throws IOException {
		for (int attempt = 1;; attempt++) {
			int port = freePort();
			List<String> arguments = new ArrayList<>(
					List.of("s_server", "-accept", "127.0.0.1:" + port, "-www", "-naccept", "1"));
			arguments.addAll(Arrays.asList(options));
			Process process = Openssl.builder(folder, arguments.toArray(new String[0]))
				.redirectErrorStream(true)
				.start();
			OpensslServer server = new OpensslServer(process, port);
			if (server.isAccepting()) {
				return server;
			}
			server.close();
			String said = server.output();
			if (attempt == ATTEMPTS || !said.contains("in use")) {
				throw new IllegalStateException("openssl " + String.join(" ", arguments) + " does not accept: " + said);
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	private void readOutput() {
		StringBuilder text = new StringBuilder();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.ISO_8859_1))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				text.append(line).append('\n');
				if (line.equals("ACCEPT")) {
					this.accepting.complete(true);
				}
			}
		}
		catch (IOException ex) {
			text.append(ex);
		}
		this.accepting.complete(false);
		this.output.complete(text.toString());
	}

	private boolean isAccepting() throws IOException {
		return get(this.accepting);
	}

	private static <T> T get(CompletableFuture<T> future) throws IOException {
		try {
			return future.get(SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	public String url(String host) {
		return "https://" + host + ":" + this.port + "/";
	}

	/** All that the program printed, once the one connection is over. */
	public String output() throws IOException {
		return get(this.output);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
