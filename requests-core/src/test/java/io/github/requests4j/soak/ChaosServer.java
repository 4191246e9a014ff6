package io.github.requests4j.soak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * A server that gives each request back its token, {@code GET /TOKEN/SIZE}, in one of the
 * ways of {@link ChaosFault}. It is a proxy, too: requests that name a host are answered
 * by itself, and a tunnel ends here under TLS. A response that belongs to no request has
 * a token of its own; after one the connection answers nothing more.
 */
final class ChaosServer implements AutoCloseable {

	static final String SURPLUS_TOKEN = "surplus";

	/** The token of a surplus response that arrives together with its predecessor. */
	static final String AT_ONCE_TOKEN = "at-once";

	/** So much arrives in one piece where no bad network is between. */
	private static final int ONE_PIECE = 1000;

	/** How long a late answer takes; longer than the callers wait. */
	static final long LATE_MILLIS = 1500;

	private final Acceptor acceptor;

	private final SSLContext tls;

	private final AtomicLong seen = new AtomicLong();

	private ChaosServer(@Nullable SSLContext listening, SSLContext tls) throws IOException {
		this.tls = tls;
		this.acceptor = Acceptor.start(listening, (socket) -> new Conversation(socket).run());
	}

	/** A plain server, and proxy whose tunnels end under TLS. */
	static ChaosServer start(SSLContext tls) throws IOException {
		return new ChaosServer(null, tls);
	}

	static ChaosServer startTls(SSLContext tls) throws IOException {
		return new ChaosServer(tls, tls);
	}

	int port() {
		return this.acceptor.port();
	}

	/** How many requests were read. */
	long seen() {
		return this.seen.get();
	}

	@Override
	public void close() throws IOException {
		this.acceptor.close();
	}

	/** One connection, or what is within a tunnel. */
	private final class Conversation {

		private final Socket socket;

		private final InputStream in;

		private final OutputStream out;

		private final ThreadLocalRandom random = ThreadLocalRandom.current();

		private boolean poisoned;

		Conversation(Socket socket) throws IOException {
			this.socket = socket;
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = socket.getOutputStream();
		}

		void run() throws IOException {
			boolean alive = true;
			while (alive) {
				String head = readHead();
				alive = head != null && !this.poisoned && serve(head);
			}
		}

		private boolean serve(String head) throws IOException {
			ChaosServer.this.seen.incrementAndGet();
			String[] words = head.substring(0, head.indexOf('\r')).split(" ");
			if (words[0].equals("CONNECT")) {
				return tunnel();
			}
			String[] path = words[1].replaceFirst("^http://[^/]*", "").split("/");
			String token = path[1];
			ChaosFault fault = ChaosFault.any(this.random);
			byte[] filler = "x".repeat(Integer.parseInt(path[2])).getBytes(StandardCharsets.US_ASCII);
			byte[] echo = (fault.isEarly() || !words[0].equals("POST")) ? filler : readBody(head);
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			body.writeBytes((token + "|").getBytes(StandardCharsets.US_ASCII));
			body.writeBytes(echo);
			boolean alive = answer(fault, words[0], words[1], token, body.toByteArray());
			if (fault == ChaosFault.EARLY && words[0].equals("POST")) {
				readBody(head);
			}
			return alive;
		}

		/** What follows on this connection is TLS, unless the proxy fails. */
		private boolean tunnel() throws IOException {
			switch (this.random.nextInt(20)) {
				case 0 -> send("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad");
				case 1 -> sendGarbage();
				case 2 -> this.socket.setSoLinger(true, 0);
				case 3 -> send("HTTP/1.1 200 OK\r\n");
				default -> {
					send("HTTP/1.1 200 OK\r\n\r\n");
					SSLSocket secure = (SSLSocket) ChaosServer.this.tls.getSocketFactory()
						.createSocket(this.socket, null, this.socket.getPort(), true);
					secure.setUseClientMode(false);
					new Conversation(secure).run();
				}
			}
			return false;
		}

		/** Returns whether the connection stays open. */
		private boolean answer(ChaosFault fault, String method, String target, String token, byte[] body)
				throws IOException {
			byte[] good = fixed(method, token, body, "");
			switch (fault) {
				case GOOD, EARLY -> send(good);
				case CHUNKED -> send(chunked(method, token, body));
				case GZIP -> send(fixed(method, token, gzip(body), "Content-Encoding: gzip\r\n"));
				case INTERIM -> {
					send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(1 + this.random.nextInt(5)));
					send(good);
				}
				case REDIRECT -> send("HTTP/1.1 307 Again\r\nContent-Length: 0\r\nLocation: " + target + "\r\n\r\n");
				case DRIBBLE -> dribble(good);
				case DELAY -> {
					pause(1 + this.random.nextInt(20));
					send(good);
				}
				case LATE -> {
					pause(LATE_MILLIS);
					send(good);
				}
				case SURPLUS -> sendSurplus(good);
				case LATE_SURPLUS -> sendLateSurplus(good, this.random.nextInt(5));
				default -> {
					breakOff(fault, method, token, body);
					return false;
				}
			}
			return true;
		}

		private void breakOff(ChaosFault fault, String method, String token, byte[] body) throws IOException {
			switch (fault) {
				case EARLY_CLOSE -> send(fixed(method, token, body, "Connection: close\r\n"));
				case UNTIL_CLOSE -> {
					send("HTTP/1.1 200 OK\r\nX-Framing: close\r\nX-Token: " + token + "\r\n\r\n");
					send(method.equals("HEAD") ? new byte[0] : body);
				}
				case CUT -> sendSome(fixed(method, token, body, ""));
				case CUT_CHUNKS -> sendSome(chunked(method, token, body));
				case GARBAGE -> sendGarbage();
				case BAD_HEAD -> send("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\nNo colon\r\n\r\n" + token);
				case BAD_CHUNK -> send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Token: " + token + "\r\n\r\n"
						+ Integer.toHexString(token.length()) + "\r\n" + token
						+ (this.random.nextBoolean() ? "\r\nzz\r\n" : "too long\r\n"));
				case RESET -> this.socket.setSoLinger(true, 0);
				default -> {
					// Closed without an answer.
				}
			}
			if (this.random.nextInt(4) == 0) {
				this.socket.setSoLinger(true, 0);
			}
		}

		private void sendSurplus(byte[] good) throws IOException {
			if (good.length > ONE_PIECE) {
				sendLateSurplus(good, 0);
				return;
			}
			this.poisoned = true;
			ByteArrayOutputStream both = new ByteArrayOutputStream();
			both.writeBytes(good);
			both.writeBytes(surplus(AT_ONCE_TOKEN));
			send(both.toByteArray());
		}

		private void sendLateSurplus(byte[] good, long pause) throws IOException {
			// What the client does not notice in time answers its next request, see
			// docs/security.md. That must not make it wrong for all that follow.
			this.poisoned = true;
			send(good);
			pause(pause);
			send(surplus(SURPLUS_TOKEN));
		}

		private void sendSome(byte[] bytes) throws IOException {
			send(Arrays.copyOf(bytes, this.random.nextInt(bytes.length)));
		}

		private void sendGarbage() throws IOException {
			byte[] bytes = new byte[this.random.nextInt(2000)];
			this.random.nextBytes(bytes);
			send(bytes);
		}

		private void dribble(byte[] bytes) throws IOException {
			int slow = Math.min(bytes.length, 40);
			for (int i = 0; i < slow; i += 4) {
				send(Arrays.copyOfRange(bytes, i, Math.min(slow, i + 4)));
				pause(1);
			}
			send(Arrays.copyOfRange(bytes, slow, bytes.length));
		}

		private void send(String text) throws IOException {
			send(text.getBytes(StandardCharsets.ISO_8859_1));
		}

		private void send(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		private @Nullable String readHead() throws IOException {
			StringBuilder head = new StringBuilder(256);
			while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
				int next = this.in.read();
				if (next < 0) {
					return null;
				}
				head.append((char) next);
				if (head.length() > 16_384) {
					throw new IOException("The head is too long");
				}
			}
			return head.toString();
		}

		private byte[] readBody(String head) throws IOException {
			String lower = head.toLowerCase(Locale.ROOT);
			int start = lower.indexOf("content-length: ");
			if (start >= 0) {
				return readExactly(Integer.parseInt(lower.substring(start + 16, lower.indexOf('\r', start))));
			}
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			if (lower.contains("transfer-encoding: chunked")) {
				int size = readSize();
				while (size > 0) {
					body.writeBytes(readExactly(size));
					readExactly(2);
					size = readSize();
				}
				readExactly(2);
			}
			return body.toByteArray();
		}

		private int readSize() throws IOException {
			StringBuilder line = new StringBuilder();
			while (line.indexOf("\r\n") < 0) {
				line.append((char) readExactly(1)[0]);
			}
			return Integer.parseInt(line.substring(0, line.length() - 2), 16);
		}

		private byte[] readExactly(int length) throws IOException {
			byte[] bytes = this.in.readNBytes(length);
			if (bytes.length < length) {
				throw new EOFException();
			}
			return bytes;
		}

	}

	private static byte[] surplus(String token) {
		return fixed("GET", token, (token + "|").getBytes(StandardCharsets.US_ASCII), "");
	}

	private static byte[] fixed(String method, String token, byte[] body, String headers) {
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		response.writeBytes(("HTTP/1.1 200 OK\r\nX-Token: " + token + "\r\n" + headers + "Content-Length: "
				+ body.length + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		response.writeBytes(method.equals("HEAD") ? new byte[0] : body);
		return response.toByteArray();
	}

	private static byte[] chunked(String method, String token, byte[] body) {
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		response.writeBytes(("HTTP/1.1 200 OK\r\nX-Token: " + token + "\r\nTransfer-Encoding: chunked\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		if (!method.equals("HEAD")) {
			for (int i = 0; i < body.length; i += 1000) {
				byte[] chunk = Arrays.copyOfRange(body, i, Math.min(body.length, i + 1000));
				response
					.writeBytes((Integer.toHexString(chunk.length) + ";a=b\r\n").getBytes(StandardCharsets.US_ASCII));
				response.writeBytes(chunk);
				response.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			response.writeBytes("0\r\nX-Trailer: y\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		return response.toByteArray();
	}

	private static byte[] gzip(byte[] body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(body);
		}
		return bytes.toByteArray();
	}

	private static void pause(long millis) throws IOException {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
