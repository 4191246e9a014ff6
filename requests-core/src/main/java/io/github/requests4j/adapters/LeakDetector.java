package io.github.requests4j.adapters;

import java.lang.ref.Cleaner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects streamed responses that were never closed. When such a body is garbage
 * collected, the detector logs where the response was opened and closes the connection,
 * which frees its place in the pool.
 */
final class LeakDetector {

	private static final Logger logger = LoggerFactory.getLogger(HttpAdapter.class);

	private LeakDetector() {
	}

	/**
	 * Watches a body.
	 * @param body the body; the result must not refer to it, directly or indirectly
	 * @return the watch, to be ended when the body is closed or read to its end
	 */
	static Watch watch(WireBody body, ConnectionPool pool, ConnectionHandle handle, String what) {
		Leak leak = new Leak(pool, handle, what);
		return new Watch(leak, Holder.CLEANER.register(body, leak));
	}

	/** Created when the first response is streamed. */
	private static final class Holder {

		static final Cleaner CLEANER = Cleaner.create();

	}

	/**
	 * The watch ended one body.
	 */
	record Watch(Leak leak, Cleaner.Cleanable cleanable) {

		void end() {
			this.leak.ended = true;
			this.cleanable.clean();
		}

	}

	/**
	 * Logs and releases the connection unless the watch has ended.
	 */
	private static final class Leak implements Runnable {

		private final ConnectionPool pool;

		private final ConnectionHandle handle;

		private final String what;

		private final Throwable callSite = new Throwable("The response was opened here");

		private volatile boolean ended;

		Leak(ConnectionPool pool, ConnectionHandle handle, String what) {
			this.pool = pool;
			this.handle = handle;
			this.what = what;
		}

		@Override
		public void run() {
			if (!this.ended) {
				logger.warn("A streamed response was never closed: {}. Its connection has been closed."
						+ " Use try-with-resources, or read the body to its end.", this.what, this.callSite);
				this.pool.release(this.handle, false);
			}
		}

	}

}
