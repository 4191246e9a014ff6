package io.github.requests4j.spring.replicas;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A server that keeps connections alive, and counts the requests of each replica, logins
 * and open connections.
 */
final class CountingUpstream implements AutoCloseable {

	private final ServerSocket listening;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicIntegerArray requests = new AtomicIntegerArray(Replicas.COUNT);

	private final AtomicInteger logins = new AtomicInteger();

	CountingUpstream() throws IOException {
		this.listening = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		this.threads.execute(this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + this.listening.getLocalPort() + "/";
	}

	/** The number of requests from a replica. */
	int requests(int replica) {
		return this.requests.get(replica);
	}

	int logins() {
		return this.logins.get();
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
			for (String start = in.readLine(); start != null; start = in.readLine()) {
				Map<String, String> headers = new HashMap<>();
				for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
					int colon = line.indexOf(':');
					headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
				}
				socket.getOutputStream()
					.write(answer(start.split(" ")[1], headers).getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		catch (IOException ex) {
			return;
		}
		finally {
			this.open.remove(socket);
		}
	}

	/** The body is the version in the settings of the replica. No request has a body. */
	private String answer(String path, Map<String, String> headers) {
		this.requests.incrementAndGet(Integer.parseInt(headers.get("x-replica")));
		String status = "200 OK";
		String cookie = "";
		if (path.equals("/login/login")) {
			cookie = "Set-Cookie: sid=" + this.logins.incrementAndGet() + "; Path=/\r\n";
		}
		else if (path.equals("/login/orders") && !headers.containsKey("cookie")) {
			status = "401 Unauthorized";
		}
		String version = headers.getOrDefault("x-version", "none");
		return "HTTP/1.1 " + status + "\r\n" + cookie + "Content-Length: " + version.length() + "\r\n\r\n" + version;
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
