package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import tools.jackson.databind.json.JsonMapper;

/**
 * One socket for each thread, a request made beforehand, and just enough reading to find
 * the end of the response. No client can be cheaper.
 */
final class FloorClient implements Client {

	private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

	private final JsonMapper json = JsonMapper.builder().build();

	private final Setup setup;

	private final ThreadLocal<Connection> connection = ThreadLocal.withInitial(this::connect);

	FloorClient(Setup setup) {
		this.setup = setup;
	}

	private Connection connect() {
		try {
			URI uri = URI.create(this.setup.base());
			Socket socket = uri.getScheme().equals("https")
					? this.setup.tls().getSocketFactory().createSocket(uri.getHost(), uri.getPort())
					: new Socket(uri.getHost(), uri.getPort());
			socket.setTcpNoDelay(true);
			return new Connection(socket.getInputStream(), socket.getOutputStream(), new byte[128 * 1024]);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The server of the benchmark cannot be reached", ex);
		}
	}

	@Override
	public int get(String url) throws IOException {
		return (int) exchange(head("GET", url, ""), new byte[0]);
	}

	@Override
	public long download(String url) throws IOException {
		return exchange(head("GET", url, ""), new byte[0]);
	}

	@Override
	public Order post(String url, Order order) throws IOException {
		byte[] body = this.json.writeValueAsBytes(order);
		String fields = "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
		int length = (int) exchange(head("POST", url, fields), body);
		Connection current = this.connection.get();
		return this.json.readValue(current.buffer, current.start, length, Order.class);
	}

	private static byte[] head(String method, String url, String fields) {
		String path = url.substring(url.indexOf('/', 8));
		return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	private long exchange(byte[] head, byte[] body) throws IOException {
		Connection current = this.connection.get();
		byte[] message = head;
		if (body.length > 0) {
			message = new byte[head.length + body.length];
			System.arraycopy(head, 0, message, 0, head.length);
			System.arraycopy(body, 0, message, head.length, body.length);
		}
		current.out.write(message);
		return current.readResponse();
	}

	@Override
	public void close() {
		this.connection.remove();
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

		/** Leaves the body at {@link #start} when it fits; gives its length. */
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
				throw new IOException("The server of the benchmark has gone");
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
