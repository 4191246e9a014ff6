package io.github.requests4j.adapters;

import java.lang.ref.Cleaner;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds responses that were streamed and then forgotten: when such a body is collected as
 * garbage, it logs where the response came from and closes the connection, so that the
 * pool has its place again.
 */
final class LeakDetector {

	private static final Logger logger = LoggerFactory.getLogger(HttpAdapter.class);

	private LeakDetector() {
	}

	/**
	 * Watches a body.
	 * @param body the body; nothing that stays may lead to it
	 * @return to be cleaned once the body is closed or read to its end
	 */
	static Watch watch(WireBody body, ConnectionPool pool, ConnectionHandle handle, String what) {
		Leak leak = new Leak(pool, handle, what);
		return new Watch(leak, Holder.CLEANER.register(body, leak));
	}

	/** Made when the first response is streamed. */
	private static final class Holder {

		static final Cleaner CLEANER = Cleaner.create();

	}

	/**
	 * Ends the watching.
	 */
	record Watch(Leak leak, Cleaner.Cleanable cleanable) {

		void end() {
			this.leak.over = true;
			this.cleanable.clean();
		}

	}

	/**
	 * What is left to do when nobody has closed the body.
	 */
	private static final class Leak implements Runnable {

		private final ConnectionPool pool;

		private final ConnectionHandle handle;

		private final String what;

		private final Throwable callSite = new Throwable("The response was opened here");

		private volatile boolean over;

		Leak(ConnectionPool pool, ConnectionHandle handle, String what) {
			this.pool = pool;
			this.handle = handle;
			this.what = what;
		}

		@Override
		public void run() {
			if (!this.over) {
				logger.warn("A streamed response was never closed: {}. Its connection has been closed."
						+ " Use try-with-resources, or read the body to its end.", this.what, this.callSite);
				this.pool.release(this.handle, false);
			}
		}

	}

}
