package io.github.requests4j.adapters;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

import io.github.requests4j.testserver.Together;

/**
 * A peer or a client in a separate process, for settings that exist only once per JVM:
 * its network and the limits of its TLS keys.
 */
final class PeerProcess implements AutoCloseable {

	private static final int NARROW = 1024;

	private final Process process;

	private final BufferedReader said;

	private PeerProcess(Process process) {
		this.process = process;
		this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a process.
	 * @param prefix what precedes the command, such as a namespace to run it in
	 * @param properties system properties, as options
	 * @param args the role and its arguments
	 */
	static PeerProcess start(List<String> prefix, List<String> properties, String... args) throws IOException {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
		command.addAll(properties);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeerProcess.class.getName()));
		command.addAll(List.of(args));
		return new PeerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	/** Returns the next line of its output. */
	String line() throws IOException {
		return this.said.readLine();
	}

	/** Returns the rest of its output after it has ended. */
	String output() throws IOException {
		StringBuilder output = new StringBuilder();
		for (String line = line(); line != null; line = line()) {
			output.append(line).append('\n');
		}
		return output.toString();
	}

	int exitCode() throws InterruptedException {
		this.process.waitFor(10, TimeUnit.SECONDS);
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/** The program of that process. */
	public static void main(String[] args) throws Exception {
		switch (args[0]) {
			case "uploads" -> Together.run(StalledCalls.uploads(args[1], args[2]));
			case "stalled" -> stall(InetAddress.getByName(args[1]));
			case "key-updates" -> updateKeys(Path.of(args[1]));
			default -> throw new IllegalArgumentException(args[0]);
		}
		System.exit(0);
	}

	/** A server that never reads, and one that works. */
	private static void stall(InetAddress address) throws Exception {
		try (ServerSocket stalled = listen(new ServerSocket(), address);
				ServerSocket healthy = listen(new ServerSocket(), address)) {
			List<Socket> open = new ArrayList<>();
			daemon(() -> {
				while (true) {
					open.add(stalled.accept());
				}
			});
			daemon(() -> {
				while (true) {
					answer(healthy.accept());
				}
			});
			report(stalled.getLocalPort() + " " + healthy.getLocalPort());
		}
	}

	private static void answer(Socket socket) throws IOException {
		try (socket) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
				continue;
			}
			write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nGET /");
		}
	}

	/**
	 * A server that asks for new keys after each byte, which the client has to answer,
	 * and never reads the answers. The limit for the use of a key is the security
	 * property {@code jdk.tls.keyLimits}.
	 */
	private static void updateKeys(Path certificate) throws Exception {
		HandshakeCertificates certificates = new HandshakeCertificates.Builder()
			.heldCertificate(HeldCertificate.decode(Files.readString(certificate)))
			.build();
		try (ServerSocket listener = listen(certificates.sslContext().getServerSocketFactory().createServerSocket(),
				InetAddress.getByName("127.0.0.1"))) {
			daemon(() -> {
				while (true) {
					SSLSocket socket = (SSLSocket) listener.accept();
					daemon(() -> updateKeys(socket));
				}
			});
			report(String.valueOf(listener.getLocalPort()));
		}
	}

	private static void updateKeys(SSLSocket socket) throws IOException {
		try (socket) {
			socket.setEnabledProtocols(new String[] { "TLSv1.3" });
			socket.setTcpNoDelay(true);
			// A response that arrived before its request would be rejected.
			socket.getInputStream().readNBytes(1);
			write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
			while (true) {
				write(socket, "x");
			}
		}
	}

	private static ServerSocket listen(ServerSocket listener, InetAddress address) throws IOException {
		listener.setReceiveBufferSize(NARROW);
		listener.bind(new InetSocketAddress(address, 0));
		return listener;
	}

	private static void write(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	/** Reports the ports, and runs until the other process ends. */
	private static void report(String ports) throws IOException {
		try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
			out.write((ports + "\n").getBytes(StandardCharsets.US_ASCII));
			out.flush();
			System.in.transferTo(OutputStream.nullOutputStream());
		}
	}

	/** Something that ends with its connection or listener. */
	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

	private static void daemon(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// The client has gone.
				return;
			}
		}, "peer");
		thread.setDaemon(true);
		thread.start();
	}

}
