package io.github.requests4j.http;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * The decoded content in pieces, from the stream or from memory. For one thread.
 */
abstract class ContentPieces implements Iterator<byte[]> {

	/** The longest piece when the caller asks for no size. */
	static final int LONGEST_PIECE = 64 * 1024;

	private byte @Nullable [] next;

	private boolean ended;

	/**
	 * Pieces of a size, all but the last one full; but the chunks of a chunked body are
	 * not put together.
	 */
	static Iterator<byte[]> sized(ResponseContent content, int size) {
		return content.isChunked() ? new Arriving(content, size) : new Full(content, size);
	}

	/**
	 * Pieces as they arrive, of a size at most.
	 */
	static Iterator<byte[]> arriving(ResponseContent content, int size) {
		return new Arriving(content, size);
	}

	/**
	 * Pieces of content that is in memory; all of it at once when the size is not
	 * positive.
	 */
	static Iterator<byte[]> slices(byte[] content, int size) {
		return new Slices(content, (size > 0) ? size : Math.max(1, content.length));
	}

	/**
	 * The next piece, empty at the end.
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
			throw new NoSuchElementException("The content is at its end: ask hasNext() first");
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
			this.buffer = new byte[Math.min(size, LONGEST_PIECE)];
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

		// What has arrived already makes one piece, unless the server cut it.
		private boolean hasMore(int length) {
			return length < this.buffer.length && !this.chunked && this.content.available() > 0;
		}

		private int readMore(int from) {
			try {
				return this.content.read(this.buffer, from, this.buffer.length - from);
			}
			catch (RequestException ex) {
				// The next read raises it again, after this piece has been seen.
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
