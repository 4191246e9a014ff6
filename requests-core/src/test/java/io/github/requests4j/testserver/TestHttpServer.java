package io.github.requests4j.testserver;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

/**
 * A small HTTP/1.1 server over a {@link RawServer}: keeps connections alive, answers HEAD
 * without a body, and honours {@code Connection: close}.
 */
public final class TestHttpServer implements AutoCloseable {

	private final RawServer server;

	private TestHttpServer(RawServer server) {
		this.server = server;
	}

	/** Answers each request with the result of the function. */
	public static TestHttpServer start(Function<RawRequest, Reply> handler) throws IOException {
		return new TestHttpServer(RawServer.start((conversation) -> serve(conversation, handler)));
	}

	/** The same under TLS. */
	public static TestHttpServer start(SSLContext tls, Function<RawRequest, Reply> handler) throws IOException {
		return new TestHttpServer(RawServer.start(tls, (conversation) -> serve(conversation, handler)));
	}

	/** The same under TLS, asking for a certificate of the client. */
	public static TestHttpServer startWithClientCertificate(SSLContext tls, Function<RawRequest, Reply> handler)
			throws IOException {
		return new TestHttpServer(RawServer.start(tls, true, (conversation) -> serve(conversation, handler)));
	}

	/** Answers with the head and body of the request as text. */
	public static TestHttpServer echo() throws IOException {
		return start((request) -> Reply.ok(request.head() + "\r\n\r\n" + request.bodyText()));
	}

	/** Serves requests on a connection until it ends. */
	static void serve(RawConversation conversation, Function<RawRequest, Reply> handler) throws IOException {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			Reply reply = handler.apply(request);
			conversation.send(reply.bytes(!request.method().equals("HEAD")));
			boolean close = "close".equalsIgnoreCase(request.header("Connection"))
					|| reply.headerLines().stream().anyMatch("Connection: close"::equalsIgnoreCase);
			request = close ? null : conversation.readRequest();
		}
	}

	public int port() {
		return this.server.port();
	}

	public String authority() {
		return this.server.authority();
	}

	public String url(String path) {
		return this.server.url(path);
	}

	public String url(String host, String path) {
		return this.server.url(host, path);
	}

	public int connectionCount() {
		return this.server.connectionCount();
	}

	public int openConnections() {
		return this.server.openConnections();
	}

	public List<RawRequest> requests() {
		return this.server.requests();
	}

	public RawRequest lastRequest() {
		return this.server.lastRequest();
	}

	/** Closes the connections that are open now, and continues to accept new ones. */
	public void closeConnections() {
		this.server.closeConnections();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
