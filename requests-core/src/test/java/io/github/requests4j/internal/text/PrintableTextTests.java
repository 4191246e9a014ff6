package io.github.requests4j.internal.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how texts are shown in messages.
 */
class PrintableTextTests {

	@Test
	void controlCharactersAndUnusualSpacesAreEscaped() {
		assertThat(PrintableText
			.printable("a\n\r\t\u0000\u001f\u007f\u0085\u00a0\u2003\u2028\u2029\u3000 \u00e9\ud83d\ude00"))
			.isEqualTo("a\\n\\r\\t\\x00\\x1f\\x7f\\x85\\xa0\\u2003\\u2028\\u2029\\u3000 \u00e9\ud83d\ude00");
	}

	@Test
	void textIsQuotedAsInPython() {
		assertThat(PrintableText.quoted("a\\b\n")).isEqualTo("'a\\\\b\\n'");
		assertThat(PrintableText.quoted("it's")).isEqualTo("\"it's\"");
		assertThat(PrintableText.quoted("'\"")).isEqualTo("'\\'\"'");
		assertThat(PrintableText.quoted("")).isEqualTo("''");
	}

}
