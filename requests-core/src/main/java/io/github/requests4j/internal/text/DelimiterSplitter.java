package io.github.requests4j.internal.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * Cuts pieces of text at a delimiter as requests does: a delimiter that ends a piece is
 * followed by an empty line. For one thread.
 */
public final class DelimiterSplitter implements Iterator<String> {

	private final Iterator<String> pieces;

	private final String delimiter;

	private final LongConsumer lengthCheck;

	private final StringBuilder begun = new StringBuilder();

	private final Deque<String> lines = new ArrayDeque<>();

	private boolean ended;

	/**
	 * Cuts pieces of text at a delimiter.
	 * @param pieces the pieces, taken as lines are asked for
	 * @param delimiter what stands between lines, not empty
	 * @param lengthCheck is told how long a line has become, and throws if that is too
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
			throw new NoSuchElementException("There are no more lines: ask hasNext() first");
		}
		return this.lines.remove();
	}

	private void split(String piece) {
		// What was begun holds no whole delimiter, but may end within one.
		int from = Math.max(0, this.begun.length() - this.delimiter.length() + 1);
		this.begun.append(piece);
		int start = 0;
		int end = this.begun.indexOf(this.delimiter, from);
		while (end >= 0) {
			this.lengthCheck.accept(end - start);
			this.lines.add(this.begun.substring(start, end));
			start = end + this.delimiter.length();
			end = this.begun.indexOf(this.delimiter, start);
		}
		this.begun.delete(0, start);
		this.lengthCheck.accept(this.begun.length());
		if (this.begun.isEmpty()) {
			this.lines.add("");
		}
	}

	private void end() {
		this.ended = true;
		if (!this.begun.isEmpty()) {
			this.lines.add(this.begun.toString());
		}
	}

}
