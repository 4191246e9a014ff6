package io.github.requests4j.spring.client;

import java.util.Iterator;

/**
 * The elements of a response as they arrive. The connection is given back with the last
 * element, on an error, and on closing; who stops before the end must close. For one
 * thread at a time. <pre>{@code
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
	 * Gives the connection back. There is no element after that. Never throws; may be
	 * called again, and from another thread, which ends a wait for the next reconnection.
	 */
	@Override
	void close();

}
