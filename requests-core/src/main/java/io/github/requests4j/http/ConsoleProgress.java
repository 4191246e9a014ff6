package io.github.requests4j.http;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Draws a progress bar for an upload or a download on the console:
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
 * </pre> The line is redrawn at most every 100 ms and ends with a line break when the
 * whole body has been transferred. If the length of the body is unknown, only
 * {@link #close()} ends the line. A body that is sent again has a line of its own. The
 * response to an upload has one only if it takes longer than a second. On a narrow
 * terminal, parts of the line are omitted, first the bar. Sizes are those on the wire,
 * before decoding. A kB is 1,000 bytes.
 * <p>
 * The bar is written to {@link System#err}, separate from a program's output. It shows
 * one call at a time and can be reused for the next call. Not thread-safe.
 *
 * @see ProgressListener
 */
public final class ConsoleProgress implements ProgressListener, AutoCloseable {

	/** A response to an upload has a line only if it takes longer than this. */
	private static final Duration SHORT_REPLY = Duration.ofSeconds(1);

	private final String label;

	private final PrintStream out;

	private final int width;

	private final Duration interval;

	private final InstantSource clock;

	private @Nullable ProgressLine line;

	/** Whether the last line is that of an upload, so that its response comes next. */
	private boolean uploaded;

	private ConsoleProgress(Builder builder) {
		this.label = builder.label;
		this.out = (builder.out != null) ? builder.out : System.err;
		this.width = builder.width;
		this.interval = builder.interval;
		this.clock = builder.clock;
	}

	/**
	 * Creates a bar of at most 80 columns on {@link System#err}.
	 * @param label the text before the bar, such as a file name; may be empty
	 * @return a new bar, which is not drawn before the first data
	 */
	public static ConsoleProgress of(String label) {
		return builder().label(label).build();
	}

	/**
	 * Returns a builder for a bar with another width, stream or interval.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public void onProgress(Direction direction, long bytes, long total) {
		ProgressLine current = this.line;
		if (current != null && !current.isSameTransfer(direction, bytes)) {
			close();
			current = null;
		}
		Instant now = this.clock.instant();
		if (current == null) {
			boolean reply = this.uploaded && direction == Direction.DOWNLOAD;
			current = new ProgressLine(this.label, direction, now, reply);
			this.line = current;
			this.uploaded = direction == Direction.UPLOAD;
		}
		current.update(bytes, total, now);
		if (current.isComplete()) {
			close();
		}
		else if (current.isDue(now, this.interval)) {
			draw(current);
		}
	}

	/**
	 * Ends the line with the current state. Does nothing if no line is open, so it can be
	 * called after a complete transfer. The stream stays open.
	 */
	@Override
	public void close() {
		ProgressLine current = this.line;
		this.line = null;
		if (current != null && !current.isHidden()) {
			current.end();
			draw(current);
			this.out.print(System.lineSeparator());
			this.out.flush();
		}
	}

	private void draw(ProgressLine line) {
		this.out.print("\r" + line.text(this.clock.instant(), this.width));
		this.out.flush();
	}

	/**
	 * Builds a {@link ConsoleProgress}.
	 */
	public static final class Builder {

		private static final int MIN_WIDTH = 10;

		private String label = "";

		private @Nullable PrintStream out;

		private int width = 80;

		private Duration interval = Duration.ofMillis(100);

		private InstantSource clock = InstantSource.system();

		private Builder() {
		}

		/**
		 * Sets the text before the bar.
		 * @param label a short text without line breaks; empty by default
		 * @return this builder
		 */
		public Builder label(String label) {
			this.label = Objects.requireNonNull(label, "label");
			return this;
		}

		/**
		 * Sets the stream on which the bar is drawn.
		 * @param out the stream, which is never closed; {@link System#err} by default
		 * @return this builder
		 */
		public Builder out(PrintStream out) {
			this.out = Objects.requireNonNull(out, "out");
			return this;
		}

		/**
		 * Sets the width of the terminal, which Java cannot determine.
		 * @param columns at least 10; 80 by default
		 * @return this builder
		 * @throws IllegalArgumentException if it is less than 10
		 */
		public Builder width(int columns) {
			if (columns < MIN_WIDTH) {
				throw new IllegalArgumentException("A progress bar of " + columns
						+ " columns is too narrow. The width must be at least " + MIN_WIDTH + ".");
			}
			this.width = columns;
			return this;
		}

		/**
		 * Sets the minimum time between two redraws. The final state is always drawn.
		 * @param interval the interval; zero to redraw on each piece of data; 100 ms by
		 * default
		 * @return this builder
		 */
		public Builder interval(Duration interval) {
			this.interval = Objects.requireNonNull(interval, "interval");
			return this;
		}

		/**
		 * Sets the clock.
		 * @param clock the clock; the system clock by default
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Builds the bar.
		 * @return a new bar
		 */
		public ConsoleProgress build() {
			return new ConsoleProgress(this);
		}

	}

	/**
	 * The progress of one transfer and its text.
	 */
	private static final class ProgressLine {

		private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB" };

		private static final int MIN_BAR_WIDTH = 10;

		private static final int MAX_BAR_WIDTH = 40;

		private final String label;

		private final ProgressListener.Direction direction;

		private final Instant start;

		/** Whether this is the response to an upload. */
		private final boolean reply;

		private boolean hidden;

		private @Nullable Instant drawn;

		private long bytes;

		private long total = -1;

		private boolean ended;

		/** The length of the last text, which the next one must overwrite. */
		private int previousLength;

		ProgressLine(String label, ProgressListener.Direction direction, Instant start, boolean reply) {
			this.label = label;
			this.direction = direction;
			this.start = start;
			this.reply = reply;
		}

		boolean isSameTransfer(ProgressListener.Direction direction, long bytes) {
			return this.direction == direction && bytes >= this.bytes;
		}

		void update(long bytes, long total, Instant now) {
			this.bytes = bytes;
			this.total = total;
			this.hidden = this.reply && !now.isAfter(this.start.plus(SHORT_REPLY));
		}

		boolean isHidden() {
			return this.hidden;
		}

		boolean isComplete() {
			return this.bytes == this.total;
		}

		void end() {
			this.ended = true;
		}

		boolean isDue(Instant now, Duration interval) {
			return !this.hidden && (this.drawn == null || Duration.between(this.drawn, now).compareTo(interval) >= 0);
		}

		/** Returns the line, padded with blanks to overwrite the previous one. */
		String text(Instant now, int width) {
			this.drawn = now;
			String text = shortened(now, width);
			String blanks = " ".repeat(Math.max(0, this.previousLength - text.length()));
			this.previousLength = text.length();
			return text + blanks;
		}

		/**
		 * Omits parts of the line until it is short enough. The last column is not used,
		 * because some terminals wrap there.
		 */
		private String shortened(Instant now, int width) {
			int room = width - 1;
			String progress = progress();
			String rest = progress + timing(now);
			String named = named();
			int bar = Math.min(MAX_BAR_WIDTH, room - named.length() - rest.length() - 5);
			if (this.total > 0 && bar >= MIN_BAR_WIDTH) {
				return named + " " + bar(bar) + "  " + rest;
			}
			for (String candidate : new String[] { joined(named, rest), joined(named, progress),
					joined(percent().strip(), progress) }) {
				if (candidate.length() <= room) {
					return candidate;
				}
			}
			return (this.total > 0) ? percent().strip() : progress;
		}

		private String named() {
			return (this.label.isEmpty() || this.total <= 0) ? this.label + percent() : this.label + " " + percent();
		}

		private static String joined(String left, String right) {
			return left.isEmpty() ? right : left + "  " + right;
		}

		private String percent() {
			return (this.total > 0) ? String.format(Locale.ROOT, "%3d%%", Math.min(100, this.bytes * 100 / this.total))
					: "";
		}

		private String bar(int columns) {
			int full = (int) Math.min(columns, this.bytes * columns / this.total);
			return "[" + "#".repeat(full) + "-".repeat(columns - full) + "]";
		}

		private String progress() {
			if (this.total <= 0 || this.bytes == this.total) {
				return amount(this.bytes, unitOf(this.bytes));
			}
			int unit = unitOf(this.total);
			return number(this.bytes, unit) + " of " + amount(this.total, unit);
		}

		private String timing(Instant now) {
			long millis = Math.max(0, Duration.between(this.start, now).toMillis());
			if (millis == 0) {
				return "";
			}
			double rate = this.bytes * 1000.0 / millis;
			String speed = "  " + amount((long) rate, unitOf((long) rate)) + "/s";
			if (this.ended) {
				return "  in " + clock(millis / 1000) + speed;
			}
			return (this.total > 0 && rate >= 1)
					? speed + "  " + clock((long) ((this.total - this.bytes) / rate)) + " left" : speed;
		}

		private static String clock(long seconds) {
			return (seconds < 3600) ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
					: String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
		}

		private static int unitOf(long bytes) {
			int unit = 0;
			for (long rest = bytes; rest >= 1000 && unit < UNITS.length - 1; rest /= 1000) {
				unit++;
			}
			return unit;
		}

		private static String amount(long bytes, int unit) {
			return number(bytes, unit) + " " + UNITS[unit];
		}

		private static String number(long bytes, int unit) {
			return (unit == 0) ? Long.toString(bytes)
					: String.format(Locale.ROOT, "%.1f", bytes / Math.pow(1000, unit));
		}

	}

}
