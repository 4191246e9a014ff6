package io.github.requests4j.spring.client;

import java.util.Iterator;

/**
 * Iterates over the elements of a response as they arrive. The connection is released
 * after the last element, on an error, and on closing. If you stop before the end, you
 * must close the iterator. For one thread at a time. <pre>{@code
 * try (CloseableIterator<Item> items = catalog.all()) {
 *     while (items.hasNext()) {
 *         log.info("{}", items.next());
 *     }
 * }
 * }</pre>
 *
 * @param <T> the type of the elements
 */
public interface CloseableIterator<T> extends Iterator<T>, AutoCloseable {

	/**
	 * Releases the connection and ends the iteration. This method never throws and may be
	 * called repeatedly. It may also be called from another thread, which ends a wait for
	 * the next reconnection.
	 */
	@Override
	void close();

}
