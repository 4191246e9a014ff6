package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PercentCodecTests {

	@ParameterizedTest
	@CsvSource({ "http://a/%zz%41, http://a/%25zz%2541", "http://a/%4, http://a/%4", "http://a/\u00FC, http://a/%C3%BC",
			"http://a/%c3%bc%2F%7E, http://a/%c3%bc%2F~", "http://a/%%, http://a/%%", "a%2, a%2",
			"http://a/%, http://a/%", "'{}|^`\"<> \\', %7B%7D%7C%5E%60%22%3C%3E%20%5C",
			"http://a/%\u00E91, http://a/%25%C3%A91", "[]#?, []#?" })
	@DisplayName("47: requote_uri matches requests")
	void uriIsRequoted(String uri, String quoted) {
		assertThat(PercentCodec.requoteUri(uri)).isEqualTo(quoted);
	}

	@ParameterizedTest
	@CsvSource({ "%41%2F%7E, A%2F~", "%4, %4", "%, %", "%ab, %ab", "%+1, %+1", "%z, %z", "a%2Db, a-b", "%%41, %A",
			"%\u0663\u0664, 4" })
	@DisplayName("48: unquote_unreserved matches requests")
	void unreservedEscapesAreDecoded(String uri, String unquoted) {
		assertThat(PercentCodec.unquoteUnreserved(uri)).isEqualTo(unquoted);
	}

	@ParameterizedTest
	@CsvSource({ "http://a/%zz, zz", "%41%4g, 4g", "%\u00E9\u00E9, \u00E9\u00E9" })
	@DisplayName("48: an escape that is not hexadecimal is an error")
	void invalidEscapeIsReported(String uri, String escape) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> PercentCodec.unquoteUnreserved(uri))
			.withMessage("Invalid percent-escape sequence: '" + escape + "'");
	}

	@ParameterizedTest
	@CsvSource({ "http://u:p@h/p;x?q#f, http://h/p;x?q", "http://u@h, http://h", "//u:p@h/p, //h/p",
			"http://h/#f, http://h/", "u:p@h/p, u://h/p", "h, //h", "h?q#f, //h?q", "'', ''",
			"http://a@b@h/x@y, http://h/x@y" })
	@DisplayName("247: urldefragauth matches requests")
	void urldefragauthRemovesFragmentAndCredentials(String url, String stripped) {
		assertThat(UrlSplitter.urldefragauth(url)).isEqualTo(stripped);
	}

	@ParameterizedTest
	@CsvSource({ "a%20b, a b", "%C3%A9%e2%98%83, \u00E9\u2603", "%zz%4, %zz%4", "a+b, a+b", "%FF, \uFFFD", "%%41, %A",
			"abc, abc", "x%C3y, x\uFFFDy" })
	@DisplayName("128: escapes are decoded as UTF-8")
	void escapesAreDecodedAsUtf8(String text, String decoded) {
		assertThat(PercentCodec.decode(text)).isEqualTo(decoded);
	}

	@Test
	@DisplayName("threat 42: strict encoding escapes every reserved character and is reversible")
	void everyReservedCharacterIsEncoded() {
		String all = "/?#%;=&+:@ !$'()*,[]\\{}|^\"<>`\u0000\u00E9\uD83D\uDE00az09-._~";
		String encoded = PercentCodec.encode(all);
		assertThat(encoded).matches("[A-Za-z0-9._~%-]+").endsWith("az09-._~");
		assertThat(PercentCodec.decode(encoded)).isEqualTo(all);
		assertThat(PercentCodec.encode("plain")).isSameAs("plain");
	}

}
