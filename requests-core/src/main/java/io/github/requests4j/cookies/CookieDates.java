package io.github.requests4j.cookies;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Parses the date of an Expires attribute as leniently as browsers do (RFC 6265, section
 * 5.1.1). Each instance parses one date.
 */
final class CookieDates {

	private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

	private final String text;

	private int hour = -1;

	private int minute;

	private int second;

	private int day = -1;

	private int month = -1;

	private int year = -1;

	private CookieDates(String text) {
		this.text = text;
	}

	/** Returns the date, or {@code null} if the text is not a date. */
	static @Nullable Instant parse(String text) {
		CookieDates dates = new CookieDates(text);
		dates.readTokens();
		return dates.toInstant();
	}

	private void readTokens() {
		int start = 0;
		for (int i = 0; i <= this.text.length(); i++) {
			if (i == this.text.length() || isDelimiter(this.text.charAt(i))) {
				if (i > start) {
					parseToken(this.text.substring(start, i));
				}
				start = i + 1;
			}
		}
	}

	/** Uses the token for the first part that it matches and that is not set yet. */
	private void parseToken(String token) {
		if (!(this.hour < 0 && parseTime(token)) && !(this.day < 0 && parseDay(token))
				&& !(this.month < 0 && parseMonth(token)) && this.year < 0) {
			parseYear(token);
		}
	}

	private boolean parseTime(String token) {
		int firstColon = digits(token, 0, 1, 2);
		int secondColon = (firstColon > 0 && charAt(token, firstColon) == ':') ? digits(token, firstColon + 1, 1, 2)
				: -1;
		int end = (secondColon > 0 && charAt(token, secondColon) == ':') ? digits(token, secondColon + 1, 1, 2) : -1;
		if (end < 0) {
			return false;
		}
		this.hour = number(token, 0, firstColon);
		this.minute = number(token, firstColon + 1, secondColon);
		this.second = number(token, secondColon + 1, end);
		return true;
	}

	private boolean parseDay(String token) {
		int end = digits(token, 0, 1, 2);
		if (end < 0) {
			return false;
		}
		this.day = number(token, 0, end);
		return true;
	}

	private boolean parseMonth(String token) {
		if (token.length() < 3) {
			return false;
		}
		int index = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT));
		if (index < 0 || index % 3 != 0) {
			return false;
		}
		this.month = index / 3 + 1;
		return true;
	}

	private void parseYear(String token) {
		int end = digits(token, 0, 2, 4);
		if (end < 0) {
			return;
		}
		int number = number(token, 0, end);
		if (number >= 70 && number <= 99) {
			number += 1900;
		}
		else if (number >= 0 && number <= 69) {
			number += 2000;
		}
		this.year = number;
	}

	private @Nullable Instant toInstant() {
		if (this.hour < 0 || this.day < 0 || this.month < 0 || this.year < 1601) {
			return null;
		}
		try {
			return LocalDateTime.of(this.year, this.month, this.day, this.hour, this.minute, this.second)
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/**
	 * Returns the end of a run of digits, or -1 if its length is not in the range. Text
	 * after the digits is ignored.
	 */
	private static int digits(String token, int start, int min, int max) {
		int end = Digits.end(token, start);
		return (end - start >= min && end - start <= max) ? end : -1;
	}

	private static int number(String token, int start, int end) {
		return (int) Digits.parse(token, start, end);
	}

	private static char charAt(String token, int index) {
		return (index < token.length()) ? token.charAt(index) : 0;
	}

	private static boolean isDelimiter(char c) {
		return c == 0x09 || (c >= 0x20 && c <= 0x2F) || (c >= 0x3B && c <= 0x40) || (c >= 0x5B && c <= 0x60)
				|| (c >= 0x7B && c <= 0x7E);
	}

}
