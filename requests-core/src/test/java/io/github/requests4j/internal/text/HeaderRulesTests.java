package io.github.requests4j.internal.text;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what each part of a message may contain.
 */
class HeaderRulesTests {

	@Test
	void characterClassesMatchTheRfc() {
		for (char c = 0; c < 0xffff; c++) {
			boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
			boolean control = (c < ' ' && c != '\t') || c == 0x7f;
			assertThat(HeaderRules.isToken(c)).isEqualTo(letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
			assertThat(HeaderRules.isControl(c)).isEqualTo(control);
			assertThat(HeaderRules.isValue(c)).isEqualTo(c <= 0xff && !control);
			assertThat(HeaderRules.isVisible(c)).isEqualTo(c >= '!' && c <= '~');
		}
	}

	@Test
	void firstInvalidCharacterIsFound() {
		assertThat(HeaderRules.indexOfControl("a\tb\u0001\n")).isEqualTo(3);
		assertThat(HeaderRules.indexOfControl("a\u0100")).isEqualTo(-1);
		assertThat(HeaderRules.indexOfInvalidValue("a\t\u00ff\u0100")).isEqualTo(3);
		assertThat(HeaderRules.indexOfInvalidValue("a b")).isEqualTo(-1);
		assertThat(HeaderRules.indexOfInvisible("ab c")).isEqualTo(2);
		assertThat(HeaderRules.indexOfInvisible("")).isEqualTo(-1);
		assertThat(HeaderRules.indexOfNonToken("GE/T")).isEqualTo(2);
		assertThat(HeaderRules.indexOfNonToken("GET")).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " A", "\tA", "A:b", ":", "A\nb", "A\u0000", "A\u007f", "\u00c9", "A\u0100", "A b",
			"A ", "(A)", "A/B", "A\"", "Content-Length ", "Transfer-Encoding\t" })
	void invalidHeaderNameIsRejected(String name) {
		assertThat(HeaderRules.isName(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "X-A", "x_a", "a.b", "!#$%&'*+-.^_`|~09" })
	void headerNameIsAToken(String name) {
		assertThat(HeaderRules.isName(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "close, true", "Close, true", "'a, close', true", "'close,a', true", "' close ', true",
			"'a,\tclose\t,b', true", "closed, false", "a close, false", "'', false", "'a,,b', false" })
	void listElementIsFoundInAnyCase(String list, boolean expected) {
		assertThat(HeaderRules.hasElement(list, "close")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ ",", "0,", "9223372036854775807,", ",chunked", ",Chunked" })
	void oneValidFramingHeaderIsAccepted(@Nullable String length, @Nullable String coding) {
		assertThat(HeaderRules.contradiction(length, coding)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "'',,Content-Length", "'1, 1',,Content-Length", "-1,,Content-Length", "1,chunked,both",
			",gzip,Transfer-Encoding", ",'chunked, chunked',Transfer-Encoding", ",'',Transfer-Encoding",
			"9223372036854775808,,Content-Length" })
	void invalidOrSeveralFramingHeadersAreContradictions(@Nullable String length, @Nullable String coding,
			String start) {
		assertThat(HeaderRules.contradiction(length, coding)).startsWith(start);
	}

}
