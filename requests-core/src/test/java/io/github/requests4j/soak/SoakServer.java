package io.github.requests4j.soak;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /KIND/id} as {@link SoakCall} says, and counts. Keeps nothing of what it
 * has served, so that it can run for hours.
 */
final class SoakServer implements AutoCloseable {

	private static final int KINDS = SoakCall.values().length;

	private final Acceptor acceptor;

	/** Requests that were read. */
	private final AtomicLongArray seen;

	/** Responses that were sent completely, as far as the call requires it. */
	private final AtomicLongArray answered;

	private SoakServer(@Nullable SSLContext tls, AtomicLongArray seen, AtomicLongArray answered) throws IOException {
		this.seen = seen;
		this.answered = answered;
		this.acceptor = Acceptor.start(tls, this::serve);
	}

	static SoakServer start() throws IOException {
		return new SoakServer(null, new AtomicLongArray(KINDS), new AtomicLongArray(KINDS));
	}

	/** A second port with TLS, which counts together with the first. */
	SoakServer withTls(SSLContext tls) throws IOException {
		return new SoakServer(tls, this.seen, this.answered);
	}

	String authority() {
		return "127.0.0.1:" + this.acceptor.port();
	}

	int openConnections() {
		return this.acceptor.openConnections();
	}

	long seen(SoakCall call) {
		return this.seen.get(call.ordinal());
	}

	long answered(SoakCall call) {
		return this.answered.get(call.ordinal());
	}

	private void serve(Socket socket) throws IOException {
		InputStream in = new BufferedInputStream(socket.getInputStream());
		OutputStream out = socket.getOutputStream();
		boolean alive = true;
		while (alive) {
			String head = readHead(in);
			alive = head != null && serve(head, socket, in, out);
		}
	}

	private static @Nullable String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder(256);
		int matched = 0;
		while (matched < 4) {
			int next = in.read();
			if (next < 0) {
				if (head.isEmpty()) {
					return null;
				}
				throw new EOFException();
			}
			matched = (next == ((matched % 2 == 0) ? '\r' : '\n')) ? matched + 1 : (next == '\r') ? 1 : 0;
			head.append((char) next);
		}
		return head.toString();
	}

	private static byte[] readBody(String head, InputStream in) throws IOException {
		int start = head.indexOf("Content-Length: ");
		if (start < 0) {
			return new byte[0];
		}
		int length = Integer.parseInt(head.substring(start + 16, head.indexOf('\r', start)));
		byte[] body = in.readNBytes(length);
		if (body.length < length) {
			throw new EOFException();
		}
		return body;
	}

	/** Whether the connection stays open. */
	private boolean serve(String head, Socket socket, InputStream in, OutputStream out) throws IOException {
		String[] path = head.substring(head.indexOf('/') + 1, head.indexOf(" HTTP/")).split("/");
		SoakCall call = SoakCall.valueOf(path[0]);
		byte[] body = readBody(head, in);
		this.seen.incrementAndGet(call.ordinal());
		String id = path[1];
		String length = "HTTP/1.1 200 OK\r\nSet-Cookie: c" + id.charAt(id.length() - 1)
				+ "=1; Path=/\r\nContent-Length: ";
		String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		switch (call) {
			case GET -> answer(call, out, length + id.length() + "\r\n\r\n" + id);
			case POST -> {
				send(out, length + body.length + "\r\n\r\n");
				out.write(body);
				answer(call, out, "");
			}
			case HEAD -> answer(call, out, length + "99\r\nX-Id: " + id + "\r\n\r\n");
			case CHUNKS -> answer(call, out, chunked + "1000\r\n" + "x".repeat(0x1000) + "\r\n"
					+ Integer.toHexString(id.length()) + ";a=b\r\n" + id + "\r\n0\r\nX-Trailer: y\r\n\r\n");
			case LEFT -> {
				answer(call, out, length + (id.length() + 200_000) + "\r\n\r\n" + id);
				send(out, "x".repeat(200_000));
			}
			case SURPLUS -> answer(call, out, length + id.length() + "\r\n\r\n" + id + "HTTP/1.1 200 Poison\r\n\r\n");
			case GONE -> {
				answer(call, out, length + id.length() + "\r\n\r\n" + id);
				return false;
			}
			case CLOSED -> {
				return false;
			}
			case RESET -> {
				socket.setSoLinger(true, 0);
				return false;
			}
			case CUT_HEAD -> {
				send(out, length.substring(0, 30));
				return false;
			}
			case CUT_BODY -> {
				send(out, length + "1000\r\n\r\n" + id);
				return false;
			}
			case CUT_CHUNK -> {
				send(out, chunked + "3e8\r\n" + id);
				return false;
			}
			case STALLED, STALLED_BODY -> {
				send(out, (call == SoakCall.STALLED) ? "" : length + "1000\r\n\r\n" + id);
				return in.read() >= 0;
			}
			case JUNK -> send(out, "HTTP/9.9 what?\r\n\r\n");
			default -> throw new IllegalStateException();
		}
		return true;
	}

	private void answer(SoakCall call, OutputStream out, String text) throws IOException {
		// Counted before, so that the client cannot be faster than the count.
		this.answered.incrementAndGet(call.ordinal());
		send(out, text);
	}

	private static void send(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	@Override
	public void close() throws IOException {
		this.acceptor.close();
	}

}
