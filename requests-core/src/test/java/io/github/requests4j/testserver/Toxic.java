package io.github.requests4j.testserver;

import java.io.IOException;
import java.time.Duration;

/**
 * Disturbs the data that passes a {@link FaultProxy} in one direction. The kinds and
 * their names are those of toxiproxy. Holds no state: that is in the {@link Stage} of
 * each connection.
 */
@FunctionalInterface
public interface Toxic {

	/**
	 * Begins on a connection.
	 * @param next where to hand on what may pass
	 * @param link the connection
	 */
	Stage begin(Stage next, FaultLink link);

	/** What happens to the data of one direction of one connection. */
	interface Stage {

		void data(byte[] bytes, int offset, int length) throws IOException;

		/** The sender has finished. */
		void end() throws IOException;

	}

	/** How a connection ends. */
	enum Ending {

		/** Both sides are closed in an orderly way. */
		CLOSE,

		/** Both sides are reset. */
		RESET,

		/** Nothing more is forwarded, and the connection stays open. */
		STALL

	}

	/** Delays all data. */
	static Toxic latency(Duration delay) {
		return (next, link) -> new Filter(next) {
			@Override
			public void data(byte[] bytes, int offset, int length) throws IOException {
				link.sleep(delay);
				super.data(bytes, offset, length);
			}
		};
	}

	/** Forwards this many bytes per second. */
	static Toxic bandwidth(int bytesPerSecond) {
		int piece = Math.max(1, bytesPerSecond / 20);
		return (next, link) -> new Filter(next) {
			@Override
			public void data(byte[] bytes, int offset, int length) throws IOException {
				for (int done = 0; done < length; done += piece) {
					int size = Math.min(piece, length - done);
					link.sleep(Duration.ofNanos(size * 1_000_000_000L / bytesPerSecond));
					super.data(bytes, offset + done, size);
				}
			}
		};
	}

	/** Cuts data into slices of this size, with a pause before each. */
	static Toxic slicer(int size, Duration pause) {
		return (next, link) -> new Filter(next) {
			@Override
			public void data(byte[] bytes, int offset, int length) throws IOException {
				for (int done = 0; done < length; done += size) {
					link.sleep(pause);
					super.data(bytes, offset + done, Math.min(size, length - done));
				}
			}
		};
	}

	/** Delays the end of the sender's data. */
	static Toxic slowClose(Duration delay) {
		return (next, link) -> new Filter(next) {
			@Override
			public void end() throws IOException {
				link.sleep(delay);
				super.end();
			}
		};
	}

	/** Forwards nothing, and closes the connection after a time; with zero, never. */
	static Toxic timeout(Duration time) {
		return (next, link) -> {
			if (!time.isZero()) {
				link.after(time, () -> link.finish(Ending.CLOSE));
			}
			return new Nothing();
		};
	}

	/** Forwards nothing, and resets the connection after a time. */
	static Toxic resetPeer(Duration time) {
		return (next, link) -> {
			link.after(time, () -> link.finish(Ending.RESET));
			return new Nothing();
		};
	}

	/** Closes the connection after this many bytes. */
	static Toxic limitData(long bytes) {
		return limitData(bytes, Ending.CLOSE);
	}

	/** Ends the connection in this way after this many bytes. */
	static Toxic limitData(long bytes, Ending ending) {
		return (next, link) -> new Filter(next) {

			private long left = bytes;

			@Override
			public void data(byte[] data, int offset, int length) throws IOException {
				int size = (int) Math.min(this.left, length);
				if (size > 0) {
					super.data(data, offset, size);
					this.left -= size;
				}
				if (this.left == 0) {
					link.finish(ending);
				}
			}

			@Override
			public void end() throws IOException {
				if (this.left > 0) {
					super.end();
				}
			}
		};
	}

	/** Forwards everything. */
	abstract class Filter implements Stage {

		private final Stage next;

		protected Filter(Stage next) {
			this.next = next;
		}

		@Override
		public void data(byte[] bytes, int offset, int length) throws IOException {
			this.next.data(bytes, offset, length);
		}

		@Override
		public void end() throws IOException {
			this.next.end();
		}

	}

	/** Forwards nothing. */
	final class Nothing implements Stage {

		@Override
		public void data(byte[] bytes, int offset, int length) {
			// Dropped.
		}

		@Override
		public void end() {
			// The peer is not notified.
		}

	}

}
