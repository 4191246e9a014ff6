package io.github.requests4j.spring.test;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cassettes do not keep.
 */
class SecretMaskTests {

	private final SecretMask mask = new SecretMask("X-Own");

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			Authorization    ; Basic c4n4ry
			Set-Cookie       ; id=c4n4ry
			X-Auth-Token     ; c4n4ry
			x-own            ; c4n4ry
			Location         ; http://u:c4n4ry@host/p?token=c4n4ry&a=b
			Content-Location ; /p?api_key=c4n4ry
			Referer          ; http://u:c4n4ry@host/
			Link             ; <http://host/?page=2&token=c4n4ry>; rel=next, <http://u:c4n4ry@host/>; rel=prev
			""")
	@DisplayName("threat 40: a cassette has no secret of a header")
	void headers(String name, String value) {
		assertThat(this.mask.header(name, value)).doesNotContain("c4n4ry");
	}

	@Test
	@DisplayName("what is no secret stays, so that links can be followed")
	void keepsTheRest() {
		assertThat(this.mask.header("Link", "<http://host/?page=2&token=x>; rel=\"next\""))
			.isEqualTo("<http://host/?page=2&token=***>; rel=\"next\"");
		assertThat(this.mask.header("Location", "/next?a=b$1")).isEqualTo("/next?a=b$1");
		assertThat(this.mask.header("Content-Type", "text/plain")).isEqualTo("text/plain");
		assertThat(this.mask.body("text/plain", "a\nb")).isEqualTo("a\nb");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			application/json         ; {"a":[{"password":"c4n4ry"}],"accessToken":"c4n4ry"}
			application/x-ndjson     ; {"password":"c4n4ry"}%{"password":"c4n4ry"}
			application/problem+json ; {"secret":"c4n4ry"}
			application/x-www-form-urlencoded ; a=b&client_secret=c4n4ry&password=c4n4ry
			""")
	@DisplayName("threat 40: a cassette has no secret of a form or of JSON, one document or many")
	void bodies(String type, String text) {
		assertThat(this.mask.body(type, text.replace('%', '\n'))).doesNotContain("c4n4ry").contains("***");
	}

}
