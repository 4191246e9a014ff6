package io.github.requests4j.testserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * All origins in one: a port that accepts http and https, for any host, and is a proxy
 * for both besides. Asks for a client certificate, and does without. Tells what arrived
 * at which origin.
 */
public final class OriginServer implements AutoCloseable {

	private static final int TLS_HANDSHAKE = 0x16;

	private final SSLContext tls;

	private final RawServer server;

	private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

	private final List<RawRequest> tunnels = new CopyOnWriteArrayList<>();

	private volatile Function<Arrival, Reply> handler = (arrival) -> Reply.ok("");

	private OriginServer(SSLContext tls) throws IOException {
		this.tls = tls;
		this.server = RawServer.start(this::serve);
	}

	/** Starts on a free port. */
	public static OriginServer start(SSLContext tls) throws IOException {
		return new OriginServer(tls);
	}

	/** Forgets what arrived, and answers with these replies from now on. */
	public void answer(Function<Arrival, Reply> replies) {
		this.arrivals.clear();
		this.tunnels.clear();
		this.handler = replies;
	}

	private void serve(RawConversation raw) throws IOException {
		raw.in().mark(1);
		int first = raw.in().read();
		raw.in().reset();
		if (first == TLS_HANDSHAKE) {
			serveTls(raw, "");
			return;
		}
		RawRequest request = raw.readRequest();
		while (request != null) {
			if (request.method().equals("CONNECT")) {
				this.tunnels.add(request);
				raw.send("HTTP/1.1 200 Connection established\r\n\r\n");
				serveTls(raw, request.target());
				return;
			}
			boolean proxied = request.target().contains("://");
			String url = proxied ? request.target() : "http://" + request.header("Host") + request.target();
			reply(raw, new Arrival(url, request, proxied, false));
			request = raw.readRequest();
		}
	}

	private void serveTls(RawConversation raw, String tunnel) throws IOException {
		InputStream read = new ByteArrayInputStream(raw.in().readNBytes(raw.in().available()));
		Socket layered = this.tls.getSocketFactory().createSocket(raw.socket(), read, true);
		try (SSLSocket socket = (SSLSocket) layered) {
			socket.setWantClientAuth(true);
			RawConversation secure = new RawConversation(socket, raw.index(), (request) -> {
			});
			RawRequest request = secure.readRequest();
			while (request != null) {
				String url = "https://" + request.header("Host") + request.target();
				reply(secure, new Arrival(url, request, !tunnel.isEmpty(), hasCertificate(socket)));
				request = secure.readRequest();
			}
		}
	}

	private static boolean hasCertificate(SSLSocket socket) {
		try {
			return socket.getSession().getPeerCertificates().length > 0;
		}
		catch (SSLPeerUnverifiedException ex) {
			return false;
		}
	}

	private void reply(RawConversation conversation, Arrival arrival) throws IOException {
		this.arrivals.add(arrival);
		conversation.send(this.handler.apply(arrival).bytes(true));
	}

	public int port() {
		return this.server.port();
	}

	/** What arrived at origins, through a tunnel or not. */
	public List<Arrival> arrivals() {
		return new ArrayList<>(this.arrivals);
	}

	/** The CONNECT requests. */
	public List<RawRequest> tunnels() {
		return new ArrayList<>(this.tunnels);
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * A request at its origin.
	 *
	 * @param url the URL by scheme, Host header and target
	 * @param request the request
	 * @param proxied whether it came to this server as a proxy
	 * @param certificate whether the client showed a certificate
	 */
	public record Arrival(String url, RawRequest request, boolean proxied, boolean certificate) {

		public boolean isSecure() {
			return this.url.startsWith("https:");
		}

	}

}
