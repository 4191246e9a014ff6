package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Decodes zstd (RFC 8878) with any number of frames, with zstd-jni. Uses its decompressor
 * instead of its stream, which holds a lock while it reads the source.
 */
final class ZstdStream extends DecodingStream {

	/** The window of a content coding is at most 8 MiB (RFC 9659). */
	private static final int MAX_WINDOW_LOG = 23;

	private final ZstdDecompressCtx decoder = new ZstdDecompressCtx();

	private final byte[] step = new byte[BUFFER_SIZE];

	private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_SIZE).limit(0);

	private final ByteBuffer output = ByteBuffer.allocateDirect(2 * BUFFER_SIZE).limit(0);

	private boolean frameEnded = true;

	private boolean outputFilled;

	ZstdStream(InputStream source) {
		super(source, "zstd");
		this.decoder.setLongMax(MAX_WINDOW_LOG);
	}

	@Override
	int decode(byte[] target, int offset, int length) throws IOException {
		while (!this.output.hasRemaining()) {
			if (!this.input.hasRemaining() && !this.outputFilled && !refill()) {
				return -1;
			}
			decompress();
		}
		int count = Math.min(length, this.output.remaining());
		this.output.get(target, offset, count);
		return count;
	}

	private boolean refill() throws IOException {
		int count = 0;
		while (count == 0) {
			count = readSource(this.step);
		}
		if (count < 0) {
			if (!this.frameEnded) {
				throw truncated();
			}
			return false;
		}
		this.input.clear().put(this.step, 0, count).flip();
		return true;
	}

	private void decompress() {
		this.output.clear();
		try {
			this.frameEnded = this.decoder.decompressDirectByteBufferStream(this.output, this.input);
		}
		catch (ZstdException ex) {
			throw invalid(ex.getMessage(), ex);
		}
		this.output.flip();
		// After a full buffer there may be more output, unless the frame has ended.
		this.outputFilled = !this.frameEnded && this.output.limit() == this.output.capacity();
	}

	@Override
	void release() {
		this.decoder.close();
	}

}
