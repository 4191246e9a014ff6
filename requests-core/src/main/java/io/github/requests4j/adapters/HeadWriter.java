package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.OutputStream;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes heads exactly as they were encoded. The library's own writer would replace
 * characters that it does not like.
 */
final class HeadWriter implements HttpMessageWriter<ClassicHttpRequest> {

	private @Nullable SessionOutputBuffer buffer;

	private @Nullable OutputStream out;

	@Override
	public void write(ClassicHttpRequest message, SessionOutputBuffer buffer, OutputStream out) throws IOException {
		this.buffer = buffer;
		this.out = out;
		byte[] bytes = ((OutgoingHead) message).bytes();
		buffer.write(bytes, 0, bytes.length, out);
	}

	/** The buffer of the connection, where the body goes too. */
	SessionOutputBuffer buffer() {
		if (this.buffer == null) {
			throw new IllegalStateException("No head has been written yet");
		}
		return this.buffer;
	}

	/** What lies beneath the buffer. */
	OutputStream out() {
		if (this.out == null) {
			throw new IllegalStateException("No head has been written yet");
		}
		return this.out;
	}

}
