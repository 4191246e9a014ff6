package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UrlResolverTests {

	private static String redirect(String from, String location) {
		return UrlResolver.redirect(ParsedUrl.split(from), location).text();
	}

	@ParameterizedTest
	@CsvSource({ "//other/x, https://other/x", "/x, https://h/x", "x, https://h/a/x", "../x, https://h/x",
			"?q, https://h/a/b?q", "./, https://h/a/", "http://other, http://other",
			"HTTP://Other/%c3, http://Other/%c3", "http://other/a/../b, http://other/a/../b", "a//b, https://h/a/a/b",
			"/a//b, https://h/a//b" })
	@DisplayName("151: targets are joined with the URL")
	void locationIsJoinedWithTheUrl(String location, String target) {
		assertThat(redirect("https://h/a/b?x", location)).isEqualTo(target);
	}

	@ParameterizedTest
	@CsvSource({ "http://h/a#old, /b, http://h/b#old", "http://h/a#old, /b#new, http://h/b#new",
			"http://h/a#old, http://g, http://g#old", "http://h/a, /b, http://h/b", "http://h/a#old, #, http://h/a#old",
			"http://h/a#old, '?', http://h/a#old" })
	@DisplayName("152: the fragment is inherited")
	void fragmentIsInheritedUnlessReplaced(String from, String location, String target) {
		assertThat(redirect(from, location)).isEqualTo(target);
	}

	@Test
	@DisplayName("153: two Location headers are joined to one relative target")
	void joinedLocationHeadersAreARelativeTarget() {
		assertThat(redirect("http://h/x/y", "/a, /b")).isEqualTo("http://h/a,%20/b");
	}

	@Test
	@DisplayName("154: leading blanks of Location are removed, and others are encoded")
	void blanksOfALocationAreTrimmedOrEncoded() {
		assertThat(redirect("http://h/x", "  /a b ")).isEqualTo("http://h/a%20b%20");
	}

	@ParameterizedTest
	@CsvSource({ "http://b\u00fccher.example/\u00fc,http://xn--bcher-kva.example/%C3%BC",
			"//B\u00dcCHER.example:81,https://xn--bcher-kva.example:81",
			"http://u:p@b\u00fccher.example?q,http://u:p@xn--bcher-kva.example?q",
			"http://\u00fc@h.example/,http://%C3%BC@h.example/", "/b\u00fccher.example,https://h/b%C3%BCcher.example" })
	@DisplayName("155 (difference): a host beyond ASCII is encoded by IDNA, as in a URL of the caller")
	void hostOfALocationIsEncodedByIdna(String location, String target) {
		assertThat(redirect("https://h/x", location)).isEqualTo(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://\u2603.example/", "http://b\u00fccher.example:x/", "http://b\u00fc\\@h/",
			"http://b%C3%BCcher.example/" })
	@DisplayName("155, threat 33: a host that IDNA does not allow is rejected")
	void invalidHostOfALocationIsRejected(String location) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> redirect("https://h/x", location));
	}

	@Test
	@DisplayName("46, 150: the target is quoted, and again on the request line")
	void targetIsQuotedAgainOnTheRequestLine() {
		Url target = UrlResolver.redirect(ParsedUrl.split("http://h/"), "/a[b]/\u00E9");
		assertThat(target.text()).isEqualTo("http://h/a[b]/%C3%A9");
		assertThat(target.requestTarget()).isEqualTo("/a%5Bb%5D/%C3%A9");
	}

	@ParameterizedTest
	@CsvSource({ "ftp://x/y, ftp", "mailto:x@y, mailto", "javascript:alert(1), javascript",
			"file:///etc/passwd, file" })
	@DisplayName("155, threat 32: another scheme is returned for the session to reject")
	void otherSchemeIsReturnedForTheSessionToReject(String location, String scheme) {
		Url target = UrlResolver.redirect(ParsedUrl.split("http://h/"), location);
		assertThat(target.scheme()).isEqualTo(scheme);
		assertThat(target.isHttp()).isFalse();
	}

	@Test
	@DisplayName("155: a Location without a host is relative; with another scheme it is an error")
	void locationWithoutHostIsRelative() {
		assertThat(redirect("http://h/a/b", "http:///x")).isEqualTo("http://h/x");
		assertThat(redirect("http://h/a/b", "http:x")).isEqualTo("http://h/x");
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> redirect("http://h/", "https:///x"))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(UrlSyntaxException.Problem.NO_HOST));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http:////x/y", "HTTP:////x", "////x/y", "https://///x", "http:////", "/////" })
	@DisplayName("155 (difference), threat 33: more than two slashes are rejected")
	void tooManySlashesAreRejected(String location) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> redirect("http://h/a", location))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(UrlSyntaxException.Problem.NO_HOST));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::1/", "http://h:70000/", "http://h:x/", "http://good\\@evil/", "//good\\@evil/",
			"http://[::1]x/", "http://[good]@evil/", "http://g\u0000/", "http://[::%]:80/", "http://[1.2.3.4]/",
			"http://[v1.x]/", "//a%6%666/", "http://good%40evil/", "http://1.2.3.256/", "http://a%20b/",
			"http://1.2.3.4.5/" })
	@DisplayName("155, threat 33: malformed and ambiguous targets are rejected")
	void malformedLocationIsRejected(String location) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> redirect("http://h/", location))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(UrlSyntaxException.Problem.INVALID));
	}

	@ParameterizedTest
	@CsvSource({ "http://[FE80::1%25Eth0]/, [fe80::1%25Eth0]", "http://[::1%eth0]/, [::1%25eth0]",
			"http://[::1\"\"]/, [::1%2522%22]" })
	@DisplayName("34, 151: the zone of a target is normalised as when preparing")
	void zoneOfATargetIsNormalised(String location, String host) {
		Url target = UrlResolver.redirect(ParsedUrl.split("http://h/"), location);
		assertThat(target.host()).isEqualTo(host).isEqualTo(ParsedUrl.parse(target.text()).host());
	}

	@ParameterizedTest
	@CsvSource({ "g, http://a/b/c/g", "./g, http://a/b/c/g", "g/, http://a/b/c/g/", "/g, http://a/g", "//g, http://g",
			"?y, http://a/b/c/d;p?y", "g?y, http://a/b/c/g?y", "#s, http://a/b/c/d;p?q#s", "g#s, http://a/b/c/g#s",
			"g?y#s, http://a/b/c/g?y#s", ";x, http://a/b/c/;x", "g;x, http://a/b/c/g;x",
			"g;x?y#s, http://a/b/c/g;x?y#s", "., http://a/b/c/", "./, http://a/b/c/", ".., http://a/b/",
			"../, http://a/b/", "../g, http://a/b/g", "../.., http://a/", "../../, http://a/", "../../g, http://a/g",
			"../../../g, http://a/g", "../../../../g, http://a/g", "/./g, http://a/g", "/../g, http://a/g",
			"g., http://a/b/c/g.", ".g, http://a/b/c/.g", "g.., http://a/b/c/g..", "..g, http://a/b/c/..g",
			"./../g, http://a/b/g", "./g/., http://a/b/c/g/", "g/./h, http://a/b/c/g/h", "g/../h, http://a/b/c/h",
			"g;x=1/./y, http://a/b/c/g;x=1/y", "g;x=1/../y, http://a/b/c/y", "g?y/./x, http://a/b/c/g?y/./x",
			"g#s/../x, http://a/b/c/g#s/../x" })
	@DisplayName("151: the examples of RFC 3986, section 5.4, are joined")
	void examplesOfRfc3986AreJoined(String reference, String joined) {
		assertThat(UrlResolver.join("http://a/b/c/d;p?q", reference)).isEqualTo(joined);
	}

	@Test
	@DisplayName("151: empty base URLs and references are joined")
	void emptyReferencesAreJoined() {
		assertThat(UrlResolver.join("", "x")).isEqualTo("x");
		assertThat(UrlResolver.join("http://h/a", "")).isEqualTo("http://h/a");
		assertThat(UrlResolver.join("http://h", "x")).isEqualTo("http://h/x");
		assertThat(UrlResolver.join("http://h/a", "g:h")).isEqualTo("g:h");
	}

}
