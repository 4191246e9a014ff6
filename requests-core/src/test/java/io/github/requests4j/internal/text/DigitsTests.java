package io.github.requests4j.internal.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of numbers without signs.
 */
class DigitsTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "0123, 123", "9223372036854775807, 9223372036854775807", "00000000000000000000000001, 1" })
	void numberIsParsed(String text, long expected) {
		assertThat(Digits.parse(text)).isEqualTo(expected);
		assertThat(Digits.parse("x" + text + "9", 1, text.length() + 1)).isEqualTo(expected);
		assertThat(Digits.areDigits(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "+5", "-5", "1 ", " 1", "1,1", "0x1", "\u0664", "\uff11", "1_0" })
	void otherTextIsNotANumber(String text) {
		assertThat(Digits.parse(text)).isEqualTo(Digits.NOT_A_NUMBER);
		assertThat(Digits.areDigits(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "9223372036854775808", "99999999999999999999", "18446744073709551616" })
	void overflowIsNotANumber(String text) {
		assertThat(Digits.parse(text)).isEqualTo(Digits.NOT_A_NUMBER);
		assertThat(Digits.areDigits(text)).isTrue();
	}

	@Test
	void runOfDigitsEndsAtTheFirstOtherCharacter() {
		assertThat(Digits.end("ab12c", 2)).isEqualTo(4);
		assertThat(Digits.end("ab12", 2)).isEqualTo(4);
		assertThat(Digits.end("ab", 1)).isEqualTo(1);
	}

	@Test
	void hexadecimalDigitsAreAscii() {
		for (int c = 0; c < 0x10000; c++) {
			assertThat(Digits.hexValue(c)).isEqualTo((c < 128) ? Character.digit(c, 16) : -1);
		}
	}

}
