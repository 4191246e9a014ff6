package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretMasker} on text of other types.
 */
class SecretMaskerTests {

	@ParameterizedTest
	@ValueSource(strings = { "x", "a=", "a.", "a:", "<a", "<a>b", "a://", "a='", "token=a ", "Basic " })
	@DisplayName("long text is masked in linear time")
	void longTextIsMaskedInLinearTime(String piece) {
		String text = piece.repeat(300_000);
		assertThat(SecretMasker.DEFAULT.text(text)).hasSizeGreaterThanOrEqualTo(text.length() / 2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			token=Basic c4n4ry, n=1 | token=***, n=1
			n=1;token: c4n4ry;m=2 | n=1;token: ***;m=2
			a=b=token=c4n4ry d | a=b=token=*** d
			token="c4n4ry" x | token="***" x
			token= | token=
			token='' x=1 | token='' x=1
			""")
	void labelledValuesAreMasked(String text, String expected) {
		assertThat(SecretMasker.DEFAULT.text(text)).isEqualTo(expected);
	}

	@Test
	void urlWithASchemeOfAnyLengthIsMasked() {
		assertThat(SecretMasker.DEFAULT.text("x".repeat(200) + "://u:c4n4ry@h/ and http://u:c4n4ry@h/?token=c4n4ry"))
			.doesNotContain("c4n4ry")
			.contains("://", "@h/");
	}

}
