package io.github.requests4j.http;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Iterates over the decoded content in pieces, from the stream or from memory. Not
 * thread-safe.
 */
abstract class ContentPieces implements Iterator<byte[]> {

	/** The maximum length of a piece if the caller does not set a size. */
	static final int MAX_PIECE = 64 * 1024;

	private byte @Nullable [] next;

	private boolean ended;

	/**
	 * Returns pieces of this size, of which only the last may be shorter. Chunks of a
	 * chunked body are not combined.
	 */
	static Iterator<byte[]> sized(ResponseContent content, int size) {
		return content.isChunked() ? new Arriving(content, size) : new Full(content, size);
	}

	/**
	 * Returns pieces of at most this size, as they arrive.
	 */
	static Iterator<byte[]> arriving(ResponseContent content, int size) {
		return new Arriving(content, size);
	}

	/**
	 * Returns pieces of content in memory; a single piece if the size is not positive.
	 */
	static Iterator<byte[]> slices(byte[] content, int size) {
		return new Slices(content, (size > 0) ? size : Math.max(1, content.length));
	}

	/**
	 * Returns the next piece, empty at the end.
	 */
	abstract byte[] piece();

	@Override
	public boolean hasNext() {
		if (this.next == null && !this.ended) {
			byte[] piece = piece();
			this.ended = piece.length == 0;
			this.next = this.ended ? null : piece;
		}
		return this.next != null;
	}

	@Override
	public byte[] next() {
		byte[] piece = hasNext() ? this.next : null;
		if (piece == null) {
			throw new NoSuchElementException("There is no more content. Call hasNext() first.");
		}
		this.next = null;
		return piece;
	}

	private static final class Full extends ContentPieces {

		private final ResponseContent content;

		private final int size;

		Full(ResponseContent content, int size) {
			this.content = content;
			this.size = size;
		}

		@Override
		byte[] piece() {
			return this.content.collect(this.size, true);
		}

	}

	private static final class Arriving extends ContentPieces {

		private final ResponseContent content;

		private final boolean chunked;

		private final byte[] buffer;

		Arriving(ResponseContent content, int size) {
			this.content = content;
			this.chunked = content.isChunked();
			this.buffer = new byte[Math.min(size, MAX_PIECE)];
		}

		@Override
		byte[] piece() {
			int length = 0;
			int count = this.content.read(this.buffer, 0, this.buffer.length);
			while (count > 0) {
				length += count;
				count = hasMore(length) ? readMore(length) : 0;
			}
			return Arrays.copyOf(this.buffer, length);
		}

		// Data that has already arrived forms one piece, except across chunks of the
		// server.
		private boolean hasMore(int length) {
			return length < this.buffer.length && !this.chunked && this.content.available() > 0;
		}

		private int readMore(int from) {
			try {
				return this.content.read(this.buffer, from, this.buffer.length - from);
			}
			catch (RequestException ex) {
				// The next read throws it again, after this piece has been returned.
				return 0;
			}
		}

	}

	private static final class Slices extends ContentPieces {

		private final byte[] content;

		private final int size;

		private int position;

		Slices(byte[] content, int size) {
			this.content = content;
			this.size = size;
		}

		@Override
		byte[] piece() {
			int from = this.position;
			this.position = from + Math.min(this.size, this.content.length - from);
			return Arrays.copyOfRange(this.content, from, this.position);
		}

	}

}
