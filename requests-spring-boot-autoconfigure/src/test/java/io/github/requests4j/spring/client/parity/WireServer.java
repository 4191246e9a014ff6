package io.github.requests4j.spring.client.parity;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A server on a socket that keeps the exact bytes of each request and sends back the
 * bytes it was given. Each connection serves one request.
 */
final class WireServer implements AutoCloseable {

	private final ServerSocket listening;

	private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();

	private volatile byte[] response = new byte[0];

	WireServer() {
		try {
			this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		Thread acceptor = new Thread(this::accept, "wire-server");
		acceptor.setDaemon(true);
		acceptor.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.listening.getLocalPort();
	}

	/** Sets the bytes that answer the requests from now on. */
	void respond(byte[] response) {
		this.response = response;
	}

	/** Returns the last request and forgets all requests; null if there was none. */
	@Nullable Received take() {
		List<Received> all = new ArrayList<>();
		this.requests.drainTo(all);
		return all.isEmpty() ? null : all.get(all.size() - 1);
	}

	/** Waits for a request. */
	Received await() throws InterruptedException {
		Received request = this.requests.poll(20, TimeUnit.SECONDS);
		if (request == null) {
			throw new AssertionError("No request arrived");
		}
		return request;
	}

	private void accept() {
		while (!this.listening.isClosed()) {
			try (Socket socket = this.listening.accept()) {
				socket.setSoTimeout(20_000);
				socket.setTcpNoDelay(true);
				this.requests.add(Received.read(new BufferedInputStream(socket.getInputStream())));
				socket.getOutputStream().write(this.response);
				socket.getOutputStream().flush();
				socket.shutdownOutput();
			}
			catch (IOException ex) {
				// The next connection may be better
				continue;
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

	/**
	 * A request as it arrived.
	 *
	 * @param line the request line
	 * @param headers the values of the headers by their names in lower case
	 * @param body the body without its chunks, one character for each byte
	 */
	record Received(String line, Map<String, List<String>> headers, String body) {

		static Received read(InputStream in) throws IOException {
			String line = line(in);
			Map<String, List<String>> headers = new TreeMap<>();
			for (String header = line(in); !header.isEmpty(); header = line(in)) {
				int colon = header.indexOf(':');
				headers.computeIfAbsent(header.substring(0, colon).toLowerCase(), (name) -> new ArrayList<>())
					.add(header.substring(colon + 1).strip());
			}
			return new Received(line, headers, body(in, headers));
		}

		private static String body(InputStream in, Map<String, List<String>> headers) throws IOException {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			if (headers.containsKey("content-length")) {
				body.write(in.readNBytes(Integer.parseInt(headers.get("content-length").get(0))));
			}
			else if (headers.containsKey("transfer-encoding")) {
				for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
					body.write(in.readNBytes(size));
					line(in);
				}
				line(in);
			}
			return body.toString(StandardCharsets.ISO_8859_1);
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

	}

}
