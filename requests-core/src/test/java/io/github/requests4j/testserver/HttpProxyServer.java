package io.github.requests4j.testserver;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: forwards absolute-form requests one by one, and opens tunnels for
 * CONNECT. Every name leads to the loopback address. Its recorded requests are those that
 * reached the proxy itself, not what goes through a tunnel.
 */
public final class HttpProxyServer implements AutoCloseable {

	private final RawServer server;

	private HttpProxyServer(RawServer server) {
		this.server = server;
	}

	/** A proxy without authentication. */
	public static HttpProxyServer start() throws IOException {
		return new HttpProxyServer(RawServer.start((conversation) -> serve(conversation, null)));
	}

	/** A proxy that requires these credentials. */
	public static HttpProxyServer start(String user, String password) throws IOException {
		String expected = basic(user, password);
		return new HttpProxyServer(RawServer.start((conversation) -> serve(conversation, expected)));
	}

	/** A proxy without authentication that is itself reached over TLS. */
	public static HttpProxyServer start(SSLContext tls) throws IOException {
		return new HttpProxyServer(RawServer.start(tls, (conversation) -> serve(conversation, null)));
	}

	/** A proxy that requires these credentials and is itself reached over TLS. */
	public static HttpProxyServer start(SSLContext tls, String user, String password) throws IOException {
		String expected = basic(user, password);
		return new HttpProxyServer(RawServer.start(tls, (conversation) -> serve(conversation, expected)));
	}

	/** A proxy that sends the same raw response to every request. */
	public static HttpProxyServer answering(String response) throws IOException {
		return new HttpProxyServer(RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				conversation.send(response);
			}
		}));
	}

	private static String basic(String user, String password) {
		byte[] pair = (user + ":" + password).getBytes(StandardCharsets.ISO_8859_1);
		return "Basic " + Base64.getEncoder().encodeToString(pair);
	}

	private static void serve(RawConversation client, @Nullable String expected) throws IOException {
		RawRequest request = client.readRequest();
		while (request != null) {
			if (expected != null && !expected.equals(request.header("Proxy-Authorization"))) {
				client.respond(407, "who are you?", "Proxy-Authenticate: Basic realm=\"proxy\"");
			}
			else if (request.method().equals("CONNECT")) {
				tunnel(client, request);
				return;
			}
			else {
				forward(client, request);
			}
			request = client.readRequest();
		}
	}

	private static void tunnel(RawConversation client, RawRequest request) throws IOException {
		int port = Integer.parseInt(request.target().substring(request.target().lastIndexOf(':') + 1));
		Relay.run(client, port, "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	private static void forward(RawConversation client, RawRequest request) throws IOException {
		URI uri = URI.create(request.target());
		String target = uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
		try (Socket socket = new Socket("127.0.0.1", (uri.getPort() < 0) ? 80 : uri.getPort())) {
			StringBuilder head = new StringBuilder(request.method() + " " + target + " HTTP/1.1\r\n");
			for (String line : request.headerLines()) {
				if (!line.regionMatches(true, 0, "Proxy-", 0, 6)
						&& !line.regionMatches(true, 0, "Connection:", 0, 11)) {
					head.append(line).append("\r\n");
				}
			}
			head.append("Connection: close\r\n\r\n");
			socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().write(request.wireBody());
			client.send(socket.getInputStream().readAllBytes());
		}
	}

	public int port() {
		return this.server.port();
	}

	/** {@code http://} or {@code https://}, host and port. */
	public String url() {
		return this.server.url("");
	}

	/** The URL with credentials. */
	public String url(String user, String password) {
		return url().replace("://", "://" + user + ":" + password + "@");
	}

	public int connectionCount() {
		return this.server.connectionCount();
	}

	/** The targets of the requests, each behind its method. */
	public List<String> asked() {
		return requests().stream().map((request) -> request.method() + " " + request.target()).toList();
	}

	public List<RawRequest> requests() {
		return this.server.requests();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
