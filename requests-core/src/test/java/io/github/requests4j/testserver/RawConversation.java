package io.github.requests4j.testserver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The server's side of one connection: what a {@link RawServer.Script} speaks with. For
 * one thread.
 */
public final class RawConversation {

	private final Socket socket;

	private final int index;

	private final InputStream in;

	private final OutputStream out;

	private final Consumer<RawRequest> recorder;

	RawConversation(Socket socket, int index, Consumer<RawRequest> recorder) throws IOException {
		this.socket = socket;
		this.index = index;
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
		this.recorder = recorder;
	}

	/** The number of this connection, counted from 0. */
	public int index() {
		return this.index;
	}

	public Socket socket() {
		return this.socket;
	}

	public InputStream in() {
		return this.in;
	}

	public OutputStream out() {
		return this.out;
	}

	/**
	 * Reads head and body of a request; {@code null} when the client has closed the
	 * connection.
	 */
	public @Nullable RawRequest readRequest() throws IOException {
		String head = readHead();
		if (head == null) {
			return null;
		}
		RawRequest request = readBody(head);
		this.recorder.accept(request);
		return request;
	}

	/**
	 * Reads up to the empty line; {@code null} when the client has closed the connection.
	 */
	public @Nullable String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
			int next = this.in.read();
			if (next < 0) {
				if (head.isEmpty()) {
					return null;
				}
				throw new EOFException("The client closed within the head: " + head);
			}
			head.append((char) next);
		}
		return head.substring(0, head.length() - 4);
	}

	/** Reads the body that a head announces. */
	public RawRequest readBody(String head) throws IOException {
		RawRequest bare = new RawRequest(head, new byte[0], new byte[0]);
		String length = bare.header("Content-Length");
		if ("chunked".equalsIgnoreCase(bare.header("Transfer-Encoding"))) {
			return readChunks(head);
		}
		if (length != null) {
			byte[] body = this.in.readNBytes(Integer.parseInt(length));
			return new RawRequest(head, body, body);
		}
		return bare;
	}

	private RawRequest readChunks(String head) throws IOException {
		ByteArrayOutputStream wire = new ByteArrayOutputStream();
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size;
		do {
			size = Integer.parseInt(readLine(wire), 16);
			byte[] chunk = this.in.readNBytes(size);
			wire.writeBytes(chunk);
			body.writeBytes(chunk);
			readLine(wire);
		}
		while (size > 0);
		return new RawRequest(head, body.toByteArray(), wire.toByteArray());
	}

	private String readLine(ByteArrayOutputStream wire) throws IOException {
		StringBuilder line = new StringBuilder();
		int next = this.in.read();
		while (next != '\n') {
			if (next < 0) {
				throw new EOFException("The client closed within a chunk");
			}
			wire.write(next);
			if (next != '\r') {
				line.append((char) next);
			}
			next = this.in.read();
		}
		wire.write(next);
		return line.toString();
	}

	/** Sends text as ISO-8859-1 and flushes. */
	public void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Sends bytes and flushes. */
	public void send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/** Sends a whole response with a Content-Length. */
	public void respond(int status, String body, String... headerLines) throws IOException {
		send(Reply.of(status, body, headerLines).bytes(true));
	}

	/** Waits until the client closes its side; what it still sends is ignored. */
	public void awaitClientClose() {
		try {
			byte[] buffer = new byte[8192];
			while (this.in.read(buffer) >= 0) {
				continue;
			}
		}
		catch (IOException ex) {
			// A reset is a close too.
			return;
		}
	}

	/** Closes with a RST instead of a FIN. */
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	public void close() throws IOException {
		this.socket.close();
	}

}
