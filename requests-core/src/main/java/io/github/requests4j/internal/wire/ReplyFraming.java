package io.github.requests4j.internal.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * How long the body of a response is, and whether the connection may serve another
 * request after it (RFC 9112, section 6.3).
 *
 * @param length the length in bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE}
 * @param reusable whether the connection stays usable once the body was read to its end
 */
public record ReplyFraming(long length, boolean reusable) {

	static final long CHUNKED = -1;

	static final long UNTIL_CLOSE = -2;

	private static final String TIMEOUT = "timeout=";

	private static final int MAX_DIGITS = 9;

	/**
	 * Tells the framing of a final response.
	 * @throws InvalidHeaderException if the headers contradict each other or make no
	 * sense
	 */
	public static ReplyFraming of(String method, ReplyHead head) {
		CaseInsensitiveHeaders headers = head.headers();
		String coding = coding(headers);
		String announced = headers.get("Content-Length");
		boolean alive = head.isHttp11() && !closes(headers);
		if (hasNoBody(method, head.status())) {
			return new ReplyFraming(0, alive);
		}
		if (coding != null) {
			checkCoding(head, coding);
			// Both headers are the mark of smuggling: chunked wins, and nothing that
			// follows is trusted (section 6.3). Nor is it where the coding stands twice.
			boolean once = headers.getAll("Transfer-Encoding").size() == 1;
			return new ReplyFraming(CHUNKED, alive && once && announced == null);
		}
		if (announced == null) {
			return new ReplyFraming(UNTIL_CLOSE, false);
		}
		return new ReplyFraming(parseLength(headers.getAll("Content-Length"), announced), alive);
	}

	/**
	 * Returns the same framing with another answer to whether the connection is reusable.
	 */
	public ReplyFraming withReusable(boolean reusable) {
		return (reusable == this.reusable) ? this : new ReplyFraming(this.length, reusable);
	}

	private static boolean hasNoBody(String method, int status) {
		return status == 204 || status == 304 || method.equals("HEAD");
	}

	private static boolean closes(CaseInsensitiveHeaders headers) {
		String connection = headers.get("Connection");
		return connection != null && HeaderRules.hasElement(connection, "close");
	}

	/**
	 * The transfer coding, or {@code null} if there is none. Some servers announce chunks
	 * once by themselves and once for their framework: equal lines count once. An empty
	 * one and "identity", which earlier versions of HTTP knew, stand for none.
	 */
	private static @Nullable String coding(CaseInsensitiveHeaders headers) {
		String coding = headers.get("Transfer-Encoding");
		if (coding == null || coding.isEmpty() || coding.equalsIgnoreCase("identity")) {
			return null;
		}
		List<String> lines = headers.getAll("Transfer-Encoding");
		String first = lines.get(0);
		return lines.stream().allMatch(first::equalsIgnoreCase) ? first : coding;
	}

	private static void checkCoding(ReplyHead head, String coding) {
		if (!head.isHttp11()) {
			throw HeadFaults.invalidHeader("the HTTP/1.0 response has Transfer-Encoding '" + coding
					+ "', which HTTP/1.0 does not support (RFC 9112, section 6.1)");
		}
		if (!coding.equalsIgnoreCase("chunked")) {
			throw HeadFaults.invalidHeader("the response has Transfer-Encoding '" + coding
					+ "', but only 'chunked' is supported, so the end of the body is unknown");
		}
	}

	private static long parseLength(List<String> values, String joined) {
		if (values.size() == 1 && joined.indexOf(',') < 0) {
			return digits(joined, joined);
		}
		long length = -1;
		for (String value : joined.split(",", -1)) {
			long next = digits(value.strip(), joined);
			if (length >= 0 && next != length) {
				throw HeadFaults.invalidHeader(
						"the response has different Content-Length values: " + joined + " (RFC 9112, section 6.3)");
			}
			length = next;
		}
		return length;
	}

	private static long digits(String value, String all) {
		long length = Digits.parse(value);
		if (length < 0) {
			throw HeadFaults.invalidHeader("the response has Content-Length '" + all
					+ "', which is not a number of bytes (RFC 9110, section 8.6)");
		}
		return length;
	}

	/**
	 * How long a server means to keep an idle connection: {@code Keep-Alive: timeout=5}.
	 * Using it longer invites the race in which the server closes just as a request is on
	 * its way.
	 * @return the number, or -1 if there is none that makes sense
	 */
	public static long keepAliveSeconds(CaseInsensitiveHeaders headers) {
		String value = headers.get("Keep-Alive");
		int start = 0;
		while (value != null && start < value.length()
				&& !value.regionMatches(true, start, TIMEOUT, 0, TIMEOUT.length())) {
			start++;
		}
		if (value == null || start == value.length()) {
			return -1;
		}
		int from = start + TIMEOUT.length();
		return Digits.parse(value, from, Math.min(Digits.end(value, from), from + MAX_DIGITS));
	}

}
