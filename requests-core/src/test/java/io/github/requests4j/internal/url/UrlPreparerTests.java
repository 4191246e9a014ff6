package io.github.requests4j.internal.url;

import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.KeyValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UrlPreparerTests {

	private static String prepare(String url) {
		return UrlPreparer.prepare(url, "").text();
	}

	private static UrlSyntaxException.Problem problem(String url) {
		try {
			throw new AssertionError("prepared: " + prepare(url));
		}
		catch (UrlSyntaxException ex) {
			return ex.problem();
		}
	}

	@Test
	@DisplayName("24: leading white space is removed, and trailing white space is encoded")
	void leadingWhiteSpaceIsRemovedAndTrailingEncoded() {
		assertThat(prepare("   http://a/ ")).isEqualTo("http://a/%20");
		assertThat(prepare("\u3000\u00A0\u0085\t\r\nhttp://a/\t\n")).isEqualTo("http://a/%09%0A");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mailto:x", "data:text/plain,a b", "ftp://x/ y", "localhost:80", "example.com:80/x" })
	@DisplayName("25: a URL with a scheme other than http is kept unchanged, without the parameters")
	void urlOfAnotherSchemeIsUnchanged(String url) {
		ParsedUrl prepared = UrlPreparer.prepare(url, KeyValues.fromMap(Map.of("a", "b")).encode());
		assertThat(prepared.text()).isEqualTo(url);
		assertThat(prepared.isHttp()).isFalse();
	}

	@Test
	@DisplayName("26: a scheme that only starts with http is parsed but not normalised")
	void schemeThatStartsWithHttpIsParsedButNotNormalised() {
		assertThat(prepare("httpx://Foo/../b")).isEqualTo("httpx://Foo/../b");
		ParsedUrl unix = UrlPreparer.prepare("http+unix://%2Fvar/x", KeyValues.fromMap(Map.of("a", 1)).encode());
		assertThat(unix.text()).isEqualTo("http+unix://%2Fvar/x?a=1");
		assertThat(unix.pathUrl()).isEqualTo("/x?a=1");
	}

	@Test
	@DisplayName("27: a missing scheme is reported")
	void missingSchemeIsReported() {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("x"))
			.withMessage("Invalid URL 'x': No scheme supplied. Perhaps you meant https://x?")
			.satisfies((ex) -> assertThat(ex.url()).isEqualTo("x"));
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("//h/"))
			.withMessage("Invalid URL '//h/': No scheme supplied. Perhaps you meant https:////h/?");
		assertThat(problem("")).isEqualTo(UrlSyntaxException.Problem.NO_SCHEME);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://", "http:", "http:/a", "https:foo", "http:///path", "http://:80/", "http://u:p@/" })
	@DisplayName("28: a missing host is reported")
	void missingHostIsReported(String url) {
		assertThat(problem(url)).isEqualTo(UrlSyntaxException.Problem.NO_HOST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h:65536/", "http://h:-1/", "http://h:abc/", "http://h:\u0663/", "http://[::1",
			"http://::1/", "http://[::1]x/", "http://[1:2:3]/", "http://[:::1]/", "http://[1::2::3]/", "http://[g::]/",
			"http://[::1.2.3]/", "http://[::1.522.0.4]/", "http://[::1.2.3.04]/", "http://[::1.2.3.4.5]/",
			"http://[::1.2..4]/", "http://[1:2:3:4:5:6:7:8:9]/", "http://[::1%]/", "http://[v1.x]/", "http://a%zz/",
			"http://a%/", "http://a]b/" })
	@DisplayName("29: a malformed URL is rejected")
	void malformedUrlIsRejected(String url) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare(url))
			.withMessage("Failed to parse: " + url)
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(UrlSyntaxException.Problem.INVALID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::]/", "http://[1:2:3:4:5:6:7:8]/", "http://[::1.2.3.4]/",
			"http://[::0.10.255.249]/", "http://[1::]/", "http://[1:2:3:4:5:6:1.2.3.4]/", "http://[1:2:3::5:6:7:8]/",
			"http://[fe80::1%25a-b]/" })
	@DisplayName("29: every form of IPv6 address is accepted")
	void ipv6HostIsAccepted(String url) {
		assertThat(prepare(url)).isEqualTo(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://*/", "http://*.a.com/", "http://.a/", "http://%2Ea/" })
	@DisplayName("30: a host that starts with a star or a dot is rejected")
	void hostThatStartsWithAStarOrDotIsRejected(String url) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare(url))
			.withMessage("URL has an invalid label.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://a*b/", "http://-a.com/", "http://exa_mple.com/", "http://a..b/", "http://a./" })
	@DisplayName("30: unusual hosts are accepted")
	void unusualHostsAreAccepted(String url) {
		assertThat(prepare(url)).isEqualTo(url);
	}

	@Test
	@DisplayName("31: only the scheme and host are converted to lower case")
	void schemeAndHostAreLowerCased() {
		assertThat(prepare("HTTP://User:PW@Example.COM/Path?Query#Frag"))
			.isEqualTo("http://User:PW@example.com/Path?Query#Frag");
		assertThat(prepare("http://%4Axample/")).isEqualTo("http://jxample/");
	}

	@ParameterizedTest
	@CsvSource({ "http://[FE80::1%eth0]/, http://[fe80::1%25eth0]/",
			"http://[FE80::1%25eth0]/, http://[fe80::1%25eth0]/", "http://[fe80::1%25]/, http://[fe80::1%2525]/",
			"http://0x7f.1/, http://127.0.0.1/", "http://2130706433/, http://127.0.0.1/",
			"http://127.1:80/, http://127.0.0.1:80/", "http://0177.0.0.1/, http://127.0.0.1/",
			"http://%30%78%37F.1/, http://127.0.0.1/", "http://0/, http://0.0.0.0/",
			"http://u@10.0.257/, http://u@10.0.1.1/", "http://127.0.0.1./, http://127.0.0.1/",
			"http://1.2.3.4/, http://1.2.3.4/", "http://1.2.3/x, http://1.2.0.3/x",
			"http://1.example/, http://1.example/", "http://0x1.a/, http://0x1.a/", "http://web.1/, http://web.1/",
			"http://[fe80::1%eth0]/%20?a%20, http://[fe80::1%25eth0]/%20?a%20" })
	@DisplayName("34: addresses are normalised")
	void addressesAreNormalised(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
	}

	@Test
	@DisplayName("34: the zone is kept if a stray percent sign makes every percent sign escape")
	void zoneIsKeptWithAStrayPercentSign() {
		assertThat(UrlPreparer.prepare("http://[fe80::1%eth0]:80/", KeyValues.fromText("a=%zz").encode()).text())
			.isEqualTo("http://[fe80::1%25eth0]:80/?a=%25zz");
	}

	@ParameterizedTest
	@CsvSource({ "http://h:080/, http://h:80/", "http://h:/, http://h/", "http://h:0/, http://h/",
			"http://h:000/, http://h/", "http://h:80/, http://h:80/", "https://h:443/, https://h:443/",
			"http://h:000000000000000000000080/, http://h:80/" })
	@DisplayName("35: ports are normalised")
	void portsAreNormalised(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
	}

	@ParameterizedTest
	@CsvSource({ "http://u:p@ss@h/, http://u:p%40ss@h/", "http://@h/, http://h/", "http://:@h/, http://:@h/",
			"http://:p@h/, http://:p@h/", "http://us er@h/, http://us%20er@h/" })
	@DisplayName("36: user information is kept and encoded, but never sent")
	void userInfoIsEncoded(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
		ParsedUrl parsed = UrlPreparer.prepare(url, "");
		assertThat(parsed.requestTarget()).isEqualTo("/");
		assertThat(parsed.hostHeader()).isEqualTo("h");
	}

	@ParameterizedTest
	@CsvSource({ "http://h, http://h/", "http://h?x, http://h/?x", "http://h#f, http://h/#f" })
	@DisplayName("37: an empty path becomes a slash")
	void emptyPathBecomesASlash(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
	}

	@ParameterizedTest
	@CsvSource({ "/a/../b/./c, /b/c", "/../../a, /a", "//a//b, //a//b", "/a/.., /", "/a/., /a/", "/a/b/.., /a/",
			"/..., /...", "/.a/..b, /.a/..b", "/a//../b, /a/b" })
	@DisplayName("38: dot segments are removed, double slashes kept")
	void dotSegmentsAreRemoved(String path, String prepared) {
		assertThat(prepare("http://h" + path)).isEqualTo("http://h" + prepared);
		assertThat(prepare("http://h" + path + "?/../")).isEqualTo("http://h" + prepared + "?/../");
	}

	@ParameterizedTest
	@CsvSource({ "http://h/?, http://h/", "http://h/#, http://h/", "http://h/?#, http://h/", "http://h/??, http://h/??",
			"http://h/?x#, http://h/?x" })
	@DisplayName("39: the delimiter of an empty query or fragment is removed")
	void emptyQueryAndFragmentAreRemoved(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
	}

	@ParameterizedTest
	@CsvSource({ "http://h/%c3%a9, http://h/%C3%A9", "http://h/%7Eu/%41%2f, http://h/~u/A%2F",
			"http://%65xample.com/, http://example.com/", "http://h/?%7e#%7e, http://h/?~#~" })
	@DisplayName("40: escapes are upper-cased, and decoded if they are not needed")
	void escapesAreNormalised(String url, String prepared) {
		assertThat(prepare(url)).isEqualTo(prepared);
	}

	@ParameterizedTest
	@CsvSource({ "/a%zz%20b, /a%25zz%2520b", "/100%25%, /100%2525%25", "/%zz?%20, /%25zz?%20", "/%20?%, /%20?%25",
			"/a%c3%, /a%25C3%25", "/%%41, /%25%2541" })
	@DisplayName("41: one stray percent sign makes its whole component literal")
	void strayPercentSignEscapesEveryPercentSign(String path, String prepared) {
		assertThat(prepare("http://h" + path)).isEqualTo("http://h" + prepared);
	}

	@Test
	@DisplayName("42: characters that are not allowed are encoded, and others are kept")
	void otherCharactersAreEncoded() {
		String bad = " \"<>\\^`{|}[]\u0000\u001F\u007F\u00E9\u65E5\uD83D\uDE00";
		String good = "%20%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D%00%1F%7F%C3%A9%E6%97%A5%F0%9F%98%80";
		String left = "!$&'()*+,;=:@~-._/";
		assertThat(prepare("http://h/" + bad + left)).isEqualTo("http://h/" + good + left);
		assertThat(prepare("http://h/?" + bad + left + "?")).isEqualTo("http://h/?" + good + left + "?");
		assertThat(prepare("http://h/#" + bad + left + "?")).isEqualTo("http://h/#" + good + left + "?");
		assertThat(prepare("http://h/\uD800")).as("half a pair").isEqualTo("http://h/%EF%BF%BD");
	}

	@Test
	@DisplayName("43: parameters of path segments and plus signs are kept")
	void pathParametersAreKept() {
		assertThat(prepare("http://a/a;b=c;d?e;f")).isEqualTo("http://a/a;b=c;d?e;f");
		assertThat(prepare("http://a/a+b?c+d")).isEqualTo("http://a/a+b?c+d");
	}

	@Test
	@DisplayName("45: leading double slashes of the path are kept")
	void doubleSlashIsKept() {
		ParsedUrl url = UrlPreparer.prepare("http://h//v:h", "");
		assertThat(url.requestTarget()).isEqualTo("//v:h");
		assertThat(url.hostForConnect()).isEqualTo("h");
	}

	@ParameterizedTest
	@CsvSource({ "http://h/, http://h/?a=b+c", "http://h/?z=1, http://h/?z=1&a=b+c",
			"http://h/?z=1&, http://h/?z=1&&a=b+c", "http://h/?, http://h/?a=b+c", "http://h/?x#y, http://h/?x&a=b+c#y",
			"http://h/#f, http://h/?a=b+c#f", "http://h#f, http://h/?a=b+c#f", "HTTP://h?x#f, http://h/?x&a=b+c#f" })
	@DisplayName("52: parameters are added after the query and before the fragment")
	void parametersAreAppended(String url, String prepared) {
		ParsedUrl appended = UrlPreparer.prepare(url, KeyValues.fromMap(Map.of("a", "b c")).encode());
		assertThat(appended.text()).isEqualTo(prepared);
		assertThat(appended.layout()).isEqualTo(ParsedUrl.split(prepared, false).layout());
		assertThat(UrlPreparer.prepare("http://h/#f", KeyValues.empty().encode()).text()).isEqualTo("http://h/#f");
	}

	@Test
	@DisplayName("51: encoded text is requoted as part of the whole URL")
	void encodedTextIsRequoted() {
		assertThat(UrlPreparer.prepare("http://a/", KeyValues.fromText("?a b\u00E9").encode()).text())
			.isEqualTo("http://a/??a%20b%C3%A9");
		assertThat(UrlPreparer.prepare("http://a/%20", KeyValues.fromText("x=%zz").encode()).text())
			.isEqualTo("http://a/%2520?x=%25zz");
		ParsedUrl brackets = UrlPreparer.prepare("http://a/", KeyValues.fromText("a[]=1").encode());
		assertThat(brackets.text()).isEqualTo("http://a/?a[]=1");
		assertThat(brackets.requestTarget()).isEqualTo("/?a%5B%5D=1");
		assertThat(UrlPreparer.prepare("http://a/", KeyValues.fromText("a#b").encode()).requestTarget())
			.isEqualTo("/?a");
	}

	@Test
	@DisplayName("24: a URL in its final form is returned unchanged")
	void normalisedUrlIsReturnedUnchanged() {
		String url = "https://api.example.com:8443/v1/items%2Fa/x.y?q=tea&n=%C3%A9#top";
		assertThat(prepare(url)).isSameAs(url);
	}

	@Test
	@DisplayName("31-42: the fast path and the full algorithm agree, and preparing twice changes nothing")
	void fastPathMatchesTheFullAlgorithm() {
		Random random = new Random(42);
		String[] pieces = { "a", "Z", "0", ".", "..", "/", "//", "?", "#", "%41", "%2F", "%C3%A9", "%c3", "%", ":", "@",
				"=", "&", "~", " ", "[", "\u00E9" };
		for (int i = 0; i < 20_000; i++) {
			StringBuilder url = new StringBuilder((i % 2 == 0) ? "http://h.x" : "https://h.x:8080").append('/');
			for (int j = random.nextInt(8); j > 0; j--) {
				url.append(pieces[random.nextInt(pieces.length)]);
			}
			String text = url.toString();
			// A leading blank is removed, and prevents the fast path
			ParsedUrl prepared = UrlPreparer.prepare(text, "");
			assertThat(prepared).isEqualTo(UrlPreparer.prepare(" " + text, ""));
			assertThat(prepared.layout()).as(text).isEqualTo(ParsedUrl.split(prepared.text(), false).layout());
			ParsedUrl longWay = UrlPreparer.prepare(" " + text, KeyValues.fromText("a=1").encode());
			assertThat(UrlPreparer.prepare(text, KeyValues.fromText("a=1").encode())).isEqualTo(longWay);
			if (!text.contains(".%41") && !text.contains("%41.") && !text.contains("..")) {
				assertThat(prepare(prepared.text())).isEqualTo(prepared.text());
			}
		}
	}

	@Test
	@DisplayName("threat 15: control characters are rejected in the host and encoded elsewhere")
	void controlCharactersAreRejectedOrEncoded() {
		for (char control = 0; control < 0xA0; control = (control == 0x1F) ? 0x7F : (char) (control + 1)) {
			String host = "http://a" + control + "b/";
			assertThat(problem(host)).isEqualTo(UrlSyntaxException.Problem.INVALID);
			assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> ParsedUrl.split(host));
			String elsewhere = "http://u" + control + "@h/p" + control + "?q" + control + "#f" + control;
			assertThat(prepare(elsewhere)).matches("[!-~]+");
			assertThat(ParsedUrl.split("http://h/p" + control + "?q" + control).requestTarget()).matches("[!-~]+");
		}
	}

	@ParameterizedTest
	@CsvSource({ "http://good\\@evil/, good, /%5C@evil/", "http://good/@evil/, good, /@evil/",
			"http://good?@evil/, good, /?@evil/", "http://good%2f@evil/, evil, /", "http://good#@evil/, good, /",
			"http://a@good@evil/, evil, /", "http://[::1]@evil/, evil, /", "http://good%5c@evil/, evil, /" })
	@DisplayName("threat 33 (CVE-2024-22243, CVE-2022-27780): a single parser decides about the host")
	void misleadingUrlHasOneHostEverywhere(String url, String host, String target) {
		ParsedUrl prepared = UrlPreparer.prepare(url, "");
		assertThat(prepared.hostForConnect()).isEqualTo(host);
		assertThat(prepared.hostHeader()).isEqualTo(host);
		assertThat(prepared.requestTarget()).isEqualTo(target);
		assertThat(java.net.URI.create(prepared.text()).getRawAuthority()).endsWith(host);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://good%40evil/", "http://good%00.evil/", "http://a b/", "http://a%20b/",
			"http://ho%00st/", "http://ho%2fst/", "http://ho%3ast/", "http://a<b/", "http://a>b/", "http://a^b/",
			"http://a|b/", "http://a{b}/", "http://a\"b/", "http://a%7fb/", "http://a%25b/", "http://caf%C3%A9/",
			"http://256.256.256.256/", "http://1.2.3.4.5/", "http://1.2.3.08/", "http://0xffffffff1/",
			"http://4294967296/", "http://1..2/", "http://0x/", "http://1.2.3.4.5.6.7./" })
	@DisplayName("34, threat 33: an invalid host is rejected, wherever the URL comes from")
	void invalidHostIsRejected(String url) {
		assertThat(problem(url)).isEqualTo(UrlSyntaxException.Problem.INVALID);
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> ParsedUrl.split(url));
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> ParsedUrl.parse(url));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://0177.0.0.1/", "http://127.1/", "http://0x7f000001/" })
	@DisplayName("34: a URL set by hand has the same host everywhere")
	void urlSetByHandHasOneHostEverywhere(String url) {
		ParsedUrl split = ParsedUrl.split(url);
		assertThat(split.text()).isEqualTo(url);
		assertThat(split.host()).isEqualTo("127.0.0.1");
		assertThat(split.hostForConnect()).isEqualTo("127.0.0.1");
		assertThat(split.hostHeader()).isEqualTo("127.0.0.1");
		assertThat(split.absoluteTarget()).isEqualTo("http://127.0.0.1/");
		assertThat(split.origin()).isEqualTo("http://127.0.0.1");
	}

	@Test
	@DisplayName("threat 8, threat 40: messages show neither passwords nor raw control characters")
	void messagesShowNeitherPasswordsNorControlCharacters() {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("http://u:s3cret@h:99999/"))
			.withMessage("Failed to parse: http://u:***@h:99999/")
			.satisfies((ex) -> assertThat(ex.url()).isEqualTo("http://u:***@h:99999/"));
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("http://u:s3c/ret@h/"))
			.withMessageNotContaining("s3c");
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("http://u:s3cret@/"))
			.withMessage("Invalid URL 'http://u:***@/': No host supplied. Check the part between '//' and the path. "
					+ "A variable may be empty.");
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("http//u:s3cret@h/"))
			.withMessage(
					"Invalid URL 'http//u:***@h/': No scheme supplied. " + "Perhaps you meant https://http//u:***@h/?");
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> prepare("http://a\nb:x/"))
			.withMessageContaining("http://a\\nb:x/");
	}

}
