package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import org.jspecify.annotations.Nullable;

/**
 * Decodes br (RFC 7932) with brotli4j. Uses its decoder instead of its stream, which
 * would read the source through a channel and therefore close it when the thread is
 * interrupted.
 */
final class BrotliStream extends DecodingStream {

	private final DecoderJNI.Wrapper decoder;

	private final byte[] input = new byte[BUFFER_SIZE];

	private @Nullable ByteBuffer output;

	private boolean started;

	private boolean pulled;

	BrotliStream(InputStream source) throws IOException {
		super(source, "br");
		Brotli4jLoader.ensureAvailability();
		this.decoder = new DecoderJNI.Wrapper(BUFFER_SIZE);
	}

	@Override
	int decode(byte[] target, int offset, int length) throws IOException {
		while (true) {
			if (this.output != null && this.output.hasRemaining()) {
				int count = Math.min(length, this.output.remaining());
				this.output.get(target, offset, count);
				return count;
			}
			if (this.decoder.hasOutput()) {
				this.output = this.decoder.pull();
				this.pulled = true;
			}
			else if (!step()) {
				return -1;
			}
		}
	}

	private boolean step() throws IOException {
		switch (this.decoder.getStatus()) {
			case DONE -> {
				return false;
			}
			case OK, NEEDS_MORE_OUTPUT -> this.decoder.push(0);
			case NEEDS_MORE_INPUT -> {
				// After output was pulled, the decoder returns this status even if it has
				// more output.
				boolean more = this.pulled;
				this.pulled = false;
				return push(more ? 0 : readSource(this.input));
			}
			default -> throw invalid("not brotli", null);
		}
		return true;
	}

	private boolean push(int count) {
		if (count < 0) {
			if (this.started) {
				throw truncated();
			}
			return false;
		}
		this.started |= count > 0;
		this.decoder.getInputBuffer().clear().put(this.input, 0, count);
		this.decoder.push(count);
		return true;
	}

	@Override
	void release() {
		this.output = null;
		this.decoder.destroy();
	}

}
