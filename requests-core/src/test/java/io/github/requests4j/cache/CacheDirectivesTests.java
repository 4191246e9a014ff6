package io.github.requests4j.cache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.CaseInsensitiveHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How Cache-Control is parsed, including malformed values.
 */
class CacheDirectivesTests {

	private static CacheDirectives parse(String... lines) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		for (String line : lines) {
			headers.add("Cache-Control", line);
		}
		return CacheDirectives.of(headers);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
			max-age=5                          | 5
			MAX-AGE=5                          | 5
			 public ,  max-age=5 , x           | 5
			max-age="5"                        | 5
			max-age=5;x                        | 0
			max-age= 5                         | 0
			max-age=                           | 0
			max-age                            | 0
			max-age=-1                         | 0
			max-age=5.0                        | 0
			max-age=99999999999999999999999    | 2147483647
			max-age=5, max-age=7               | 5
			x="max-age=7, y", max-age=5        | 5
			x="a\\", max-age=7", max-age=5     | 5
			,,,=,max-age=5                     | 5
			x="max-age=7                       | -1
			x-max-age=7                        | -1
			""")
	void secondsAreParsed(String line, long seconds) {
		assertThat(parse(line).seconds("max-age")).isEqualTo(seconds);
	}

	@Test
	void severalLinesAreCombined() {
		CacheDirectives directives = parse("public", "no-cache=\"Set-Cookie, X-Id\"", "no-store");
		assertThat(directives.has("public")).isTrue();
		assertThat(directives.has("no-store")).isTrue();
		assertThat(directives.isUnqualified("no-cache")).isFalse();
		assertThat(directives.fields("no-cache")).containsExactly("set-cookie", "x-id");
		assertThat(parse("no-cache").isUnqualified("no-cache")).isTrue();
	}

	@Test
	void absentHeaderHasNoDirectives() {
		assertThat(parse().isEmpty()).isTrue();
		assertThat(parse().seconds("max-age")).isEqualTo(CacheDirectives.ABSENT);
	}

}
