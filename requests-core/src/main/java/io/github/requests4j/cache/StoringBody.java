package io.github.requests4j.cache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Hands a body to its reader and to the store, piece by piece. The response is stored
 * when the reader reaches the end of the body; a reader that stops before, or a body that
 * breaks off, stores nothing. For one thread.
 */
final class StoringBody extends FilterInputStream {

	private final Flights.@Nullable Flight flight;

	private CacheStore.@Nullable Writer writer;

	/**
	 * Wraps a body.
	 * @param body the body
	 * @param writer takes a copy
	 * @param flight ends when the response is stored, or will not be
	 */
	StoringBody(InputStream body, CacheStore.Writer writer, Flights.@Nullable Flight flight) {
		super(body);
		this.writer = writer;
		this.flight = flight;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		boolean complete = false;
		int count;
		try {
			count = this.in.read(target, offset, length);
			complete = true;
		}
		finally {
			if (!complete) {
				discard();
			}
		}
		if (this.writer != null && count > 0) {
			this.writer.write(target, offset, count);
		}
		else if (this.writer != null && count < 0) {
			CacheStore.Writer ended = Objects.requireNonNull(this.writer);
			this.writer = null;
			ended.commit();
			endFlight();
		}
		return count;
	}

	@Override
	public long skip(long count) throws IOException {
		byte[] skipped = new byte[(int) Math.min(8192, Math.max(0, count))];
		long total = 0;
		while (total < count) {
			int read = read(skipped, 0, (int) Math.min(skipped.length, count - total));
			if (read < 0) {
				break;
			}
			total += read;
		}
		return total;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	@Override
	public void close() throws IOException {
		try {
			super.close();
		}
		finally {
			discard();
		}
	}

	private void discard() {
		CacheStore.Writer unfinished = this.writer;
		this.writer = null;
		if (unfinished != null) {
			unfinished.discard();
			endFlight();
		}
	}

	private void endFlight() {
		if (this.flight != null) {
			this.flight.end();
		}
	}

}
