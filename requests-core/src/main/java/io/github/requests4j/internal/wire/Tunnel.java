package io.github.requests4j.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.text.PrintableText;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6). Only the proxy's own headers
 * go on the request: nothing of what is meant for the origin. For one connection.
 */
public final class Tunnel {

	private static final int MOST_BODY = 64 * 1024;

	private static final Duration MOST_TIME = Duration.ofSeconds(1);

	private final String call;

	private final byte[] request;

	/**
	 * Prepares the request, so that nothing is connected for one that must not be sent.
	 * @param call the beginning of messages: method and URL of the request
	 */
	public Tunnel(String host, int port, String call, Map<String, String> headers) {
		this.call = call;
		this.request = RequestHead.encodeConnect(IpAddress.withBrackets(host) + ":" + port, headers);
	}

	/**
	 * Opens the tunnel over a connection to the proxy.
	 */
	public void open(WireConnection connection, @Nullable Deadline limit) throws IOException {
		connection.writer().writeAndFlush(this.request);
		ReplyHead head = connection.receiveFinalHead();
		if (head.status() / 100 != 2) {
			connection.limit(null, soon(limit));
			throw refused(connection, head);
		}
		if (connection.hasUnreadBytes()) {
			throw WireException.malformedHead("the proxy sent data before the tunnel was used");
		}
	}

	/** The explanation of a refusal is not worth waiting for. */
	private static Deadline soon(@Nullable Deadline limit) {
		return (limit != null && limit.remainingNanos() < MOST_TIME.toNanos()) ? limit : Deadline.after(MOST_TIME);
	}

	private RequestException refused(WireConnection connection, ReplyHead head) {
		Response response = Response.builder(head.status())
			.reason(head.reason())
			.headers(head.headers())
			.raw(new ByteArrayInputStream(body(connection, head)))
			.build();
		String advice = (head.status() == 407) ? "Add the user name and the password to the URL of the proxy."
				: "Check whether the proxy allows and reaches this host and port.";
		return new ProxyException(this.call + ": the proxy refused the tunnel with status "
				+ (head.status() + " " + PrintableText.printable(head.reason())).strip() + ". " + advice)
			.attach(null, response);
	}

	/**
	 * What the proxy has to say is worth something, but not an error of its own: when it
	 * breaks off, what came before counts.
	 */
	private static byte[] body(WireConnection connection, ReplyHead head) {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		try {
			InputStream body = connection.content(ReplyFraming.of("GET", head).length());
			byte[] buffer = new byte[1024];
			int count = body.read(buffer);
			while (count >= 0 && said.size() < MOST_BODY) {
				said.write(buffer, 0, count);
				count = body.read(buffer);
			}
			return said.toByteArray();
		}
		catch (IOException | RuntimeException ex) {
			return said.toByteArray();
		}
	}

}
