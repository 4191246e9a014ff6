package io.github.requests4j.internal.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Parses HTTP dates in the three forms of RFC 9110, section 5.6.7, and in all forms that
 * {@code email.utils.parsedate_tz} in Python supports: without the day name, with dashes,
 * with a two-digit year, with an offset or the name of an American time zone instead of
 * GMT. As in Python, numbers that are out of range carry over.
 */
public final class HttpDates {

	/** How far in the future a two-digit year may be before it is in the last century. */
	private static final int MAX_YEARS_AHEAD = 50;

	/** The maximum length of a number in a date. */
	private static final int MAX_DIGITS = 4;

	private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

	private static final String DAYS = "montuewedthufrisatsun";

	/** The names of zones with their offsets in hours. */
	private static final String ZONES = " AST-4 ADT-3 EST-5 EDT-4 CST-6 CDT-5 MST-7 MDT-6 PST-8 PDT-7 ";

	private HttpDates() {
	}

	/**
	 * Parses a date. Returns {@code null} if the text is not a date.
	 * @param text the value of the header
	 * @param now the current time, which determines the century of a two-digit year
	 */
	public static @Nullable Instant parse(String text, Instant now) {
		List<String> words = words(text);
		if (words.size() == 4) {
			words.addAll(splitOffset(words.remove(3)));
		}
		if (words.size() < 5) {
			return null;
		}
		boolean monthFirst = month(words.get(1)) < 0;
		int month = month(words.get(monthFirst ? 0 : 1));
		int day = number(words.get(monthFirst ? 1 : 0));
		String year = words.get(2);
		String time = words.get(3);
		String zone = words.get(4);
		if (year.indexOf(':') > 0) {
			String swapped = year;
			year = time;
			time = swapped;
		}
		if (!Digits.isDigit(year.charAt(0)) && !zone.isEmpty()) {
			String swapped = year;
			year = zone;
			zone = swapped;
		}
		int fullYear = year(year, now);
		long seconds = secondsOfDay(time);
		if (month < 0 || day < 0 || fullYear < 0 || seconds < 0) {
			return null;
		}
		return LocalDate.of(fullYear, month, 1)
			.plusDays(day - 1L)
			.atStartOfDay(ZoneOffset.UTC)
			.plusSeconds(seconds - offset(zone))
			.toInstant();
	}

	/** Returns the words without the day name and without commas. */
	private static List<String> words(String text) {
		List<String> words = new ArrayList<>();
		for (String word : text.strip().split("[\\s,]+")) {
			if (!word.isEmpty()) {
				words.add(word);
			}
		}
		if (!words.isEmpty() && isDay(words.get(0))) {
			words.remove(0);
		}
		if (!words.isEmpty()) {
			List<String> parts = Arrays.asList(words.get(0).split("-"));
			if (parts.size() == 3 && parts.stream().noneMatch(String::isEmpty)) {
				words.remove(0);
				words.addAll(0, parts);
			}
		}
		return words;
	}

	private static boolean isDay(String word) {
		return word.length() >= 3 && !Digits.isDigit(word.charAt(0)) && index(DAYS, word) >= 0;
	}

	/** Splits a time and an offset without a blank between them. */
	private static List<String> splitOffset(String word) {
		int sign = Math.max(word.indexOf('+'), word.indexOf('-'));
		return (sign > 0) ? List.of(word.substring(0, sign), word.substring(sign)) : List.of(word, "");
	}

	/** Returns the number of a month, 1 for January, or -1. */
	private static int month(String word) {
		int index = (word.length() >= 3) ? index(MONTHS, word) : -1;
		return (index >= 0) ? index + 1 : -1;
	}

	private static int index(String names, String word) {
		int at = names.indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT));
		return (at >= 0 && at % 3 == 0) ? at / 3 : -1;
	}

	private static int number(String digits) {
		return (digits.length() <= MAX_DIGITS) ? (int) Digits.parse(digits) : -1;
	}

	/** Returns a year. RFC 9110 defines the rule for two digits. */
	private static int year(String digits, Instant now) {
		int year = number(digits);
		if (year < 0 || year >= 100) {
			return year;
		}
		int present = now.atOffset(ZoneOffset.UTC).getYear();
		int full = present - present % 100 + year;
		if (full > present + MAX_YEARS_AHEAD) {
			return full - 100;
		}
		return (full <= present + MAX_YEARS_AHEAD - 100) ? full + 100 : full;
	}

	/** Parses hours, minutes and optional seconds. Returns -1 if they are invalid. */
	private static long secondsOfDay(String time) {
		String[] parts = time.split((time.indexOf(':') >= 0) ? ":" : "\\.");
		if (parts.length < 2 || parts.length > 3) {
			return -1;
		}
		long seconds = 0;
		for (int i = 0; i < 3; i++) {
			int number = (i < parts.length) ? number(parts[i]) : 0;
			if (number < 0) {
				return -1;
			}
			seconds = seconds * 60 + number;
		}
		return seconds;
	}

	/** Returns the offset from UTC in seconds. As in Python, unknown zones are UTC. */
	private static long offset(String zone) {
		int named = ZONES.indexOf(' ' + zone.toUpperCase(Locale.ROOT) + '-');
		if (named >= 0 && zone.length() == 3) {
			return -3600L * (ZONES.charAt(named + 5) - '0');
		}
		boolean signed = zone.startsWith("+") || zone.startsWith("-");
		int number = number(signed ? zone.substring(1) : zone);
		long seconds = (number > 0) ? number / 100 * 3600L + number % 100 * 60L : 0;
		return zone.startsWith("-") ? -seconds : seconds;
	}

}
