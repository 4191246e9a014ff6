package io.github.requests4j.spring.internal.http;

import java.io.IOException;
import java.io.OutputStream;

import org.springframework.http.StreamingHttpOutputMessage;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.UnrepeatableSourceException;
import io.github.requests4j.http.Body;

/**
 * A request body that is written by a callback of Spring when the request is sent. For
 * one thread at a time.
 */
public final class CallbackSource implements BodySource {

	private final StreamingHttpOutputMessage.Body callback;

	private final long length;

	private boolean written;

	private CallbackSource(StreamingHttpOutputMessage.Body callback, long length) {
		this.callback = callback;
		this.length = (length >= 0) ? length : UNKNOWN_LENGTH;
	}

	/**
	 * Creates a body, which can be sent again if the callback can be repeated.
	 * @param callback the callback that writes the body
	 * @param length the number of bytes that it writes, or a negative number if that is
	 * unknown
	 * @return the body
	 */
	public static Body body(StreamingHttpOutputMessage.Body callback, long length) {
		return Body.of(new CallbackSource(callback, length));
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		rewind();
		this.written = true;
		this.callback.writeTo(out);
	}

	/**
	 * Prepares the body to be written again. Before the first time, the callback does not
	 * have to be repeatable.
	 */
	@Override
	public void rewind() throws IOException {
		if (this.written && !isRewindable()) {
			throw new UnrepeatableSourceException("the callback that writes it is not repeatable");
		}
		this.written = false;
	}

	@Override
	public boolean isRewindable() {
		return this.callback.repeatable();
	}

}
