package io.github.requests4j.spring.refresh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers each request with the value of its header {@code X-Version},
 * keeps connections alive, and counts those that are open.
 */
final class KeepAliveServer implements AutoCloseable {

	private final ServerSocket listening;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	KeepAliveServer() throws IOException {
		this.listening = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		this.threads.execute(this::accept);
	}

	int port() {
		return this.listening.getLocalPort();
	}

	int openConnections() {
		return this.open.size();
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket socket = this.listening.accept();
				this.open.add(socket);
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			String version = "none";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				if (line.startsWith("X-Version: ")) {
					version = line.substring("X-Version: ".length());
				}
				if (line.isEmpty()) {
					String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + version.length() + "\r\n\r\n" + version;
					socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
				}
			}
		}
		catch (IOException ex) {
			return;
		}
		finally {
			this.open.remove(socket);
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		for (Socket socket : this.open) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

}
