package io.github.requests4j.cache;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Keeps stored responses and their bodies under keys. A key identifies one URL; it has as
 * many responses as the URL has variants. Safe for many threads.
 * <p>
 * A store may lose any response at any time. It must never hand out a part of one: a
 * response is either available with its whole body or missing. A store never throws: what
 * cannot be read is a miss, and what cannot be written is not stored.
 */
public interface CacheStore extends AutoCloseable {

	/**
	 * Returns the heads of all responses of a key.
	 * @param key the key
	 * @return the responses, in any order; empty if there are none
	 */
	List<StoredResponse> find(String key);

	/**
	 * Starts to store a response. It can be found once the writer is committed, and takes
	 * the place of all responses that it {@link StoredResponse#replaces replaces}.
	 * @param key the key
	 * @param response the head of the response
	 * @return takes the body
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
	 * @return the whole body, to be closed by the caller; {@code null} if it is gone
	 */
	@Nullable StoredBody read(String key, StoredResponse response);

	/**
	 * Waits until no other process is fetching a response, so that equal requests of
	 * several processes become one. A store that belongs to one process has nothing to
	 * wait for.
	 * @param key the key
	 * @param request equal for equal requests, and different for those of other keys
	 * @param nanos how long to wait at most
	 * @return what the caller is to end when it has fetched the response itself;
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
	 * Returns how much is stored.
	 * @return the bytes, or -1 if the store does not know
	 */
	long size();

	/**
	 * Releases the resources of the store.
	 */
	@Override
	void close();

	/**
	 * The right to fetch a response for which other processes wait. A process that dies
	 * without ending it loses it after a while.
	 */
	@FunctionalInterface
	interface Turn {

		/** Of a process that shares its store with none. */
		Turn ALONE = () -> {
		};

		/**
		 * Lets other processes go on. Idempotent.
		 */
		void end();

	}

	/**
	 * Takes the body of a response that is being stored, on one thread. Exactly one of
	 * {@link #commit} and {@link #discard} ends it.
	 */
	interface Writer {

		/**
		 * Adds a piece of the body.
		 * @param bytes contains the piece and belongs to the caller
		 * @param offset where the piece starts
		 * @param length its length
		 */
		void write(byte[] bytes, int offset, int length);

		/**
		 * Makes the response visible.
		 */
		void commit();

		/**
		 * Forgets the response.
		 */
		void discard();

	}

}
