package io.github.requests4j.adapters;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;

/**
 * How the body of a request goes out: not at all, with a length, or in chunks (RFC 9112,
 * section 6).
 *
 * @param body the body, or {@code null}
 * @param length the exact number of bytes, or {@link #CHUNKED}
 * @param announced whether the headers already tell so
 * @param reusable whether the connection may serve another request afterwards
 */
record Upload(@Nullable Body body, long length, boolean announced, boolean reusable) {

	static final long CHUNKED = -1;

	private static final Upload NONE = new Upload(null, 0, true, true);

	/**
	 * Decides it from the headers, which were prepared but may have been changed since.
	 * @throws InvalidHeaderException if they contradict each other, or the body
	 */
	static Upload of(PreparedRequest request) {
		CaseInsensitiveHeaders headers = request.headers();
		Body body = request.body();
		String coding = headers.get("Transfer-Encoding");
		String announced = headers.get("Content-Length");
		if (coding == null && announced == null) {
			return (body != null) ? new Upload(body, CHUNKED, false, true) : NONE;
		}
		if (coding != null) {
			checkCoding(coding, announced);
			return new Upload(body, CHUNKED, true, true);
		}
		long length = length(headers.getAll("Content-Length"));
		if (body == null) {
			// Kept as the caller wants it (behaviour 71); the server will take what
			// follows for the body that is missing.
			return new Upload(null, 0, true, length == 0);
		}
		long known = body.contentLength();
		if (known != Body.UNKNOWN_LENGTH && known != length) {
			throw new InvalidHeaderException("The header Content-Length says " + length + ", but the body has " + known
					+ " bytes. Leave the header out, or call prepareContentLength.");
		}
		return new Upload(body, length, true, true);
	}

	private static void checkCoding(String coding, @Nullable String length) {
		if (length != null) {
			throw new InvalidHeaderException("The request has both Content-Length and Transfer-Encoding,"
					+ " which lets two servers see two different bodies (RFC 9112, section 6.2). Leave one out.");
		}
		if (!coding.equalsIgnoreCase("chunked")) {
			throw new InvalidHeaderException("The request has Transfer-Encoding '" + coding
					+ "', but a body can only be sent as 'chunked'. Use Content-Encoding to say how it is encoded.");
		}
	}

	private static long length(List<String> values) {
		String value = values.get(0);
		long length = (values.size() == 1 && !value.isEmpty() && value.length() <= 18) ? 0 : -1;
		for (int i = 0; length >= 0 && i < value.length(); i++) {
			char digit = value.charAt(i);
			length = HeaderChars.isDigit(digit) ? length * 10 + digit - '0' : -1;
		}
		if (length < 0) {
			throw new InvalidHeaderException(
					"The header Content-Length of the request must be one number, not " + values);
		}
		return length;
	}

	boolean isChunked() {
		return this.length == CHUNKED;
	}

	/** Whether anything follows the head. */
	boolean hasBody() {
		return this.body != null || isChunked();
	}

}
