package io.github.requests4j.internal.wire;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * How the body of a request goes out: not at all, with a length, or in chunks (RFC 9112,
 * section 6).
 *
 * @param body the body, or {@code null}
 * @param length the exact number of bytes, or {@link #CHUNKED}
 * @param announced whether the headers already tell so
 * @param reusable whether the connection may serve another request afterwards
 */
public record Upload(@Nullable Body body, long length, boolean announced, boolean reusable) {

	static final long CHUNKED = -1;

	private static final Upload NONE = new Upload(null, 0, true, true);

	/**
	 * Decides it from the headers, which were prepared but may have been changed since.
	 * @throws InvalidHeaderException if they contradict each other, or the body
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
			throw HeadFaults.invalidHeader("The length of the request is in doubt: " + contradiction
					+ ". Leave these headers out, they are made from the body.");
		}
		if (announced == null) {
			return new Upload(body, CHUNKED, true, true);
		}
		long length = Digits.parse(announced);
		if (body == null) {
			// Kept as the caller wants it; the server will take what
			// follows for the body that is missing.
			return new Upload(null, 0, true, length == 0);
		}
		long known = body.contentLength();
		if (known != Body.UNKNOWN_LENGTH && known != length) {
			throw HeadFaults.invalidHeader("The header Content-Length says " + length + ", but the body has " + known
					+ " bytes. Leave the header out, or call prepareContentLength.");
		}
		return new Upload(body, length, true, true);
	}

	boolean isChunked() {
		return this.length == CHUNKED;
	}

	/** Whether anything follows the head. */
	public boolean hasBody() {
		return this.body != null || isChunked();
	}

}
