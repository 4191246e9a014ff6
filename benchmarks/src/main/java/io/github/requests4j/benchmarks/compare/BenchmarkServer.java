package io.github.requests4j.benchmarks.compare;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The server that all clients call. It is cheap but simple, with a thread for each
 * connection and precomputed responses. It ends with its standard input, so that it never
 * outlives its parent process.
 */
final class BenchmarkServer {

	private static final byte[] JSON = ("{\"id\":1,\"name\":\"" + "x".repeat(183) + "\"}")
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ITEM = response("Content-Type: application/json\r\n", JSON);

	private static final byte[] CACHEABLE = response(
			"Content-Type: application/json\r\nCache-Control: max-age=86400\r\n", JSON);

	private static final byte[] HEADERS = response(manyHeaders(), new byte[200]);

	private static final byte[] GZIP = response(manyHeaders() + "Content-Encoding: gzip\r\n", gzip(JSON));

	private static final byte[] DONE = response("", new byte[0]);

	private static final byte[] CHUNK = new byte[64 * 1024];

	private static final int CHUNKS = 1024;

	private static volatile int delay;

	private BenchmarkServer() {
	}

	/**
	 * Prints the ports for http and https. Each line of the input then sets the delay of
	 * {@code /item} in milliseconds.
	 * @param args where to write the certificate
	 */
	public static void main(String[] args) throws IOException {
		// Helidon verifies the host name of the address
		HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1")
			.addSubjectAlternativeName("localhost")
			.build();
		Files.writeString(Path.of(args[0]), certificate.certificatePem());
		ServerSocket plain = new ServerSocket(0, 300, InetAddress.getByName("127.0.0.1"));
		ServerSocket secure = new HandshakeCertificates.Builder().heldCertificate(certificate)
			.build()
			.sslContext()
			.getServerSocketFactory()
			.createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		daemon(() -> accept(plain));
		for (int host = 2; host <= 100; host++) {
			InetAddress address = InetAddress.getByName("127.0.0." + host);
			ServerSocket other = new ServerSocket(plain.getLocalPort(), 10, address);
			daemon(() -> accept(other));
		}
		daemon(() -> accept(secure));
		Output.line(plain.getLocalPort() + " " + secure.getLocalPort());
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			delay = Integer.parseInt(line);
			Output.line(line);
		}
		System.exit(0);
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "benchmark-server");
		thread.setDaemon(true);
		thread.start();
	}

	private static void accept(ServerSocket listener) {
		while (true) {
			try {
				Socket socket = listener.accept();
				socket.setTcpNoDelay(true);
				daemon(() -> serve(socket));
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The benchmark server cannot accept connections", ex);
			}
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
			OutputStream out = socket.getOutputStream();
			Head head = Head.read(in);
			while (head != null) {
				answer(head, in, out);
				head = Head.read(in);
			}
		}
		catch (IOException ex) {
			// The client has closed its connection, which is allowed
			return;
		}
	}

	private static void answer(Head head, InputStream in, OutputStream out) throws IOException {
		switch (head.path()) {
			case "/item" -> {
				pause();
				out.write(ITEM);
			}
			case "/cacheable" -> out.write(CACHEABLE);
			case "/headers" -> out.write(HEADERS);
			case "/gzip" -> out.write(GZIP);
			case "/echo" -> out.write(response("Content-Type: application/json\r\n", head.body(in)));
			case "/redirect/3" -> out.write(redirect(3, "/redirect/2"));
			case "/redirect/2" -> out.write(redirect(2, "/redirect/1"));
			case "/redirect/1" -> out.write(redirect(1, "/item"));
			case "/upload" -> {
				head.skipBody(in);
				out.write(DONE);
			}
			default -> sendBig(out);
		}
	}

	private static void pause() {
		if (delay > 0) {
			LockSupport.parkNanos(delay * 1_000_000L);
		}
	}

	private static void sendBig(OutputStream out) throws IOException {
		out.write(("HTTP/1.1 200 OK\r\ncontent-length: " + (long) CHUNK.length * CHUNKS + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		for (int i = 0; i < CHUNKS; i++) {
			out.write(CHUNK);
		}
	}

	private static byte[] redirect(int step, String location) {
		return message("302 Found", "Location: " + location + "\r\nSet-Cookie: c" + step + "=v; Path=/\r\n",
				new byte[0]);
	}

	private static byte[] gzip(byte[] content) {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(packed)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return packed.toByteArray();
	}

	private static String manyHeaders() {
		StringBuilder headers = new StringBuilder("Content-Type: application/octet-stream\r\n");
		for (int i = 0; i < 28; i++) {
			headers.append("X-Header-").append(i).append(": value number ").append(i).append("\r\n");
		}
		return headers.toString();
	}

	private static byte[] response(String fields, byte[] body) {
		return message("200 OK", fields, body);
	}

	private static byte[] message(String status, String fields, byte[] body) {
		byte[] head = ("HTTP/1.1 " + status + "\r\n" + fields + "content-length: " + body.length + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		byte[] whole = new byte[head.length + body.length];
		System.arraycopy(head, 0, whole, 0, head.length);
		System.arraycopy(body, 0, whole, head.length, body.length);
		return whole;
	}

	/**
	 * The parts of a request that the server needs.
	 */
	private record Head(String path, int length, boolean chunked) {

		/** {@code null} at the end of the connection. */
		static @Nullable Head read(InputStream in) throws IOException {
			String line = line(in);
			if (line.isEmpty()) {
				return null;
			}
			int from = line.indexOf(' ') + 1;
			String path = line.substring(from, line.indexOf(' ', from));
			int length = 0;
			boolean chunked = false;
			for (line = line(in); !line.isEmpty(); line = line(in)) {
				if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
					length = Integer.parseInt(line.substring(15).strip());
				}
				chunked |= line.equalsIgnoreCase("Transfer-Encoding: chunked");
			}
			return new Head(path, length, chunked);
		}

		void skipBody(InputStream in) throws IOException {
			byte[] piece = new byte[64 * 1024];
			for (long left = this.length; left > 0;) {
				int count = in.read(piece, 0, (int) Math.min(left, piece.length));
				if (count < 0) {
					throw new IOException("The upload was incomplete");
				}
				left -= count;
			}
		}

		byte[] body(InputStream in) throws IOException {
			if (!this.chunked) {
				return in.readNBytes(this.length);
			}
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
				body.write(in.readNBytes(size));
				line(in);
			}
			line(in);
			return body.toByteArray();
		}

		private static int chunkSize(InputStream in) throws IOException {
			return Integer.parseInt(line(in), 16);
		}

		private static String line(InputStream in) throws IOException {
			StringBuilder line = new StringBuilder(64);
			for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
				if (c != '\r') {
					line.append((char) c);
				}
			}
			return line.toString();
		}

	}

}
