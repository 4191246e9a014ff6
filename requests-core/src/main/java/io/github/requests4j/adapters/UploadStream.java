package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;

import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.ProgressListener;

/**
 * Where a body writes itself to. In chunks, each flush ends one (behaviour 79); with a
 * length, exactly so many bytes go out or none at all pass for it (behaviour 80). Tells
 * network errors from those of the body's own source.
 */
final class UploadStream extends OutputStream {

	private static final int CHUNK_BUFFER = 8 * 1024;

	private static final long CHECK_EVERY = 64 * 1024;

	private final SessionOutputBuffer buffer;

	private final OutputStream out;

	private final @Nullable ChunkedOutputStream chunks;

	private final long length;

	private final @Nullable ProgressListener progress;

	private final EarlyReply early;

	private final UploadWatch watch;

	private long count;

	private long nextCheck = CHECK_EVERY;

	private @Nullable IOException failure;

	UploadStream(WireConnection connection, Upload upload, @Nullable ProgressListener progress, EarlyReply early,
			UploadWatch watch) {
		this.buffer = connection.outBuffer();
		this.out = connection.outStream();
		this.length = upload.length();
		this.chunks = upload.isChunked() ? new ChunkedOutputStream(this.buffer, this.out, CHUNK_BUFFER) : null;
		this.progress = progress;
		this.early = early;
		this.watch = watch;
	}

	/** What the network did to it, or {@code null}. */
	@Nullable IOException failure() {
		return this.failure;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int size) throws IOException {
		if (size == 0) {
			return;
		}
		if (this.chunks == null && this.count + size > this.length) {
			throw new InvalidHeaderException("The header Content-Length says " + this.length
					+ ", but the body has more bytes. Leave the header out to send the body in chunks.");
		}
		try {
			checkReply();
			if (this.chunks != null) {
				this.chunks.write(bytes, offset, size);
			}
			else {
				this.buffer.write(bytes, offset, size, this.out);
			}
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
		this.count += size;
		if (this.progress != null) {
			this.progress.onProgress(ProgressListener.Direction.UPLOAD, this.count, this.length);
		}
	}

	private void checkReply() throws IOException {
		if (this.watch.hasFired()) {
			throw new SocketException("The server takes no more of the body");
		}
		if (this.count >= this.nextCheck) {
			this.nextCheck = this.count + CHECK_EVERY;
			this.early.check();
		}
	}

	@Override
	public void flush() throws IOException {
		try {
			if (this.chunks != null) {
				this.chunks.flush();
			}
			else {
				this.buffer.flush(this.out);
			}
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	/** Ends the body once all of it is written, and sends what is left in the buffer. */
	void finish() throws IOException {
		if (this.chunks == null && this.count < this.length) {
			throw new InvalidHeaderException("The header Content-Length says " + this.length
					+ ", but the body has only " + this.count + " bytes");
		}
		try {
			if (this.chunks != null) {
				this.chunks.finish();
			}
			this.buffer.flush(this.out);
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

}
