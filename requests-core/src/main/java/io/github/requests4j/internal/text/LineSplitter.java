package io.github.requests4j.internal.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Splits pieces of text into lines in linear time. {@code \r\n} is one line break even if
 * it is split across two pieces. There is no empty line after the last line break. Not
 * thread-safe.
 */
public final class LineSplitter implements Iterator<String> {

	private final Iterator<String> pieces;

	private final boolean unicode;

	private final LongConsumer lengthCheck;

	private final StringBuilder partialLine = new StringBuilder();

	private String piece = "";

	private int position;

	private boolean skipLineFeed;

	private boolean ended;

	private @Nullable String next;

	/**
	 * Creates a splitter.
	 * @param pieces the pieces, which are read when lines are requested
	 * @param unicode whether to split at all Unicode line ends, like
	 * {@code str.splitlines} in Python, instead of only {@code \n}, {@code \r} and
	 * {@code \r\n}
	 * @param lengthCheck called with the current length of a line; throws if it is too
	 * long
	 */
	public LineSplitter(Iterator<String> pieces, boolean unicode, LongConsumer lengthCheck) {
		this.pieces = pieces;
		this.unicode = unicode;
		this.lengthCheck = lengthCheck;
	}

	@Override
	public boolean hasNext() {
		while (this.next == null && !this.ended) {
			if (this.position < this.piece.length()) {
				advance();
			}
			else {
				nextPiece();
			}
		}
		return this.next != null;
	}

	@Override
	public String next() {
		String line = hasNext() ? this.next : null;
		if (line == null) {
			throw new NoSuchElementException("There are no more lines. Call hasNext() first.");
		}
		this.next = null;
		return line;
	}

	private void nextPiece() {
		if (this.pieces.hasNext()) {
			this.piece = this.pieces.next();
			this.position = 0;
			return;
		}
		this.ended = true;
		if (!this.partialLine.isEmpty()) {
			this.next = this.partialLine.toString();
		}
	}

	private void advance() {
		if (this.skipLineFeed) {
			this.skipLineFeed = false;
			if (this.piece.charAt(this.position) == '\n') {
				this.position++;
				return;
			}
		}
		int start = this.position;
		int end = start;
		while (end < this.piece.length() && !isLineEnd(this.piece.charAt(end))) {
			end++;
		}
		this.position = end + 1;
		this.lengthCheck.accept((long) this.partialLine.length() + end - start);
		if (end == this.piece.length()) {
			this.partialLine.append(this.piece, start, end);
			return;
		}
		this.skipLineFeed = this.piece.charAt(end) == '\r';
		this.next = this.partialLine.isEmpty() ? this.piece.substring(start, end) : completeLine(start, end);
	}

	private String completeLine(int start, int end) {
		String line = this.partialLine.append(this.piece, start, end).toString();
		this.partialLine.setLength(0);
		return line;
	}

	private boolean isLineEnd(char c) {
		if (c == '\n' || c == '\r') {
			return true;
		}
		return this.unicode
				&& (c == 0x0b || c == 0x0c || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029);
	}

}
