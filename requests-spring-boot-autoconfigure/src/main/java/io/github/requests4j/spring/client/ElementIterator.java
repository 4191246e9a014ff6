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
 * Presents the elements of a source as an iterator or a stream. The source is closed at
 * its end, when it fails, and when the consumer of the elements throws.
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
			pass(action);
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

	private void pass(Consumer<? super @Nullable Object> action) {
		try {
			action.accept(next());
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	/** Closes the source when the consumer of a stream throws. */
	private final class Elements extends Spliterators.AbstractSpliterator<@Nullable Object> {

		Elements() {
			super(Long.MAX_VALUE, Spliterator.ORDERED);
		}

		@Override
		public boolean tryAdvance(Consumer<? super @Nullable Object> action) {
			if (!hasNext()) {
				return false;
			}
			pass(action);
			return true;
		}

	}

	/**
	 * Reads the elements of a response one by one. For one thread.
	 */
	interface Source {

		/** The result of {@link #next} at the end, because null may be an element. */
		Object END = new Object();

		/** Waits for the next element and returns it, or {@link #END}. */
		@Nullable Object next() throws IOException;

		/** Returns a description of the last element for a message. */
		default String describe() {
			return "an element of the body";
		}

		/** Returns advice for an element that cannot be read, or an empty string. */
		default String advice() {
			return "";
		}

		/**
		 * Releases the connection. Never throws and may be called repeatedly.
		 */
		void close();

	}

}
