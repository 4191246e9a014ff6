package io.github.requests4j.internal.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads the dates of HTTP in the three forms of RFC 9110, section 5.6.7. The name of the
 * day is not compared with the date, and an offset may stand in place of GMT: both are
 * seen in the field and leave no doubt about the time.
 */
public final class HttpDates {

	/** How far ahead a year of two digits may lie before it means the last century. */
	private static final int MAX_YEARS_AHEAD = 50;

	private static final DateTimeFormatter IMF_FIXDATE = formatter("d MMM uuuu HH:mm:ss[ 'GMT'][ 'UTC'][ xx]");

	private static final DateTimeFormatter ASCTIME = formatter("MMM [ ]d HH:mm:ss uuuu");

	private HttpDates() {
	}

	/**
	 * Returns the time that a date stands for, or {@code null} if it is no date.
	 * @param text the value of the header
	 * @param now the present, which tells the century of a year of two digits
	 */
	public static @Nullable Instant parse(String text, Instant now) {
		String date = withoutDayName(text);
		for (DateTimeFormatter form : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
			Instant time = parse(date, form);
			if (time != null) {
				return time;
			}
		}
		return null;
	}

	private static @Nullable Instant parse(String date, DateTimeFormatter form) {
		try {
			TemporalAccessor parsed = form.parse(date);
			ZoneOffset offset = parsed.query(TemporalQueries.offset());
			return LocalDateTime.from(parsed).toInstant((offset != null) ? offset : ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/** The letters at the beginning, with the comma and the blanks behind them. */
	private static String withoutDayName(String text) {
		int start = 0;
		while (start < text.length() && Character.isLetter(text.charAt(start))) {
			start++;
		}
		if (start < 3) {
			return text;
		}
		return text.substring((text.startsWith(",", start)) ? start + 1 : start).strip();
	}

	private static DateTimeFormatter rfc850(Instant now) {
		LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusYears(MAX_YEARS_AHEAD - 99L);
		return new DateTimeFormatterBuilder().parseCaseInsensitive()
			.appendPattern("d-MMM-")
			.appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
			.appendPattern(" HH:mm:ss[ 'GMT'][ 'UTC'][ xx]")
			.toFormatter(Locale.US)
			.withResolverStyle(ResolverStyle.STRICT);
	}

	private static DateTimeFormatter formatter(String pattern) {
		return new DateTimeFormatterBuilder().parseCaseInsensitive()
			.appendPattern(pattern)
			.toFormatter(Locale.US)
			.withResolverStyle(ResolverStyle.STRICT);
	}

}
