package io.github.requests4j.testserver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A response of a {@link TestHttpServer}.
 *
 * @param status the status code
 * @param headerLines the header lines, without Content-Length
 * @param body the body
 */
public record Reply(int status, List<String> headerLines, byte[] body) {

	public static Reply of(int status, String body, String... headerLines) {
		return new Reply(status, List.of(headerLines), body.getBytes(StandardCharsets.UTF_8));
	}

	public static Reply ok(String body) {
		return of(200, body, "Content-Type: text/plain; charset=utf-8");
	}

	public static Reply json(String body) {
		return of(200, body, "Content-Type: application/json");
	}

	public static Reply redirect(int status, String location) {
		return of(status, "", "Location: " + location);
	}

	/**
	 * The bytes on the wire; Content-Length is added unless the lines frame the body
	 * themselves.
	 */
	byte[] bytes(boolean withBody) {
		StringBuilder head = new StringBuilder("HTTP/1.1 ").append(this.status).append(' ').append(reason());
		head.append("\r\n");
		boolean framed = false;
		for (String line : this.headerLines) {
			head.append(line).append("\r\n");
			framed |= line.regionMatches(true, 0, "Content-Length:", 0, 15)
					|| line.regionMatches(true, 0, "Transfer-Encoding:", 0, 18);
		}
		if (!framed && this.status != 204 && this.status != 304) {
			head.append("Content-Length: ").append(this.body.length).append("\r\n");
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
		if (withBody) {
			bytes.writeBytes(this.body);
		}
		return bytes.toByteArray();
	}

	private String reason() {
		return switch (this.status) {
			case 200 -> "OK";
			case 201 -> "Created";
			case 204 -> "No Content";
			case 301 -> "Moved Permanently";
			case 302 -> "Found";
			case 303 -> "See Other";
			case 304 -> "Not Modified";
			case 307 -> "Temporary Redirect";
			case 308 -> "Permanent Redirect";
			case 401 -> "Unauthorized";
			case 404 -> "Not Found";
			case 407 -> "Proxy Authentication Required";
			case 500 -> "Internal Server Error";
			case 503 -> "Service Unavailable";
			default -> "Status";
		};
	}

}
