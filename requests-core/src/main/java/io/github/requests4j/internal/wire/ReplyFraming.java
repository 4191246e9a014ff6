package io.github.requests4j.internal.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * The length of a response body, and whether the connection can be reused after it (RFC
 * 9112, section 6.3).
 *
 * @param length the length in bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE}
 * @param reusable whether the connection can be reused after the body was read to its end
 */
public record ReplyFraming(long length, boolean reusable) {

	static final long CHUNKED = -1;

	static final long UNTIL_CLOSE = -2;

	private static final String TIMEOUT = "timeout=";

	private static final int MAX_DIGITS = 9;

	/**
	 * Returns the framing of a final response.
	 * @throws InvalidHeaderException if the headers are contradictory or invalid
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
			// Both headers together indicate request smuggling: chunked takes precedence,
			// and the connection is not reused (section 6.3). The same applies if the
			// coding is repeated.
			boolean once = headers.getAll("Transfer-Encoding").size() == 1;
			return new ReplyFraming(CHUNKED, alive && once && announced == null);
		}
		if (announced == null) {
			return new ReplyFraming(UNTIL_CLOSE, false);
		}
		return new ReplyFraming(parseLength(headers.getAll("Content-Length"), announced), alive);
	}

	/**
	 * Returns this framing with another value of {@code reusable}.
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
	 * Returns the transfer coding, or null if there is none. Equal lines count once,
	 * because some servers and their frameworks both add one. An empty value and
	 * "identity", from earlier versions of HTTP, mean none.
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
	 * Returns how long a server keeps an idle connection, for instance
	 * {@code Keep-Alive: timeout=5}. After that time, the server may close the connection
	 * while a request is being sent.
	 * @return the number of seconds, or -1 if there is no valid one
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
