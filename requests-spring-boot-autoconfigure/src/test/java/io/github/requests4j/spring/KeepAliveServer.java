package io.github.requests4j.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/**
 * A server that keeps connections alive, and counts those that are open. Its requests
 * have no bodies.
 */
public final class KeepAliveServer implements AutoCloseable {

	private final BiFunction<String, Map<String, String>, String> answer;

	private final ServerSocket listening;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	/**
	 * Starts a server.
	 * @param answer returns the whole response for a path and headers, whose names are in
	 * lower case
	 */
	public KeepAliveServer(BiFunction<String, Map<String, String>, String> answer) throws IOException {
		this.answer = answer;
		this.listening = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		this.threads.execute(this::accept);
	}

	/** Returns a response with a body of US-ASCII characters. */
	public static String response(String status, String headers, String body) {
		return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
	}

	public int port() {
		return this.listening.getLocalPort();
	}

	public int openConnections() {
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
			for (String start = in.readLine(); start != null; start = in.readLine()) {
				Map<String, String> headers = new HashMap<>();
				for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
					int colon = line.indexOf(':');
					headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
				}
				socket.getOutputStream()
					.write(this.answer.apply(start.split(" ")[1], headers).getBytes(StandardCharsets.ISO_8859_1));
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
