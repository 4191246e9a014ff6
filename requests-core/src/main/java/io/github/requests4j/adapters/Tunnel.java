package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.Response;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6). Only the proxy's own headers
 * go on the request: nothing of what is meant for the origin (behaviour 184).
 */
final class Tunnel {

	private static final int MOST_BODY = 64 * 1024;

	private Tunnel() {
	}

	static void open(WireConnection connection, PoolKey key, Map<String, String> headers) throws IOException {
		String host = (key.host().indexOf(':') >= 0) ? "[" + key.host() + "]" : key.host();
		connection.sendHead(RequestHead.encodeConnect(host + ":" + key.port(), headers));
		connection.flush();
		ReplyHead head = connection.receiveFinalHead();
		if (head.status() / 100 != 2) {
			throw refused(connection, key, head);
		}
		if (connection.hasUnreadBytes()) {
			throw new MalformedHeadException("the proxy sent something before the tunnel was used");
		}
	}

	private static ProxyException refused(WireConnection connection, PoolKey key, ReplyHead head) {
		Response response = Response.builder(head.status())
			.reason(head.reason())
			.headers(head.headers())
			.raw(new ByteArrayInputStream(body(connection, head)))
			.build();
		return new ProxyException(key.describe() + ": Tunnel connection failed: " + head.status() + " " + head.reason()
				+ ((head.status() == 407) ? ". The proxy wants credentials: put user and password into its URL." : ""),
				null, null, response);
	}

	/** What the proxy has to say is worth something, but not an error of its own. */
	private static byte[] body(WireConnection connection, ReplyHead head) {
		try {
			InputStream body = connection.content(ReplyFraming.of("GET", head).length());
			return body.readNBytes(MOST_BODY);
		}
		catch (IOException | RuntimeException ex) {
			return new byte[0];
		}
	}

}
