package io.github.requests4j.benchmarks.compare;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uses one socket for each thread, and parses just enough to find the end of the
 * response. No client can be cheaper. If there are more threads than connections, they
 * share the connections through a queue.
 */
final class FloorClient implements Client {

	private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

	private final JsonMapper json = JsonMapper.builder().build();

	private final Setup setup;

	private final ThreadLocal<Connection> own = ThreadLocal.withInitial(this::connect);

	private final Map<String, Connection> others = new HashMap<>();

	private final @Nullable BlockingQueue<Connection> shared;

	FloorClient(Setup setup) {
		this.setup = setup;
		this.shared = setup.shared() ? new ArrayBlockingQueue<>(setup.connections()) : null;
		for (int i = 0; this.shared != null && i < setup.connections(); i++) {
			this.shared.add(connect(setup.base()));
		}
	}

	private Connection connect() {
		return connect(this.setup.base());
	}

	private Connection connect(String base) {
		try {
			URI uri = URI.create(base);
			Socket socket = uri.getScheme().equals("https")
					? this.setup.tls().getSocketFactory().createSocket(uri.getHost(), uri.getPort())
					: new Socket(uri.getHost(), uri.getPort());
			socket.setTcpNoDelay(true);
			return new Connection(socket.getInputStream(), socket.getOutputStream(), new byte[64 * 1024]);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The benchmark server cannot be reached", ex);
		}
	}

	@Override
	public int get(String url) throws Exception {
		if (this.shared != null) {
			return getShared(this.shared, url);
		}
		Connection connection = url.startsWith(this.setup.base()) ? this.own.get() : other(url);
		if (url.endsWith("/redirect/3")) {
			return followRedirects(connection, url);
		}
		int length = (int) connection.exchange(head("GET", url, ""));
		return url.endsWith("/gzip") ? gunzip(connection, length) : length;
	}

	private static int getShared(BlockingQueue<Connection> idle, String url) throws Exception {
		Connection connection = idle.take();
		try {
			return (int) connection.exchange(head("GET", url, ""));
		}
		finally {
			idle.add(connection);
		}
	}

	private Connection other(String url) {
		return this.others.computeIfAbsent(url.substring(0, url.indexOf('/', 8)), this::connect);
	}

	private static int followRedirects(Connection connection, String url) throws IOException {
		connection.exchange(head("GET", url, ""));
		connection.exchange(head("GET", url.replace("/3", "/2"), "Cookie: c3=v\r\n"));
		connection.exchange(head("GET", url.replace("/3", "/1"), "Cookie: c3=v; c2=v\r\n"));
		return (int) connection
			.exchange(head("GET", url.replace("redirect/3", "item"), "Cookie: c3=v; c2=v; c1=v\r\n"));
	}

	private static int gunzip(Connection connection, int length) throws IOException {
		try (InputStream in = new GZIPInputStream(
				new ByteArrayInputStream(connection.buffer, connection.start, length))) {
			return in.readAllBytes().length;
		}
	}

	@Override
	public int get(String url, Map<String, String> headers) throws IOException {
		StringBuilder fields = new StringBuilder();
		headers.forEach((name, value) -> fields.append(name).append(": ").append(value).append("\r\n"));
		return (int) this.own.get().exchange(head("GET", url, fields.toString()));
	}

	@Override
	public long download(String url) throws IOException {
		return this.own.get().exchange(head("GET", url, ""));
	}

	@Override
	public long upload(String url) throws IOException {
		Connection connection = this.own.get();
		connection.out.write(head("PUT", url, "Content-Length: " + Zeros.LENGTH + "\r\n"));
		byte[] piece = new byte[64 * 1024];
		for (long sent = 0; sent < Zeros.LENGTH; sent += piece.length) {
			connection.out.write(piece);
		}
		connection.readResponse();
		return Zeros.LENGTH;
	}

	@Override
	public Order post(String url, Order order) throws IOException {
		byte[] body = this.json.writeValueAsBytes(order);
		byte[] head = head("POST", url, "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n");
		byte[] message = new byte[head.length + body.length];
		System.arraycopy(head, 0, message, 0, head.length);
		System.arraycopy(body, 0, message, head.length, body.length);
		Connection connection = this.own.get();
		int length = (int) connection.exchange(message);
		return this.json.readValue(connection.buffer, connection.start, length, Order.class);
	}

	private static byte[] head(String method, String url, String fields) {
		String path = url.substring(url.indexOf('/', 8));
		return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.own.remove();
	}

	private static final class Connection {

		private final InputStream in;

		private final OutputStream out;

		private final byte[] buffer;

		private int start;

		Connection(InputStream in, OutputStream out, byte[] buffer) {
			this.in = in;
			this.out = out;
			this.buffer = buffer;
		}

		long exchange(byte[] message) throws IOException {
			this.out.write(message);
			return readResponse();
		}

		/**
		 * Reads the body, which is at {@link #start} if it fits into the buffer, and
		 * returns its length.
		 */
		long readResponse() throws IOException {
			int count = 0;
			int end = -1;
			while (end < 0) {
				count += fill(count, this.buffer.length - count);
				end = endOfHead(count);
			}
			this.start = end;
			long length = length(end);
			long missing = length - (count - end);
			boolean fits = end + length <= this.buffer.length;
			while (missing > 0) {
				int from = fits ? count : 0;
				int read = fill(from, (int) Math.min(missing, this.buffer.length - from));
				count += fits ? read : 0;
				missing -= read;
			}
			return length;
		}

		private int fill(int from, int most) throws IOException {
			int read = this.in.read(this.buffer, from, most);
			if (read < 0) {
				throw new IOException("The benchmark server has disconnected");
			}
			return read;
		}

		private int endOfHead(int count) {
			for (int i = 3; i < count; i++) {
				if (this.buffer[i] == '\n' && this.buffer[i - 2] == '\n') {
					return i + 1;
				}
			}
			return -1;
		}

		private long length(int end) {
			for (int i = 0; i + LENGTH.length < end; i++) {
				if (matches(i)) {
					long length = 0;
					for (int j = i + LENGTH.length; this.buffer[j] != '\r'; j++) {
						length = length * 10 + this.buffer[j] - '0';
					}
					return length;
				}
			}
			return 0;
		}

		private boolean matches(int at) {
			for (int i = 0; i < LENGTH.length; i++) {
				if (this.buffer[at + i] != LENGTH[i]) {
					return false;
				}
			}
			return true;
		}

	}

}
