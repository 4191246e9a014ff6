package io.github.requests4j.spring.client;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Reads elements off a response, one after the other. For one thread.
 */
interface ElementSource {

	/** What {@link #next} gives when there are no more: null may be an element. */
	Object END = new Object();

	/** Waits for the next element. */
	@Nullable Object next() throws IOException;

	/** Gives the connection back. Never throws; may be called again. */
	void close();

}
