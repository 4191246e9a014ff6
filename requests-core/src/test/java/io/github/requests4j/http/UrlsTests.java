package io.github.requests4j.http;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The helpers for URLs, with the examples of requests' own tests.
 */
class UrlsTests {

	@ParameterizedTest
	@CsvSource({ "http://example.com/fiz?buz=%25ppicture, http://example.com/fiz?buz=%25ppicture",
			"http://example.com/fiz?buz=%ppicture, http://example.com/fiz?buz=%25ppicture", "http://a/%, http://a/%",
			"http://a/a b[c], http://a/a%20b[c]" })
	@DisplayName("47: a URI is quoted consistently")
	void urisAreRequoted(String uri, String expected) {
		assertThat(Urls.requoteUri(uri)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "http://example.com/?a=%--, http://example.com/?a=%--",
			"http://example.com/?a=%300, http://example.com/?a=00", "http://example.com/%7E, http://example.com/~" })
	@DisplayName("48: escapes of unreserved characters are decoded")
	void unreservedEscapesAreDecoded(String uri, String expected) {
		assertThat(Urls.unquoteUnreserved(uri)).isEqualTo(expected);
	}

	@Test
	@DisplayName("48: an invalid escape is an InvalidUrlException")
	void invalidEscapeIsReported() {
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> Urls.unquoteUnreserved("http://a/%zz"))
			.withMessage("Invalid percent-escape sequence: 'zz'");
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> Urls.split("http://[::1"));
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> Urls.getAuthFromUrl("http://u:p@[::1"));
	}

	@ParameterizedTest
	@CsvSource({ "http://u:p@example.com/path?a=b#f, http://example.com/path?a=b",
			"//u:p@example.com/path#f, //example.com/path", "example.com/path#f, //example.com/path",
			"scheme:u:p@example.com/path#f, scheme://example.com/path" })
	@DisplayName("247: fragment and credentials are removed")
	void urldefragauthRemovesFragmentAndCredentials(String url, String expected) {
		assertThat(Urls.urldefragauth(url)).isEqualTo(expected);
	}

	@Test
	@DisplayName("128, 247: credentials of a URL are decoded")
	void credentialsOfAUrlAreDecoded() {
		assertThat(Urls.getAuthFromUrl("http://user%25user:pass%20pass@h/p"))
			.isEqualTo(new BasicCredentials("user%user", "pass pass"));
		assertThat(Urls.getAuthFromUrl("http://h/p")).isNull();
	}

}
