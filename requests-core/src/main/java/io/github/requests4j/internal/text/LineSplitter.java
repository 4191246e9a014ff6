package io.github.requests4j.internal.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Cuts pieces of text into lines, in time that grows with the text alone. {@code \r\n} is
 * one line end even when it is split over two pieces. There is no empty line after the
 * last line end. For one thread.
 */
public final class LineSplitter implements Iterator<String> {

	private final Iterator<String> pieces;

	private final boolean unicode;

	private final LongConsumer lengthCheck;

	private final StringBuilder begun = new StringBuilder();

	private String piece = "";

	private int position;

	private boolean skipLineFeed;

	private boolean ended;

	private @Nullable String next;

	/**
	 * Cuts pieces of text into lines.
	 * @param pieces the pieces, taken as lines are asked for
	 * @param unicode whether the line ends are all those of Unicode, as Python's
	 * {@code str.splitlines} has them, rather than {@code \n}, {@code \r} and
	 * {@code \r\n} alone
	 * @param lengthCheck is told how long a line has become, and throws if that is too
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
				take();
			}
		}
		return this.next != null;
	}

	@Override
	public String next() {
		String line = hasNext() ? this.next : null;
		if (line == null) {
			throw new NoSuchElementException("There are no more lines: ask hasNext() first");
		}
		this.next = null;
		return line;
	}

	private void take() {
		if (this.pieces.hasNext()) {
			this.piece = this.pieces.next();
			this.position = 0;
			return;
		}
		this.ended = true;
		if (!this.begun.isEmpty()) {
			this.next = this.begun.toString();
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
		this.lengthCheck.accept((long) this.begun.length() + end - start);
		if (end == this.piece.length()) {
			this.begun.append(this.piece, start, end);
			return;
		}
		this.skipLineFeed = this.piece.charAt(end) == '\r';
		this.next = this.begun.isEmpty() ? this.piece.substring(start, end) : finished(start, end);
	}

	private String finished(int start, int end) {
		String line = this.begun.append(this.piece, start, end).toString();
		this.begun.setLength(0);
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
