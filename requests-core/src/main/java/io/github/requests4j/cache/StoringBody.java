package io.github.requests4j.cache;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.body.BlockInput;

/**
 * Copies a body to the store while it is read. The response is stored when the reader
 * reaches the end of the body. If the reader stops earlier or reading fails, nothing is
 * stored. Not thread-safe.
 */
final class StoringBody extends BlockInput {

	private final InputStream body;

	private final Flights.@Nullable Flight flight;

	private CacheStore.@Nullable Writer writer;

	/**
	 * Wraps a body.
	 * @param body the body
	 * @param writer receives a copy
	 * @param flight the request that ends when the response is stored or discarded, or
	 * null
	 */
	StoringBody(InputStream body, CacheStore.Writer writer, Flights.@Nullable Flight flight) {
		this.body = body;
		this.writer = writer;
		this.flight = flight;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		boolean complete = false;
		int count;
		try {
			count = this.body.read(target, offset, length);
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
	public int available() throws IOException {
		return this.body.available();
	}

	@Override
	public void close() throws IOException {
		try {
			this.body.close();
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
