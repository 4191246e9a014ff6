package io.github.requests4j.http;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
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
 * {@link #close()} can tell that it ended; without it the line just stays open. A body
 * that is sent again has a line of its own. The response to an upload has one only if it
 * takes longer than a second, so that a short reply is not shown as a second transfer.
 * What does not fit is left out, the bar first. Numbers are those on the wire, before
 * decoding; a kB has 1,000 bytes.
 * <p>
 * Written to {@link System#err}, which does not get in the way of a program's results.
 * One bar shows one call at a time and is for one thread; it can be used again for the
 * next call.
 *
 * @see ProgressListener
 */
public final class ConsoleProgress implements ProgressListener, AutoCloseable {

	/** A response to an upload that takes no longer has no line. */
	private static final Duration SHORT_REPLY = Duration.ofSeconds(1);

	private final String label;

	private final PrintStream out;

	private final int width;

	private final Duration every;

	private final InstantSource clock;

	private @Nullable ProgressLine line;

	/** Whether the last line is that of an upload, so that its response comes next. */
	private boolean uploaded;

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
		Instant now = this.clock.instant();
		if (current == null) {
			boolean reply = this.uploaded && direction == Direction.DOWNLOAD;
			current = new ProgressLine(this.label, direction, now, reply);
			this.line = current;
			this.uploaded = direction == Direction.UPLOAD;
		}
		current.moved(bytes, total, now);
		if (current.isComplete()) {
			close();
		}
		else if (current.isDue(now, this.every)) {
			draw(current);
		}
	}

	/**
	 * Ends the line, with what has travelled until now. Does nothing where no line is
	 * open, so that it may follow a complete transfer. The stream stays open.
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

	/**
	 * The text of one transfer in {@link ConsoleProgress}: how far it is, and how it
	 * looks in so many columns.
	 */
	private static final class ProgressLine {

		private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB" };

		private static final int LEAST_BAR = 10;

		private static final int MOST_BAR = 40;

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

		/** The length of the last text, which the next one must cover. */
		private int covered;

		ProgressLine(String label, ProgressListener.Direction direction, Instant start, boolean reply) {
			this.label = label;
			this.direction = direction;
			this.start = start;
			this.reply = reply;
		}

		boolean continues(ProgressListener.Direction direction, long bytes) {
			return this.direction == direction && bytes >= this.bytes;
		}

		void moved(long bytes, long total, Instant now) {
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

		boolean isDue(Instant now, Duration every) {
			return !this.hidden && (this.drawn == null || Duration.between(this.drawn, now).compareTo(every) >= 0);
		}

		/** The line, with blanks over what the last one had more. */
		String text(Instant now, int width) {
			this.drawn = now;
			String text = fitting(now, width);
			String blanks = " ".repeat(Math.max(0, this.covered - text.length()));
			this.covered = text.length();
			return text + blanks;
		}

		/**
		 * From all there is to say down to what fits; the last column wraps in some
		 * terminals.
		 */
		private String fitting(Instant now, int width) {
			int room = width - 1;
			String much = howMuch();
			String rest = much + timing(now);
			String named = named();
			int bar = Math.min(MOST_BAR, room - named.length() - rest.length() - 5);
			if (this.total > 0 && bar >= LEAST_BAR) {
				return named + " " + bar(bar) + "  " + rest;
			}
			for (String candidate : new String[] { joined(named, rest), joined(named, much),
					joined(percent().strip(), much) }) {
				if (candidate.length() <= room) {
					return candidate;
				}
			}
			return (this.total > 0) ? percent().strip() : much;
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

		private String howMuch() {
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
