package io.github.requests4j.http;

/**
 * Is notified of the progress of a body. Called on the caller's thread, at most once for
 * each piece of data. <pre>{@code
 * session.get("export", (request) -> request
 *     .onProgress((direction, bytes, total) -> log.info("{} {} of {}", direction, bytes, total)));
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

	/** The direction of the transfer. */
	enum Direction {

		/** The body of the request. */
		UPLOAD,

		/** The body of the response. */
		DOWNLOAD

	}

	/**
	 * Called when data has been transferred.
	 * @param direction the direction
	 * @param bytes the number of bytes transferred so far, before decoding
	 * @param total the total number of bytes, or -1 if unknown
	 */
	void onProgress(Direction direction, long bytes, long total);

}
