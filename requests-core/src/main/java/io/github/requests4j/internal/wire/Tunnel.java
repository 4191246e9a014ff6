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
 * Requests a tunnel from an HTTP proxy (RFC 9110, section 9.3.6). The request contains
 * only the headers for the proxy and nothing that is meant for the origin. For one
 * connection.
 */
public final class Tunnel {

	private static final int MAX_BODY_BYTES = 64 * 1024;

	private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);

	private final String call;

	private final byte[] request;

	/**
	 * Encodes the request, so that nothing is connected if it must not be sent.
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
			connection.limit(null, bodyLimit(limit));
			throw rejected(connection, head);
		}
		if (connection.hasUnreadBytes()) {
			throw WireException.malformedHead("the proxy sent data before the tunnel was used");
		}
	}

	/**
	 * Returns the limit for reading the body of a rejection, which is not worth a long
	 * wait.
	 */
	private static Deadline bodyLimit(@Nullable Deadline limit) {
		return (limit != null && limit.remainingNanos() < BODY_TIMEOUT.toNanos()) ? limit
				: Deadline.after(BODY_TIMEOUT);
	}

	private RequestException rejected(WireConnection connection, ReplyHead head) {
		Response response = Response.builder(head.status())
			.reason(head.reason())
			.headers(head.headers())
			.raw(new ByteArrayInputStream(body(connection, head)))
			.build();
		String advice = (head.status() == 407) ? "Add the user name and the password to the URL of the proxy."
				: "Check whether the proxy allows and reaches this host and port.";
		return new ProxyException(this.call + ": the proxy rejected the tunnel with status "
				+ (head.status() + " " + PrintableText.printable(head.reason())).strip() + ". " + advice)
			.attach(null, response);
	}

	/**
	 * Reads the body of a rejection. If reading fails, returns what was read before.
	 */
	private static byte[] body(WireConnection connection, ReplyHead head) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try {
			InputStream body = connection.content(ReplyFraming.of("GET", head).length());
			byte[] buffer = new byte[1024];
			int count = body.read(buffer);
			while (count >= 0 && content.size() < MAX_BODY_BYTES) {
				content.write(buffer, 0, count);
				count = body.read(buffer);
			}
			return content.toByteArray();
		}
		catch (IOException | RuntimeException ex) {
			return content.toByteArray();
		}
	}

}
