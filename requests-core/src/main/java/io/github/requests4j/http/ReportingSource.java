package io.github.requests4j.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.http.ProgressListener.Direction;

/**
 * Reports the progress of a body to a listener. The count starts again when the body is
 * sent again.
 */
final class ReportingSource implements BodySource {

	/**
	 * The size of the blocks in which large bodies in memory are written, to report their
	 * progress.
	 */
	private static final int BLOCK_SIZE = 64 * 1024;

	private final BodySource source;

	private final ProgressListener listener;

	ReportingSource(BodySource source, ProgressListener listener) {
		this.source = source;
		this.listener = Objects.requireNonNull(listener, "listener");
	}

	@Override
	public long contentLength() {
		return this.source.contentLength();
	}

	@Override
	public void prepare() throws IOException {
		this.source.prepare();
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		this.source.writeTo(new Counter(out, contentLength()));
	}

	@Override
	public boolean isRewindable() {
		return this.source.isRewindable();
	}

	@Override
	public void rewind() throws IOException {
		this.source.rewind();
	}

	private final class Counter extends OutputStream {

		private final OutputStream out;

		private final long total;

		private long sent;

		Counter(OutputStream out, long total) {
			this.out = out;
			this.total = total;
		}

		@Override
		public void write(int value) throws IOException {
			this.out.write(value);
			report(1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			int end = offset + length;
			for (int start = offset; start < end; start += BLOCK_SIZE) {
				int count = Math.min(BLOCK_SIZE, end - start);
				this.out.write(bytes, start, count);
				report(count);
			}
		}

		@Override
		public void flush() throws IOException {
			this.out.flush();
		}

		private void report(int count) {
			this.sent += count;
			ReportingSource.this.listener.onProgress(Direction.UPLOAD, this.sent, this.total);
		}

	}

}
