package io.github.requests4j.internal.wire;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * How a request body is sent: not at all, with a length, or in chunks (RFC 9112, section
 * 6).
 *
 * @param body the body, or {@code null}
 * @param length the exact number of bytes, or {@link #CHUNKED}
 * @param announced whether the headers already contain the framing
 * @param reusable whether the connection can be reused afterwards
 */
public record Upload(@Nullable Body body, long length, boolean announced, boolean reusable) {

	static final long CHUNKED = -1;

	private static final Upload NONE = new Upload(null, 0, true, true);

	/**
	 * Returns the framing of a request body. The headers may have been changed since they
	 * were prepared.
	 * @throws InvalidHeaderException if they contradict each other or the body
	 */
	public static Upload of(PreparedRequest request) {
		CaseInsensitiveHeaders headers = request.headers();
		Body body = request.body();
		String coding = headers.get("Transfer-Encoding");
		String announced = headers.get("Content-Length");
		if (coding == null && announced == null) {
			return (body != null) ? new Upload(body, CHUNKED, false, true) : NONE;
		}
		String contradiction = HeaderRules.contradiction(announced, coding);
		if (contradiction != null) {
			throw HeadFaults.invalidHeader("The length of the request is ambiguous: " + contradiction
					+ ". Remove these headers; they are set from the body.");
		}
		if (announced == null) {
			return new Upload(body, CHUNKED, true, true);
		}
		long length = Digits.parse(announced);
		if (body == null) {
			// The caller has announced a body, so the server reads whatever follows as
			// part of it, and the connection is not reused.
			return new Upload(null, 0, true, length == 0);
		}
		long known = body.contentLength();
		if (known != Body.UNKNOWN_LENGTH && known != length) {
			throw HeadFaults.invalidHeader("The header Content-Length says " + length + ", but the body has " + known
					+ " bytes. Remove the header, or call prepareContentLength.");
		}
		return new Upload(body, length, true, true);
	}

	boolean isChunked() {
		return this.length == CHUNKED;
	}

	/** Returns whether a body follows the head. */
	public boolean hasBody() {
		return this.body != null || isChunked();
	}

}
