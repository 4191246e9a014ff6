package io.github.requests4j.cache;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * A range of bytes, from a Range or Content-Range header (RFC 9110, section 14).
 *
 * @param first the first byte; -1 for the last {@code last} bytes
 * @param last the last byte, inclusive; {@link Long#MAX_VALUE} for the rest
 * @param total the length of the whole representation; -1 if it is not known
 */
record ByteRange(long first, long last, long total) {

	private static final String UNIT = "bytes";

	/**
	 * Returns the range that a request asks for, or null if it asks for several ranges or
	 * in another unit.
	 */
	static @Nullable ByteRange requested(String header) {
		String value = header.strip();
		int equals = value.indexOf('=');
		if (equals < 0 || !value.substring(0, equals).strip().toLowerCase(Locale.ROOT).equals(UNIT)) {
			return null;
		}
		String range = value.substring(equals + 1).strip();
		int dash = range.indexOf('-');
		if (dash < 0) {
			return null;
		}
		String from = range.substring(0, dash).strip();
		String to = range.substring(dash + 1).strip();
		long last = to.isEmpty() ? Long.MAX_VALUE : Digits.parse(to);
		if (from.isEmpty()) {
			return (to.isEmpty() || last < 0) ? null : new ByteRange(-1, last, -1);
		}
		long first = Digits.parse(from);
		return (first < 0 || last < first) ? null : new ByteRange(first, last, -1);
	}

	/** Returns the range of a 206, or null if the header is missing or not valid. */
	static @Nullable ByteRange contained(@Nullable String header) {
		if (header == null || !header.regionMatches(true, 0, UNIT + " ", 0, UNIT.length() + 1)) {
			return null;
		}
		int dash = header.indexOf('-');
		int slash = header.indexOf('/');
		if (dash < 0 || slash < dash) {
			return null;
		}
		long first = Digits.parse(header.substring(UNIT.length() + 1, dash).strip());
		long last = Digits.parse(header.substring(dash + 1, slash).strip());
		String length = header.substring(slash + 1).strip();
		long total = length.equals("*") ? -1 : Digits.parse(length);
		boolean sound = first >= 0 && last >= first && (total > last || length.equals("*"));
		return sound ? new ByteRange(first, last, total) : null;
	}

	/**
	 * Resolves the requested range against the length of a representation.
	 * @return the bytes to send, or null if there are none
	 */
	@Nullable ByteRange within(long length) {
		long from = (this.first >= 0) ? this.first : Math.max(0, length - this.last);
		long to = (this.first >= 0) ? Math.min(this.last, length - 1) : length - 1;
		return (from >= length || (this.first < 0 && this.last == 0)) ? null : new ByteRange(from, to, length);
	}

	boolean contains(ByteRange other) {
		return this.first <= other.first && other.last <= this.last;
	}

	long length() {
		return this.last - this.first + 1;
	}

	/** Returns the value of Content-Range. */
	String contentRange() {
		return UNIT + " " + this.first + "-" + this.last + "/" + ((this.total >= 0) ? this.total : "*");
	}

}
