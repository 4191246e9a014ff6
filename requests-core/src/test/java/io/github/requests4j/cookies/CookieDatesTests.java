package io.github.requests4j.cookies;

import java.time.Instant;
import java.time.Month;
import java.util.Locale;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CookieDates}: RFC 6265, section 5.1.1.
 */
class CookieDatesTests {

	@ParameterizedTest
	@DisplayName("111: Expires is parsed in every format that servers send")
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
			"Wed, 21 Oct 2015 07:28:00 GMT|2015-10-21T07:28:00Z",
			"Wednesday, 21-Oct-15 07:28:00 GMT|2015-10-21T07:28:00Z", "Wed Oct 21 07:28:00 2015|2015-10-21T07:28:00Z",
			"Wed, 21-Oct-2015 07:28:00 GMT|2015-10-21T07:28:00Z", "21 oct 2015 7:28:0|2015-10-21T07:28:00Z",
			"2015 October 21 07:28:00|2015-10-21T07:28:00Z", "07:28:00 21/Oct/2015|2015-10-21T07:28:00Z",
			"Noday  ,  21 - OCTOB-15 07:28:00 +0200|2015-10-21T07:28:00Z", "21 15 Oct 07:28:00|2015-10-21T07:28:00Z",
			"Oct 21 15 07:28:00|2015-10-21T07:28:00Z", "\"21-Oct-15\\\"07:28:00\\\"GMT\"|2015-10-21T07:28:00Z",
			"21 Oct 2015 07:28:00 09:10:11|2015-10-21T07:28:00Z", "21 Oct 2015 ::00 x:y 07:28:00|2015-10-21T07:28:00Z",
			"21 Oct 2015 07:28:00GMT|2015-10-21T07:28:00Z", "21st Oct 2015ad 07:28:00|2015-10-21T07:28:00Z",
			"01-Jan-70 00:00:00|1970-01-01T00:00:00Z", "01-Jan-99 00:00:00|1999-01-01T00:00:00Z",
			"01-Jan-69 00:00:00|2069-01-01T00:00:00Z", "01-Jan-00 00:00:00|2000-01-01T00:00:00Z",
			"29 Feb 2024 00:00:00|2024-02-29T00:00:00Z", "1 Jan 1601 00:00:00|1601-01-01T00:00:00Z",
			"31 Dec 9999 23:59:59|9999-12-31T23:59:59Z", "1 Jan 2011 00: 00:00 01:02:03|2011-01-01T01:02:03Z" })
	void everyCommonDateFormatIsParsed(String text, Instant expected) {
		assertThat(CookieDates.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@DisplayName("111: an Expires that is not a date is ignored")
	@ValueSource(strings = { "", " ", "never", "0", "-1", "1893456000", "Wed, 21 Oct 2015", "21 2015 07:28:00",
			"Oct 2015 07:28:00", "21 Oct 07:28:00", "32 Oct 2015 07:28:00", "0 Oct 2015 07:28:00",
			"21 Okt 2015 07:28:00", "30 Feb 2015 07:28:00", "29 Feb 2023 07:28:00", "21 Oct 1600 07:28:00",
			"21 Oct 2015 24:00:00", "21 Oct 2015 07:60:00", "21 Oct 2015 07:28:60", "21 Oct 2015 91:22:33 07:28:00",
			"21 Oct 2015 007:28:00", "21 Oct 2015 07:28", "021 Oct 2015 07:28:00", "21 Oct 20155 07:28:00",
			"21 Oct 2015 07:28:000", "98 April 17 21:01:22", "999999999999 Oct 2015 07:28:00", "21 an 2015 07:28:00",
			"21 anf 2015 07:28:00" })
	void textThatIsNotADateIsIgnored(String text) {
		assertThat(CookieDates.parse(text)).isNull();
	}

	@ParameterizedTest
	@DisplayName("111: month names are parsed in any case, abbreviated or in full")
	@ValueSource(strings = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
			"October", "November", "December" })
	void everyMonthNameIsParsed(String month) {
		Instant expected = CookieDates.parse("3 " + month + " 2026 01:02:03");
		assertThat(expected).isNotNull();
		assertThat(CookieDates.parse("3 " + month.substring(0, 3).toUpperCase(Locale.ROOT) + " 2026 01:02:03"))
			.isEqualTo(expected);
		assertThat(expected.toString()).startsWith("2026-")
			.contains(Month.valueOf(month.toUpperCase(Locale.ROOT)).getValue() + "-03T01:02:03Z");
	}

}
