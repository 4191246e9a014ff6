package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * The elements of a source as Java's own iterators and streams. The source is closed at
 * its end, when it fails, and when who is given the elements throws.
 */
final class ElementIterator implements CloseableIterator<@Nullable Object> {

	private final Source source;

	private @Nullable Object next;

	private boolean known;

	private volatile boolean closed;

	ElementIterator(Source source) {
		this.source = source;
	}

	@Override
	public boolean hasNext() {
		if (!this.known) {
			this.next = read();
			this.known = true;
		}
		return this.next != Source.END;
	}

	@Override
	public @Nullable Object next() {
		if (!hasNext()) {
			throw new NoSuchElementException("The response has no more elements");
		}
		this.known = false;
		return this.next;
	}

	@Override
	public void forEachRemaining(Consumer<? super @Nullable Object> action) {
		while (hasNext()) {
			give(action);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.source.close();
	}

	Stream<@Nullable Object> stream() {
		return StreamSupport.stream(new Elements(), false).onClose(this::close);
	}

	private @Nullable Object read() {
		if (this.closed) {
			return Source.END;
		}
		try {
			Object element = this.source.next();
			if (element == Source.END) {
				close();
			}
			return element;
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	private void give(Consumer<? super @Nullable Object> action) {
		try {
			action.accept(next());
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/** Sees what the consumers of a stream throw. */
	private final class Elements extends Spliterators.AbstractSpliterator<@Nullable Object> {

		Elements() {
			super(Long.MAX_VALUE, Spliterator.ORDERED);
		}

		@Override
		public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
			if (!hasNext()) {
				return false;
			}
			give(action);
			return true;
		}

	}

	/**
	 * Reads elements off a response, one after the other. For one thread.
	 */
	interface Source {

		/** What {@link #next} gives when there are no more: null may be an element. */
		Object END = new Object();

		/** Waits for the next element. */
		@Nullable Object next() throws IOException;

		/** Names the element that was read last, for a message. */
		default String describe() {
			return "an element of the body";
		}

		/** What to do when that element cannot be read, if there is anything to say. */
		default String advice() {
			return "";
		}

		/** Gives the connection back. Never throws; may be called again. */
		void close();

	}

}
