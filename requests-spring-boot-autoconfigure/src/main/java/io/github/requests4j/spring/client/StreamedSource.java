package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.OutputStream;

import org.springframework.http.StreamingHttpOutputMessage;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * What the caller of a client writes when the request is sent. For one thread at a time.
 */
final class StreamedSource implements BodySource {

	private final StreamingHttpOutputMessage.Body source;

	private final long length;

	private boolean written;

	StreamedSource(StreamingHttpOutputMessage.Body source, long length) {
		this.source = source;
		this.length = (length >= 0) ? length : UNKNOWN_LENGTH;
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		rewind();
		this.written = true;
		this.source.writeTo(out);
	}

	@Override
	public void rewind() throws IOException {
		if (!isRewindable()) {
			throw new UnrepeatableSourceException("The body was written by a callback that says it cannot be repeated");
		}
		this.written = false;
	}

	@Override
	public boolean isRewindable() {
		return !this.written || this.source.repeatable();
	}

}
