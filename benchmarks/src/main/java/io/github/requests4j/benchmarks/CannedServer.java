package io.github.requests4j.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request head with the same 200 bytes of JSON, as cheaply as Java can.
 */
final class CannedServer implements AutoCloseable {

	private static final byte[] RESPONSE = response();

	private final ServerSocket listener;

	private CannedServer(ServerSocket listener) {
		this.listener = listener;
	}

	static CannedServer start() {
		try {
			CannedServer server = new CannedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The server of the benchmark cannot listen", ex);
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.listener.getLocalPort() + "/item";
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				socket.setTcpNoDelay(true);
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// The listener was closed: the benchmark is over
			return;
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			while (readHead(in)) {
				out.write(RESPONSE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads up to an empty line; false at the end of the connection. */
	private static boolean readHead(InputStream in) throws IOException {
		int matched = 0;
		while (matched < 4) {
			int octet = in.read();
			if (octet < 0) {
				return false;
			}
			matched = (octet == "\r\n\r\n".charAt(matched)) ? matched + 1 : (octet == '\r') ? 1 : 0;
		}
		return true;
	}

	private static byte[] response() {
		String body = "{\"id\":1,\"name\":\"" + "x".repeat(183) + "\"}";
		String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\n\r\n";
		return (head + body).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "canned-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
	}

}
