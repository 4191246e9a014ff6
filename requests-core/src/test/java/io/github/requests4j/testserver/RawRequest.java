package io.github.requests4j.testserver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param head request line and header lines, without the empty line, as ISO-8859-1
 * @param body the body, chunks put together
 * @param wireBody the body as it came, chunk sizes included
 */
public record RawRequest(String head, byte[] body, byte[] wireBody) {

	public String requestLine() {
		int end = this.head.indexOf("\r\n");
		return (end < 0) ? this.head : this.head.substring(0, end);
	}

	public String method() {
		return requestLine().split(" ", -1)[0];
	}

	public String target() {
		return requestLine().split(" ", -1)[1];
	}

	/** The path without the query, also of a target that names the host. */
	public String path() {
		String target = target();
		int authority = target.startsWith("/") ? -1 : target.indexOf("://");
		int start = (authority < 0) ? 0 : target.indexOf('/', authority + 3);
		int query = target.indexOf('?');
		return target.substring(Math.max(0, start), (query < 0) ? target.length() : query);
	}

	/** The header lines as they came, in order. */
	public List<String> headerLines() {
		List<String> lines = List.of(this.head.split("\r\n"));
		return lines.subList(1, lines.size());
	}

	/** The names of the headers in order. */
	public List<String> headerNames() {
		return headerLines().stream().map((line) -> line.substring(0, line.indexOf(':'))).toList();
	}

	/** All values of a header, name in any case. */
	public List<String> headers(String name) {
		List<String> values = new ArrayList<>();
		for (String line : headerLines()) {
			int colon = line.indexOf(':');
			if (line.substring(0, colon).equalsIgnoreCase(name)) {
				values.add(line.substring(colon + 1).strip());
			}
		}
		return values;
	}

	/** The first value of a header, or {@code null}. */
	public @Nullable String header(String name) {
		List<String> values = headers(name);
		return values.isEmpty() ? null : values.get(0);
	}

	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	public String wireBodyText() {
		return new String(this.wireBody, StandardCharsets.ISO_8859_1);
	}

}
