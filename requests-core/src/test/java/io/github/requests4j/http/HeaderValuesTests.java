package io.github.requests4j.http;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderValuesTests {

	/** Those of upstream's own tests. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "`` | ``", "Test | Test", "\"Test\" | Test", "\"Test\\\\\" | Test\\",
					"\"\\\\Comp\\Res\" | \\Comp\\Res", "\"a\\\"b\" | a\"b", "\" | ``", "\"a | \"a" })
	@DisplayName("245, 247: quotes are removed from a value")
	void quotedValuesAreUnquoted(String value, String expected) {
		assertThat(HeaderValues.unquote(value)).isEqualTo(expected);
	}

	@Test
	@DisplayName("247: UNC names keep their backslashes when the value is a file name")
	void uncNamesKeepTheirBackslashes() {
		assertThat(HeaderValues.unquoteFilename("\"\\\\Comp\\Res\"")).isEqualTo("\\\\Comp\\Res");
		assertThat(HeaderValues.unquoteFilename("\"a\\\\b\"")).isEqualTo("a\\b");
		assertThat(HeaderValues.unquoteFilename("a")).isEqualTo("a");
	}

	@Test
	@DisplayName("245: the lists of requests' own tests")
	void listsAndDictsAreParsed() {
		assertThat(HeaderValues.parseList("foo=\"is a fish\", bar=\"as well\"")).containsExactly("foo=\"is a fish\"",
				"bar=\"as well\"");
		assertThat(HeaderValues.parseList("value, \"quoted value\"")).containsExactly("value", "quoted value");
		assertThat(HeaderValues.parseList("")).isEmpty();
		assertThat(HeaderValues.parseDict("foo=\"is a fish\", bar=\"as well\"")).containsEntry("foo", "is a fish")
			.containsEntry("bar", "as well")
			.hasSize(2);
		assertThat(HeaderValues.parseDict("key_without_value")).containsEntry("key_without_value", null).hasSize(1);
		assertThat(HeaderValues.parseDict("a=1, a=2")).containsEntry("a", "2").hasSize(1);
	}

	@Test
	@DisplayName("threat 45: 1 MB is parsed in linear time")
	void longValuesAreParsedInLinearTime() {
		assertThat(HeaderValues.parseList("\"".repeat(1_000_000))).hasSize(1);
		assertThat(HeaderValues.parseDict(",".repeat(1_000_000))).hasSize(1);
		assertThat(HeaderValues.parseList("\"\\".repeat(500_000))).hasSize(1);
	}

}
