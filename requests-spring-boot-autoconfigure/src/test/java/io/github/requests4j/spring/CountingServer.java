package io.github.requests4j.spring;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of one request for each connection, so that the number of connections it
 * accepted is the number of requests that were sent, and nothing else.
 */
public final class CountingServer implements AutoCloseable {

	private final ServerSocket listening;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Thread acceptor = new Thread(this::accept, "counting-server");

	private final AtomicInteger accepted = new AtomicInteger();

	private final List<Received> requests = new CopyOnWriteArrayList<>();

	private volatile Handler handler;

	public CountingServer(Handler handler) {
		this.handler = handler;
		try {
			this.listening = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.acceptor.setDaemon(true);
		this.acceptor.start();
	}

	public static CountingServer answering(int status) {
		return new CountingServer((request) -> Answer.of(status));
	}

	public void handle(Handler handler) {
		this.handler = handler;
	}

	public int port() {
		return this.listening.getLocalPort();
	}

	public String url() {
		return "http://127.0.0.1:" + port();
	}

	/** How many connections were opened. */
	public int accepted() {
		return this.accepted.get();
	}

	public List<Received> requests() {
		return this.requests;
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try {
				Socket socket = this.listening.accept();
				this.accepted.incrementAndGet();
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			Received request = read(new BufferedInputStream(socket.getInputStream()));
			this.requests.add(request);
			Answer answer = this.handler.handle(request);
			if (answer != Answer.NONE) {
				socket.getOutputStream().write(answer.bytes());
				socket.getOutputStream().flush();
				socket.shutdownOutput();
			}
		}
		catch (Exception ex) {
			return;
		}
	}

	private static Received read(InputStream in) throws IOException {
		String[] start = line(in).split(" ");
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line = line(in); !line.isEmpty(); line = line(in)) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
		}
		int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
		String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
		return new Received(start[0], start[1], headers, body, System.currentTimeMillis());
	}

	private static String line(InputStream in) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new IOException("The request ended early");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	/**
	 * Afterwards the port rejects connections: a listener that a thread waits in
	 * continues to accept.
	 */
	@Override
	public void close() {
		try {
			this.listening.close();
			this.acceptor.join(5000);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.threads.shutdownNow();
		}
	}

	@FunctionalInterface
	public interface Handler {

		Answer handle(Received request) throws Exception;

	}

	/**
	 * A request as it arrived.
	 */
	public record Received(String method, String target, Map<String, String> headers, String body, long atMillis) {
	}

	/**
	 * What is sent back.
	 */
	public record Answer(int status, String headers, String body) {

		/** The connection is closed without an answer. */
		public static final Answer NONE = new Answer(0, "", "");

		public static Answer of(int status) {
			return new Answer(status, "", "status " + status);
		}

		public static Answer json(int status, String body) {
			return new Answer(status, "Content-Type: application/json\r\n", body);
		}

		public Answer with(String name, String value) {
			return new Answer(this.status, this.headers + name + ": " + value + "\r\n", this.body);
		}

		byte[] bytes() {
			byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
			return String
				.format(Locale.ROOT, "HTTP/1.1 %d Status\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s",
						this.status, this.headers, content.length, this.body)
				.getBytes(StandardCharsets.UTF_8);
		}

	}

}
