package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;

/**
 * Decodes deflate. RFC 9110 section 8.4.1.2 requires a zlib wrapper (RFC 1950), which
 * some servers omit (RFC 1951).
 */
final class DeflateStream extends InflatingStream {

	private static final int METHOD = 0x0f;

	private static final int DEFLATED = 8;

	private boolean started;

	DeflateStream(InputStream source) {
		super(source, "deflate");
	}

	@Override
	int decode(byte[] target, int offset, int length) throws IOException {
		if (!this.started) {
			this.started = true;
			int head = next();
			if (head < 0) {
				return -1;
			}
			unread();
			// Data without a wrapper cannot start like this, because it would be a stored
			// block with padding that is not zero.
			start((head & METHOD) != DEFLATED);
		}
		Inflater running = running();
		return (running != null) ? inflate(running, target, offset, length) : -1;
	}

}
