package io.github.requests4j.cache;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Stores responses and their bodies by key. A key identifies one URL, and has one
 * response for each variant of that URL. Implementations must be thread-safe.
 * <p>
 * A store may lose any response at any time, but must never return part of one: a
 * response is either available with its whole body or missing. A store must not throw
 * exceptions. A response that cannot be read is missing, and one that cannot be written
 * is not stored.
 */
public interface CacheStore extends AutoCloseable {

	/**
	 * Returns the heads of all responses of a key.
	 * @param key the key
	 * @return the responses, in any order; empty if there are none
	 */
	List<StoredResponse> find(String key);

	/**
	 * Starts to store a response. It can be found once the writer is committed, and then
	 * replaces all responses that it {@link StoredResponse#replaces replaces}.
	 * @param key the key
	 * @param response the head of the response
	 * @return the writer for the body
	 */
	Writer write(String key, StoredResponse response);

	/**
	 * Replaces the head of a stored response that has the same {@link StoredResponse#id()
	 * id}.
	 * @param key the key
	 * @param response the new head
	 */
	void update(String key, StoredResponse response);

	/**
	 * Opens the body of a response.
	 * @param key the key
	 * @param response a response that {@link #find} returned
	 * @return the whole body, which the caller must close; {@code null} if it is no
	 * longer stored
	 */
	@Nullable StoredBody read(String key, StoredResponse response);

	/**
	 * Waits until no other process is fetching a response, so that several processes send
	 * equal requests only once. A store that belongs to one process does not wait.
	 * @param key the key
	 * @param request equal for equal requests, and different for those of other keys
	 * @param nanos the maximum time to wait, in nanoseconds
	 * @return the turn that the caller must end after it has fetched the response;
	 * {@code null} after waiting for another process, which may have stored the response
	 */
	default @Nullable Turn start(String key, String request, long nanos) {
		return Turn.ALONE;
	}

	/**
	 * Removes all responses of a key.
	 * @param key the key
	 */
	void remove(String key);

	/**
	 * Removes everything.
	 */
	void clear();

	/**
	 * Returns the size of the stored responses.
	 * @return the number of bytes, or -1 if it is unknown
	 */
	long size();

	/**
	 * Releases the resources of the store.
	 */
	@Override
	void close();

	/**
	 * The right to fetch a response while other processes wait for it. If a process dies
	 * before it ends its turn, the turn expires.
	 */
	@FunctionalInterface
	interface Turn {

		/** The turn of a process that does not share its store. */
		Turn ALONE = () -> {
		};

		/**
		 * Lets other processes continue. Calling this twice has no effect.
		 */
		void end();

	}

	/**
	 * Receives the body of a response that is being stored. Not thread-safe. Exactly one
	 * of {@link #commit} and {@link #discard} ends it.
	 */
	interface Writer {

		/**
		 * Adds a piece of the body.
		 * @param bytes the array that contains the piece; the caller may reuse it
		 * @param offset where the piece starts
		 * @param length its length
		 */
		void write(byte[] bytes, int offset, int length);

		/**
		 * Makes the response visible.
		 */
		void commit();

		/**
		 * Discards the response.
		 */
		void discard();

	}

}
