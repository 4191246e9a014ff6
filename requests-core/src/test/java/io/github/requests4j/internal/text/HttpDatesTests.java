package io.github.requests4j.internal.text;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the dates of HTTP.
 */
class HttpDatesTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	@ParameterizedTest
	@CsvSource({ "'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z", "'Wed Nov 16 08:49:37 1994', 1994-11-16T08:49:37Z",
			"'Fri, 02 Jan 2026 03:04:05 GMT', 2026-01-02T03:04:05Z" })
	void allThreeFormatsAreParsed(String text, Instant expected) {
		assertThat(HttpDates.parse(text, NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "'Sun, 6 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'sun, 06 nov 1994 08:49:37 gmt', 1994-11-06T08:49:37Z",
			"'Mon, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z", "'06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37 +0000', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37 +0130', 1994-11-06T07:19:37Z",
			"'Sun, 06 Nov 1994 08:49:37 UTC', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37', 1994-11-06T08:49:37Z", "'Sun, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun Nov 6 08:49:37 1994', 1994-11-06T08:49:37Z", "'Sun, 06 Nov 94 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sunday, 06-Nov-1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun Nov  6 08:49:37 94', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37 GMT and more', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37 CEST', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 03:49:37 EST', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 01:49:37 pdt', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 08:49:37+0000', 1994-11-06T08:49:37Z",
			"'Sun, 06 Nov 1994 03:49:37 -0500', 1994-11-06T08:49:37Z", "'6 Nov 1994 08:49', 1994-11-06T08:49:00Z",
			"'6 Nov 1994 08.49.37 GMT', 1994-11-06T08:49:37Z", "'Nov 6 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Sun, 06 November 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
			"'Thu, 31 Feb 1994 08:49:37 GMT', 1994-03-03T08:49:37Z",
			"'Sun, 06 Nov 1994 25:49:37 GMT', 1994-11-07T01:49:37Z" })
	void harmlessVariantsAreParsed(String text, Instant expected) {
		assertThat(HttpDates.parse(text, NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "26, 2026", "75, 2075", "77, 1977", "99, 1999", "00, 2000" })
	void yearOfTwoDigitsIsAtMostFiftyYearsAhead(String digits, int year) {
		assertThat(HttpDates.parse("Friday, 02-Jan-" + digits + " 03:05:05 GMT", NOW))
			.isEqualTo(Instant.parse(year + "-01-02T03:05:05Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "Sun", "Sun,", "12", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994",
			"Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8 GMT", "-", ",,,", "1-2-3", "a b c d e",
			"Sun, 06 Nov 199400000 08:49:37 GMT", "Sun, x Nov 1994 08:49:37 GMT",
			"Sun, 06 \u041d\u043e\u044f 1994 08:49:37 GMT" })
	void otherTextIsNotADate(String text) {
		assertThat(HttpDates.parse(text, NOW)).isNull();
	}

}
