package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UrlTests {

	@Test
	@DisplayName("44: a URL is split into its components")
	void componentsAreSplit() {
		Url url = ParsedUrl.split("https://u:p@H.com:8443/a/b?x=1?#f#g");
		assertThat(url.scheme()).isEqualTo("https");
		assertThat(url.userinfo()).isEqualTo("u:p");
		assertThat(url.host()).isEqualTo("h.com");
		assertThat(url.port()).isEqualTo(8443);
		assertThat(url.effectivePort()).isEqualTo(8443);
		assertThat(url.path()).isEqualTo("/a/b");
		assertThat(url.query()).isEqualTo("x=1?");
		assertThat(url.fragment()).isEqualTo("f#g");
		assertThat(url.text()).isEqualTo("https://u:p@H.com:8443/a/b?x=1?#f#g");
		assertThat(url.origin()).isEqualTo("https://h.com:8443");
		assertThat(url.isHttp()).isTrue();
		assertThat(url.isSecure()).isTrue();
	}

	@Test
	@DisplayName("44: absent components are null, -1 or empty")
	void absentComponentsAreNullOrEmpty() {
		Url url = ParsedUrl.split("http://h");
		assertThat(url.userinfo()).isNull();
		assertThat(url.query()).isNull();
		assertThat(url.fragment()).isNull();
		assertThat(url.port()).isEqualTo(-1);
		assertThat(url.effectivePort()).isEqualTo(80);
		assertThat(url.path()).isEmpty();
		Url mail = ParsedUrl.split("mailto:x@y");
		assertThat(mail.host()).isNull();
		assertThat(mail.effectivePort()).isEqualTo(-1);
		assertThat(mail.pathUrl()).isEqualTo("x@y");
		assertThatIllegalStateException().isThrownBy(mail::hostHeader).withMessageContaining("no host");
	}

	@ParameterizedTest
	@CsvSource({ "http://h, /", "http://h/, /", "http://h?q, /?q", "http://h/p;x?q, /p;x?q", "http://h#f, /",
			"http://h/?, /", "http://h/a?b#c, /a?b", "ftp://x/ y, / y", "localhost:80, 80", "example.com:80/x, 80/x" })
	@DisplayName("44: path_url matches requests")
	void pathUrlHasPathAndQuery(String url, String pathUrl) {
		assertThat(ParsedUrl.split(url).pathUrl()).isEqualTo(pathUrl);
	}

	@ParameterizedTest
	@CsvSource({ "http://h/a[b], /a%5Bb%5D", "http://h/%c3, /%C3", "http://h/a b?c d, /a%20b?c%20d",
			"http://h/%zz%20?%20, /%25zz%2520?%20", "http://h?[, /?%5B", "http://h/\u00E9, /%C3%A9",
			"http://h/a?, /a" })
	@DisplayName("46: the request target is encoded again")
	void requestTargetIsEncoded(String url, String target) {
		Url split = ParsedUrl.split(url);
		assertThat(split.requestTarget()).isEqualTo(target).isSameAs(split.requestTarget());
		assertThat(split.text()).isEqualTo(url);
	}

	@ParameterizedTest
	@CsvSource({ "http://h/, h", "http://h:80/, h", "https://h:443/, h", "http://h:443/, h:443",
			"https://H:8443/, h:8443", "http://u:p@h/, h", "http://[::1]:81/, [::1]:81",
			"http://[fe80::1%25eth0]/, [fe80::1]", "http://[fe80::1%25eth0]:81/, [fe80::1]:81" })
	@DisplayName("59: the Host header has the port only if it is not the scheme's, and no userinfo")
	void hostHeaderOmitsTheDefaultPort(String url, String header) {
		assertThat(ParsedUrl.split(url).hostHeader()).isEqualTo(header);
	}

	@ParameterizedTest
	@CsvSource({ "http://H/, h", "http://[::1]/, ::1", "http://[fe80::1%25eth0]/, fe80::1%eth0",
			"http://[fe80::1%eth0]/, fe80::1%eth0", "http://[fe80::1%25a%2Fb]/, fe80::1%a/b", "http://h./, h.",
			"http://m\u00FCnchen.de/, xn--mnchen-3ya.de" })
	@DisplayName("34: the host for name resolution has no brackets")
	void hostForConnectHasNoBrackets(String url, String host) {
		assertThat(ParsedUrl.split(url).hostForConnect()).isEqualTo(host);
	}

	@Test
	@DisplayName("183: the absolute form has neither userinfo nor fragment")
	void absoluteTargetHasNeitherUserInfoNorFragment() {
		assertThat(ParsedUrl.split("http://u:p@H:80/a b?q#f").absoluteTarget()).isEqualTo("http://h:80/a%20b?q");
		assertThat(ParsedUrl.split("http://h#f").absoluteTarget()).isEqualTo("http://h/");
		// Found by fuzzing: java.net.URI takes few characters in a zone.
		assertThat(ParsedUrl.split("http://[fe80::1%25e~h0]:79/a").absoluteTarget()).isEqualTo("http://[fe80::1]:79/a");
	}

	@ParameterizedTest
	@CsvSource({ "http://h/, HTTP://H:80/x, true", "https://h/, https://h:443, true", "http://h/, https://h/, false",
			"http://h/, http://h:81/, false", "http://h/, http://g/, false", "http://u:p@h/, http://h/, true",
			"http://[::1]/, http://[::1]:80/, true", "mailto:x, mailto:x, false" })
	@DisplayName("threat 1 (CVE-2018-18074): an origin is scheme, host and effective port")
	void sameOriginComparesSchemeHostAndPort(String one, String two, boolean same) {
		assertThat(ParsedUrl.split(one).sameOrigin(ParsedUrl.split(two))).isEqualTo(same);
		assertThat(ParsedUrl.split(two).sameOrigin(ParsedUrl.split(one))).isEqualTo(same);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::1", "http://h:x/", "http://h:70000/", "http://h:1:2/", "http://a[b/",
			"http://h\\@evil/", "http://[::1]x/", "http://h\r\nX: y/", "http://[::1]@[h/", "https://a]@h/" })
	@DisplayName("155, threat 33: a malformed authority is rejected, not guessed")
	void malformedUrlIsRejected(String url) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> ParsedUrl.split(url))
			.withMessageStartingWith("Failed to parse: " + UrlText.printable(url));
	}

	@ParameterizedTest
	@CsvSource({ "google.com/mail, //google.com/mail, , google.com, -1",
			"google.com:80, //google.com:80, , google.com, 80", "HTTP://A/../b, http://a/b, http, a, -1",
			"/a?b, /a?b, , , -1", "'', '', , , -1", "h://[::1]:5, h://[::1]:5, h, [::1], 5",
			"socks5h://U@H:1, socks5h://U@H:1, socks5h, h, 1", "localhost:3128, localhost:///3128, localhost, , -1",
			"u@[::1]:1/x, //u@[::1]:1/x, , [::1], 1" })
	@DisplayName("29: text is parsed by urllib3's rules, with or without a scheme")
	void textIsParsedLeniently(String url, String text, @Nullable String scheme, @Nullable String host, int port) {
		Url parsed = ParsedUrl.parse(url);
		assertThat(parsed.text()).isEqualTo(text);
		assertThat(parsed.scheme()).isEqualTo(scheme);
		assertThat(parsed.host()).isEqualTo(host);
		assertThat(parsed.port()).isEqualTo(port);
	}

	@Test
	@DisplayName("threat 8 (CVE-2021-22876), threat 40: toString() masks the password")
	void toStringMasksThePassword() {
		Url url = ParsedUrl.split("http://user:s3cret@h/p?q#f");
		assertThat(url).hasToString("http://user:***@h/p?q#f");
		assertThat(url.text()).contains("s3cret");
		assertThat(url.withoutUserinfoAndFragment()).isEqualTo("http://h/p?q");
		assertThat(ParsedUrl.split("http://user@h/")).hasToString("http://user@h/");
		assertThat(ParsedUrl.split("http://h/a:b@c")).hasToString("http://h/a:b@c");
		assertThat(UrlCredentials.from(url)).hasToString("UrlCredentials[***]");
	}

	@ParameterizedTest
	@CsvSource({ "http://u:p@h/, http://u:***@h/", "http://u:p@x@h/, http://u:***@h/",
			"http://u:p/x@h/, http://u:***@h/", "http://u:p?x#y@h/, http://u:***@h/", "u:p@h:80, u:***@h:80",
			"//u:p@h, //u:***@h", "http://h:80/@x, http://h:80/@x", "http://h/a:b@c, http://h/a:b@c",
			"http://u@h/, http://u@h/", "mailto:x@y, mailto:x@y", "http://h/, http://h/",
			"http://u:1234567/@h/, http://u:***@h/" })
	@DisplayName("threat 40: text that may not be a URL is masked, rather too much than too little")
	void passwordIsMaskedInAnyText(String text, String masked) {
		assertThat(UrlText.masked(text)).isEqualTo(masked);
	}

	@Test
	@DisplayName("27: text is quoted as by Python's repr")
	void textIsQuotedAsInPython() {
		assertThat(UrlText.quoted("a")).isEqualTo("'a'");
		assertThat(UrlText.quoted("it's")).isEqualTo("\"it's\"");
		assertThat(UrlText.quoted("it's \"x\"")).isEqualTo("'it\\'s \"x\"'");
		assertThat(UrlText.quoted("a\\b\n\r\t\u0000\u0085\u2028\u00E9"))
			.isEqualTo("'a\\\\b\\n\\r\\t\\x00\\x85\\u2028\u00E9'");
	}

	@ParameterizedTest
	@CsvSource({ "http://u:p@h/, u, p", "http://u:@h/, u, ''", "http://:p@h/, '', p",
			"http://u%40x:p%3A%2F@h/, u@x, p:/", "http://%C3%BC:%e2%98%83@h/, \u00FC, \u2603",
			"http://u:p:q@h/, u, p:q", "http://a+b:%zz@h/, a+b, %zz" })
	@DisplayName("128: credentials are percent-decoded as UTF-8")
	void credentialsAreDecoded(String url, String username, String password) {
		assertThat(UrlCredentials.from(ParsedUrl.split(url))).isEqualTo(new UrlCredentials(username, password));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h/", "http://u@h/", "http://:@h/", "http://@h/", "mailto:u:p@h" })
	@DisplayName("128: a URL without a password part, or with empty user information, has no credentials")
	void urlWithoutPasswordHasNoCredentials(String url) {
		assertThat(UrlCredentials.from(ParsedUrl.split(url))).isNull();
	}

	@Test
	@DisplayName("36: equality compares the text")
	void equalityComparesTheText() {
		assertThat(ParsedUrl.split("http://h/")).isEqualTo(ParsedUrl.parse("HTTP://H/"))
			.hasSameHashCodeAs(ParsedUrl.parse("HTTP://H/"));
		assertThat(ParsedUrl.split("http://h/")).isNotEqualTo(ParsedUrl.split("http://h"));
	}

}
