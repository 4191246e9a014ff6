package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InternationalHostTests {

	private static String host(String host) {
		return String.valueOf(UrlPreparer.prepare("http://" + host + "/", "").host());
	}

	@ParameterizedTest
	@CsvSource({ "m\u00FCnchen.de, xn--mnchen-3ya.de", "M\u00DCNCHEN.DE, xn--mnchen-3ya.de",
			"fa\u00DF.de, xn--fa-hia.de", "\u65E5\u672C.jp, xn--wgv71a.jp", "\u05D0\u05D11.com, xn--1-zhcd.com",
			"l\u00B7l.com, xn--ll-0ea.com", "\u03B1\u03C2.gr, xn--mxa8a.gr", "WWW.\u00E9.com., www.xn--9ca.com." })
	@DisplayName("32: IDNA 2008, non-transitional")
	void encoded(String host, String ascii) {
		assertThat(host(host)).isEqualTo(ascii);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\uFF25\uFF38.com", "a\u3002b", "\u2603.net", "\uD83D\uDE00.com", "\u2177.com",
			"\u017F.com", "a\u0301.com", "\u0301a.com", "a\u200Db.com", "a\u00ADb\u00E9.com", "xn--\u00FC.com",
			"ab--\u00FC.com", "-\u00FC.com", "\u00FC-.com", "1\u05D0.com", "\u05D0a.com", "\u00B7\u00E9.com",
			"\u0640\u0628.com", "\u00FC_\u00FC.com", "\u00FC b.com", "\u00E9%41.com", "\u0080.com", "a\u2024\u00E9",
			"\u2100.com" })
	@DisplayName("32: nothing is mapped but letter case; symbols and misplaced signs are refused")
	void refused(String host) {
		String url = "http://" + host + "/";
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> UrlPreparer.prepare(url, ""))
			.withMessage("Failed to parse: " + UrlText.printable(url));
	}

	@Test
	@DisplayName("32: a label is at most 63 characters in its encoded form")
	void length() {
		assertThat(host("\u00E9".repeat(32))).hasSizeLessThanOrEqualTo(63);
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> host("\u00E9".repeat(64)));
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> host("\u00E9" + "a".repeat(60)));
	}

	@ParameterizedTest
	@CsvSource({ "xn--n3h.net, xn--n3h.net", "XN--N3H.net, xn--n3h.net", "xn--, xn--" })
	@DisplayName("33: encoded labels pass unchanged, valid or not")
	void alreadyEncoded(String host, String ascii) {
		assertThat(host(host)).isEqualTo(ascii);
	}

	@Test
	@DisplayName("32: for other schemes characters are mapped first")
	void mapped() {
		assertThat(UrlPreparer.prepare("httpx://\uFF25\u00C9\u3002COM/", "").text())
			.isEqualTo("httpx://xn--e-bga.com/");
		assertThatExceptionOfType(UrlSyntaxException.class)
			.isThrownBy(() -> UrlPreparer.prepare("httpx://\u00E9..\uFF0F/", ""))
			.withMessage("URL has an invalid label.");
	}

}
