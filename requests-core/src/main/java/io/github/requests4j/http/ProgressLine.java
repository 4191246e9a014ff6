package io.github.requests4j.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The text of one transfer in {@link ConsoleProgress}: how far it is, and how it looks in
 * so many columns.
 */
final class ProgressLine {

	private static final String[] UNITS = { "B", "kB", "MB", "GB", "TB" };

	private static final int LEAST_BAR = 10;

	private static final int MOST_BAR = 40;

	private final String label;

	private final ProgressListener.Direction direction;

	private final Instant start;

	private @Nullable Instant drawn;

	private long bytes;

	private long total = -1;

	private boolean ended;

	/** The length of the last text, which the next one must cover. */
	private int covered;

	ProgressLine(String label, ProgressListener.Direction direction, Instant start) {
		this.label = label;
		this.direction = direction;
		this.start = start;
	}

	boolean continues(ProgressListener.Direction direction, long bytes) {
		return this.direction == direction && bytes >= this.bytes;
	}

	void moved(long bytes, long total) {
		this.bytes = bytes;
		this.total = total;
	}

	boolean isComplete() {
		return this.bytes == this.total;
	}

	void end() {
		this.ended = true;
	}

	boolean isDue(Instant now, Duration every) {
		return this.drawn == null || Duration.between(this.drawn, now).compareTo(every) >= 0;
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
		return (this.total > 0 && rate >= 1) ? speed + "  " + clock((long) ((this.total - this.bytes) / rate)) + " left"
				: speed;
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
		return (unit == 0) ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", bytes / Math.pow(1000, unit));
	}

}
