package io.github.requests4j.internal.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * Splits pieces of text at a delimiter. As in requests, a delimiter at the end of a piece
 * is followed by an empty line. Not thread-safe.
 */
public final class DelimiterSplitter implements Iterator<String> {

	private final Iterator<String> pieces;

	private final String delimiter;

	private final LongConsumer lengthCheck;

	private final StringBuilder partialLine = new StringBuilder();

	private final Deque<String> lines = new ArrayDeque<>();

	private boolean ended;

	/**
	 * Creates a splitter.
	 * @param pieces the pieces, which are read when lines are requested
	 * @param delimiter the delimiter, not empty
	 * @param lengthCheck called with the current length of a line; throws if it is too
	 * long
	 */
	public DelimiterSplitter(Iterator<String> pieces, String delimiter, LongConsumer lengthCheck) {
		this.pieces = pieces;
		this.delimiter = delimiter;
		this.lengthCheck = lengthCheck;
	}

	@Override
	public boolean hasNext() {
		while (this.lines.isEmpty() && !this.ended) {
			if (this.pieces.hasNext()) {
				split(this.pieces.next());
			}
			else {
				end();
			}
		}
		return !this.lines.isEmpty();
	}

	@Override
	public String next() {
		if (!hasNext()) {
			throw new NoSuchElementException("There are no more lines. Call hasNext() first.");
		}
		return this.lines.remove();
	}

	private void split(String piece) {
		// The partial line contains no whole delimiter, but may end within one.
		int from = Math.max(0, this.partialLine.length() - this.delimiter.length() + 1);
		this.partialLine.append(piece);
		int start = 0;
		int end = this.partialLine.indexOf(this.delimiter, from);
		while (end >= 0) {
			this.lengthCheck.accept(end - start);
			this.lines.add(this.partialLine.substring(start, end));
			start = end + this.delimiter.length();
			end = this.partialLine.indexOf(this.delimiter, start);
		}
		this.partialLine.delete(0, start);
		this.lengthCheck.accept(this.partialLine.length());
		if (this.partialLine.isEmpty()) {
			this.lines.add("");
		}
	}

	private void end() {
		this.ended = true;
		if (!this.partialLine.isEmpty()) {
			this.lines.add(this.partialLine.toString());
		}
	}

}
