package io.github.requests4j.http;

/**
 * Told how much of a body has travelled. Called on the caller's thread, at most once for
 * each piece of data. <pre>{@code
 * session.get("export", (request) -> request
 *     .onProgress((direction, bytes, total) -> log.info("{} {} of {}", direction, bytes, total)));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

	/** Which way the data goes. */
	enum Direction {

		/** The body of the request. */
		UPLOAD,

		/** The body of the response. */
		DOWNLOAD

	}

	/**
	 * Some data has travelled.
	 * @param direction which way
	 * @param bytes how many bytes so far, undecoded
	 * @param total how many there will be, or -1 if unknown
	 */
	void onProgress(Direction direction, long bytes, long total);

}
