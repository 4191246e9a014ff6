package io.github.requests4j.spring.test;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.internal.url.SecretMasker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what cassettes do not record.
 */
class SecretMaskTests {

	private final SecretMasker mask = SecretMasker.with(List.of("X-Own"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Authorization    | Basic c4n4ry
			Set-Cookie       | id=c4n4ry
			X-Auth-Token     | c4n4ry
			x-own            | c4n4ry
			Location         | http://u:c4n4ry@host/p?token=c4n4ry&a=b
			Content-Location | /p?api_key=c4n4ry
			Referer          | http://u:c4n4ry@host/
			Link             | <http://host/?page=2&token=c4n4ry>; rel=next, <http://u:c4n4ry@host/>; rel=prev
			Refresh          | 5; url=http://host/#access_token=c4n4ry
			Location         | /cb#access_token=c4n4ry
			Location         | /cb?next=http%3A%2F%2Fh%2F%3Ftoken%3Dc4n4ry
			Location         | /cb?%74oken=c4n4ry
			X-Auth-Key       | c4n4ry
			X-Session        | c4n4ry
			X-Functions-Key  | c4n4ry
			Ocp-Apim-Subscription-Key | c4n4ry
			X-Original-Url   | /p?sig=c4n4ry
			""")
	@DisplayName("threat 40: a cassette has no secret of a header")
	void secretHeadersAreMasked(String name, String value) {
		assertThat(this.mask.header(name, value)).doesNotContain("c4n4ry");
	}

	@Test
	@DisplayName("text that is not secret is kept, so that links can be followed")
	void otherTextIsNotMasked() {
		assertThat(this.mask.header("Link", "<http://host/?page=2&token=x>; rel=\"next\""))
			.isEqualTo("<http://host/?page=2&token=***>; rel=\"next\"");
		assertThat(this.mask.header("Location", "/next?a=b$1")).isEqualTo("/next?a=b$1");
		assertThat(this.mask.header("Content-Type", "text/plain")).isEqualTo("text/plain");
		assertThat(this.mask.body("text/plain", "a\nb")).isEqualTo("a\nb");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " ; ", textBlock = """
			application/json         ; {"a":[{"password":"c4n4ry"}],"accessToken":"c4n4ry"}
			application/x-ndjson     ; {"password":"c4n4ry"}%{"password":"c4n4ry"}
			application/problem+json ; {"secret":"c4n4ry"}
			application/x-www-form-urlencoded ; a=b&client_secret=c4n4ry&password=c4n4ry
			Application/X-WWW-Form-URLencoded ; code=c4n4ry&client%5Fassertion=c4n4ry&pwd=c4n4ry&key=c4n4ry&sig=c4n4ry
			application/json         ; {"auth":"c4n4ry"}
			application/json         ; {"token":["c4n4ry",{"a":"c4n4ry"}]}
			application/json         ; {"credentials":{"value":"c4n4ry","more":{"n":[1,"c4n4ry"]}}}
			application/json         ; \ufeff{"pass\\u0077ord" : "c4n4ry"}
			application/json         ; {"body":"{\\"password\\":\\"c4n4ry\\"}"}
			application/json         ; {"next":"https://h/?page=2&token=c4n4ry"}
			application/json         ; {"password":"c4n4ry
			application/json         ; {'a':1, "secret" : c4n4ry, "b": 2}
			multipart/form-data; boundary=X ; --X%Content-Disposition: form-data; name="token"%%c4n4ry%--X--
			""")
	@DisplayName("threat 40: a cassette has no secret of a form or of JSON, one document or many")
	void secretsInBodiesAreMasked(String type, String text) {
		assertThat(this.mask.body(type, type.startsWith("multipart") ? text.replace("%", "\r\n") : lines(type, text)))
			.doesNotContain("c4n4ry")
			.contains("***");
	}

	private static String lines(String type, String text) {
		return type.contains("ndjson") ? text.replace('%', '\n') : text;
	}

	@Test
	@DisplayName("masked JSON keeps its structure, so that it can still be read as its type")
	void structureOfJsonIsKept() {
		assertThat(this.mask.body("application/json",
				"{\"token\": [\"a\"], \"auth\" : {\"ok\":true,\"n\":null}, \"code\":7, \"author\":\"b\"}"))
			.isEqualTo("{\"token\": [\"***\"], \"auth\" : {\"ok\":true,\"n\":null}, \"code\":7, \"author\":\"b\"}");
		assertThat(this.mask.header("Idempotency-Key", "a")).isEqualTo("a");
		assertThat(this.mask.header("X-Author", "a")).isEqualTo("a");
	}

}
