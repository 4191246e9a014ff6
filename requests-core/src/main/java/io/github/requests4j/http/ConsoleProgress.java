package io.github.requests4j.http;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A bar in the console that grows with an upload or a download:
 *
 * <pre>
 * export.csv  45% [############----------------]  4.5 of 10.0 MB  1.2 MB/s  0:05 left
 * </pre>
 *
 * <pre class="code">
 * try (ConsoleProgress bar = ConsoleProgress.of("export.csv");
 *         Response export = session.get("export", (request) -&gt; request.stream(true).onProgress(bar))) {
 *     export.saveTo(Path.of("export.csv"));
 * }
 * </pre>
 *
 * The line is drawn over and over, at most every 100 ms, and ended with a line break once
 * the whole body has travelled. Where nobody said how long the body is, only
 * {@link #close()} can tell that it ended; without it the line just stays open. A call
 * that sends a body and gets one has a line for each, and so has a body that is sent
 * again. What does not fit is left out, the bar first. Numbers are those on the wire,
 * before decoding; a kB has 1,000 bytes.
 * <p>
 * Written to {@link System#err}, which does not get in the way of a program's results.
 * One bar shows one call at a time and is for one thread; it can be used again for the
 * next call.
 *
 * @see ProgressListener
 */
public final class ConsoleProgress implements ProgressListener, AutoCloseable {

	private final String label;

	private final PrintStream out;

	private final int width;

	private final Duration every;

	private final InstantSource clock;

	private @Nullable ProgressLine line;

	private ConsoleProgress(Builder builder) {
		this.label = builder.label;
		this.out = (builder.out != null) ? builder.out : System.err;
		this.width = builder.width;
		this.every = builder.every;
		this.clock = builder.clock;
	}

	/**
	 * A bar of at most 80 columns on {@link System#err}.
	 * @param label what stands before the bar, such as the name of a file; may be empty
	 * @return a new bar, which shows nothing before the first data
	 */
	public static ConsoleProgress of(String label) {
		return builder().label(label).build();
	}

	/**
	 * For another width, stream or rhythm.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public void onProgress(Direction direction, long bytes, long total) {
		ProgressLine current = this.line;
		if (current != null && !current.continues(direction, bytes)) {
			close();
			current = null;
		}
		if (current == null) {
			current = new ProgressLine(this.label, direction, this.clock.instant());
			this.line = current;
		}
		current.moved(bytes, total);
		if (current.isComplete()) {
			close();
		}
		else if (current.isDue(this.clock.instant(), this.every)) {
			draw(current);
		}
	}

	/**
	 * Ends the line, with what has travelled until now. Does nothing where no line is
	 * open, so that it may follow a complete transfer. The stream stays open.
	 */
	@Override
	public void close() {
		if (this.line != null) {
			this.line.end();
			draw(this.line);
			this.out.print(System.lineSeparator());
			this.out.flush();
			this.line = null;
		}
	}

	private void draw(ProgressLine line) {
		this.out.print("\r" + line.text(this.clock.instant(), this.width));
		this.out.flush();
	}

	/**
	 * Settings of a bar.
	 */
	public static final class Builder {

		private static final int LEAST_WIDTH = 10;

		private String label = "";

		private @Nullable PrintStream out;

		private int width = 80;

		private Duration every = Duration.ofMillis(100);

		private InstantSource clock = InstantSource.system();

		private Builder() {
		}

		/**
		 * What stands before the bar.
		 * @param label a few characters on one line; empty by default
		 * @return this builder
		 */
		public Builder label(String label) {
			this.label = Objects.requireNonNull(label, "label");
			return this;
		}

		/**
		 * Where the bar is drawn.
		 * @param out a stream, which is never closed; {@link System#err} by default
		 * @return this builder
		 */
		public Builder out(PrintStream out) {
			this.out = Objects.requireNonNull(out, "out");
			return this;
		}

		/**
		 * How wide the terminal is. Java cannot ask it.
		 * @param columns at least 10; 80 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is less than 10
		 */
		public Builder width(int columns) {
			if (columns < LEAST_WIDTH) {
				throw new IllegalArgumentException("A progress bar of " + columns
						+ " columns has no room for numbers: the width must be at least " + LEAST_WIDTH + ".");
			}
			this.width = columns;
			return this;
		}

		/**
		 * How often the bar may be drawn; the last state always is.
		 * @param pause the least time between two drawings, zero for each piece of data;
		 * 100 ms by default
		 * @return this builder
		 */
		public Builder every(Duration pause) {
			this.every = Objects.requireNonNull(pause, "pause");
			return this;
		}

		/**
		 * What tells the time.
		 * @param clock by default the system's
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * A bar with these settings.
		 * @return a new bar
		 */
		public ConsoleProgress build() {
			return new ConsoleProgress(this);
		}

	}

}
