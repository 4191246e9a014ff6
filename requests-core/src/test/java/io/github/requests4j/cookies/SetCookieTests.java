package io.github.requests4j.cookies;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static io.github.requests4j.cookies.CookieFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of how a Set-Cookie header is read: RFC 6265bis, section 5.6.
 */
class SetCookieTests {

	private static final String URL = "https://www.example.com/dir/page";

	private static Cookie read(String header) {
		CookieJar jar = taken(URL, header);
		assertThat(jar.size()).isOne();
		return jar.iterator().next();
	}

	@ParameterizedTest
	@DisplayName("106, 112, 113: names and values are stored unchanged, without surrounding white space")
	@CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false,
			value = { "a=b~a=b", "  a  =  b  ~a=b", "a=b;~a=b", "a=b;;;; x~a=b", "a=b=c==~a=b=c==", "a=== b~a=== b",
					"a=b, c=d~a=b, c=d", "a=b c~a=b c", "a b=c~a b=c", "$Version=1; a=b~$Version=1", "#a=b~#a=b",
					"\"a=b\"=c~\"a=b\"=c", "a=\"b\"~a=\"b\"", "a=\"  b \"~a=\"  b \"", "a=\"b;c\"~a=\"b", "a=\"b~a=\"b",
					"a=\t b\t~a=b", "a=b\tc~a=b\tc", "A=b~A=b" })
	void nameAndValueAreTrimmedAndOtherwiseUnchanged(String header, String expected) {
		assertThat(sent(taken(URL, header), URL)).isEqualTo(expected);
	}

	@Test
	@DisplayName("112: a bare name has a null value; a name with an equals sign has an empty one")
	void bareNameHasANullValue() {
		assertThat(read("a").value()).isNull();
		assertThat(read(" a ; Path=/").value()).isNull();
		assertThat(read("a=").value()).isEmpty();
		assertThat(sent(taken(URL, "a", "b=", "c"), URL)).isEqualTo("a; b=; c");
		assertThat(sent(taken(URL, "a;b=c"), URL)).isEqualTo("a");
	}

	@ParameterizedTest
	@DisplayName("112: a cookie without a name is ignored")
	@ValueSource(strings = { "", " ", "=", "=v", " = v", ";", "; a=b", "=a=b", "=; a=b" })
	void cookieWithoutNameIsIgnored(String header) {
		assertThat(taken(URL, header).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("113: a quoted value keeps its quotes but loses escaped ones")
	void quotedValueLosesEscapedQuotes() {
		assertThat(read("a=\"x\\\"y\"").value()).isEqualTo("\"xy\"");
		assertThat(read("a=x\\\"y").value()).isEqualTo("x\\\"y");
		assertThat(take(CookieFixture.jar(), URL, "a=\"x\\\"y\"").get(0).value()).isEqualTo("\"xy\"");
	}

	@ParameterizedTest
	@DisplayName("106 (difference), threat 15: a header with a control character is ignored entirely")
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
			27, 28, 29, 30, 31, 127 })
	void headerWithAControlCharacterIsIgnored(int control) {
		char c = (char) control;
		assertThat(taken(URL, "a" + c + "b=v", "a=v" + c + "w", "a=b; Path=/" + c, "a=b; x=" + c, c + "a=b").isEmpty())
			.isTrue();
	}

	@Test
	@DisplayName("106 (difference): a tab is allowed only inside a value")
	void tabIsAllowedOnlyInAValue() {
		assertThat(taken(URL, "a\tb=v", "a=v; Path=/x\ty", "a=v; Domain=www\t.example.com").isEmpty()).isTrue();
		assertThat(read("a=v\tw").value()).isEqualTo("v\tw");
	}

	@Test
	@DisplayName("111: HttpOnly, SameSite and unknown attributes are only stored")
	void informationalAttributesAreStored() {
		Cookie cookie = read("a=b; httponly; sAmEsItE=lAx; Priority=High; Partitioned; version=1");
		assertThat(cookie.httpOnly()).isTrue();
		assertThat(cookie.sameSite()).isEqualTo("Lax");
		assertThat(cookie.rest()).isEqualTo(Map.of("Priority", "High", "Partitioned", "", "version", "1"));
		assertThat(cookie.rest().keySet()).containsExactly("Priority", "Partitioned", "version");
		assertThat(sent(taken(URL, "a=b; HttpOnly; SameSite=Strict"), URL)).isEqualTo("a=b");
		Cookie plain = read("a=b; SameSite=Whatever");
		assertThat(plain.httpOnly()).isFalse();
		assertThat(plain.sameSite()).isNull();
	}

	@ParameterizedTest
	@DisplayName("111: Secure is recognised in any case and with any value")
	@ValueSource(strings = { "secure", "SECURE", " Secure ", "Secure=", "Secure=false", "Secure = x", "qux; Secure; y",
			"x=\"a;b\"; Secure" })
	void secureIsRecognisedInAnyCaseAndWithAnyValue(String attribute) {
		assertThat(read("a=b; " + attribute).secure()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"Secure\"", "Secure x", "Insecure", "x=Secure" })
	void similarAttributesAreNotSecure(String attribute) {
		assertThat(read("a=b; " + attribute).secure()).isFalse();
	}

	@ParameterizedTest
	@DisplayName("111: a cookie with an Expires in the past or a Max-Age of 0 or less is not stored")
	@ValueSource(strings = { "Max-Age=0", "max-age=-1", "MAX-AGE=-999999999999999999999", "Max-Age=000",
			"Expires=Thu, 01-Jan-1970 00:00:01 GMT", "expires=Mon, 01 Jun 2026 12:00:00 GMT",
			"Expires=Fri, 01 Jan 2038 00:00:00 GMT; Max-Age=0", "Max-Age=0; Expires=Fri, 01 Jan 2038 00:00:00 GMT",
			"Max-Age=10; Max-Age=0" })
	void expiredCookieIsNotStored(String attributes) {
		assertThat(taken(URL, "a=b; " + attributes).isEmpty()).isTrue();
	}

	@Test
	@DisplayName("111: an expired cookie deletes the cookie that it identifies, and only that one")
	void expiredCookieDeletesExactlyItsCounterpart() {
		CookieJar jar = taken(URL, "a=1", "a=2; Path=/", "a=3; Domain=example.com; Path=/", "b=4");
		assertThat(take(jar, URL, "a=; Max-Age=0; Path=/")).isEmpty();
		assertThat(jar.values()).containsExactly("1", "3", "4");
		take(jar, URL, "a=gone; Domain=example.com; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
		assertThat(jar.values()).containsExactly("1", "4");
		take(jar, URL, "a; Max-Age=0");
		assertThat(jar.values()).containsExactly("4");
	}

	@ParameterizedTest
	@DisplayName("111: Max-Age takes precedence over Expires; invalid values are ignored")
	@CsvSource(delimiter = '~', value = { "Max-Age=60~60", "Max-Age=\t60 ~60", "Max-Age=060~60",
			"Max-Age=60; Expires=Fri, 01 Jan 2038 00:00:00 GMT~60",
			"Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60~60", "Max-Age=60; Max-Age=soon~60",
			"Expires=Mon, 01 Jun 2026 12:01:00 GMT~60", "Expires=Mon, 01 Jun 2026 12:01:00 GMT; Expires=never~60",
			"Max-Age=; Expires=Mon, 01-Jun-26 12:01:00 GMT~60", "Max-Age=+5; Expires=Mon, 01-Jun-26 12:01:00 GMT~60",
			"Max-Age=1.5; Expires=Mon, 01-Jun-26 12:01:00 GMT~60", "Max-Age=-; Expires=Mon, 01-Jun-26 12:01:00 GMT~60",
			"Max-Age=\"9\"; Expires=Mon, 01-Jun-26 12:01:00 GMT~60" })
	void maxAgeTakesPrecedenceOverExpires(String attributes, long seconds) {
		Cookie cookie = read("a=b; " + attributes);
		assertThat(cookie.expires()).isEqualTo(NOW.plusSeconds(seconds));
		assertThat(cookie.persistent()).isTrue();
		assertThat(cookie.discard()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=b", "a=b; Max-Age=soon", "a=b; Expires=0", "a=b; Expires=" })
	void cookieWithoutValidExpiryIsASessionCookie(String header) {
		Cookie cookie = read(header);
		assertThat(cookie.expires()).isNull();
		assertThat(cookie.discard()).isTrue();
	}

	@ParameterizedTest
	@DisplayName("111: a huge Max-Age is capped and not an error")
	@ValueSource(strings = { "999999999999", "9223372036854775807", "9223372036854775808",
			"99999999999999999999999999999999999999999999" })
	void hugeMaxAgeIsCapped(String age) {
		assertThat(read("a=b; Max-Age=" + age).expires()).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
	}

	@Test
	@DisplayName("111: a cookie is sent until the moment it expires")
	void cookieIsSentUntilItExpires() {
		CookieJar jar = taken(URL, "a=b; Max-Age=60; Path=/");
		Url url = ParsedUrl.split(URL);
		assertThat(jar.cookieHeader(url, NOW.plusSeconds(60).minusNanos(1))).isEqualTo("a=b");
		assertThat(jar.cookieHeader(url, NOW.plusSeconds(60))).isNull();
		assertThat(jar.cookieHeader(url, NOW.plus(Duration.ofDays(9)))).isNull();
	}

	@ParameterizedTest
	@DisplayName("109: the default path is the directory of the request path")
	@CsvSource({ "https://h.example/dir/x, /dir", "https://h.example/x, /", "https://h.example/, /",
			"https://h.example, /", "https://h.example/a/b/, /a/b", "https://h.example/a/b/c?q=/d/e, /a/b",
			"https://h.example?q=/d/e, /", "https://h.example/a%2Fb/c, /a%2Fb", "https://h.example//x, /" })
	void defaultPathIsTheDirectoryOfTheRequestPath(String url, String path) {
		assertThat(taken(url, "a=b").listPaths()).containsExactly(path);
		assertThat(taken(url, "a=b; Path").listPaths()).containsExactly(path);
		assertThat(taken(url, "a=b; Path=relative").listPaths()).containsExactly(path);
		assertThat(taken(url, "a=b; Path=/other; Path=").listPaths()).containsExactly(path);
		assertThat(taken(url, "a=b; Path=\"/other\"").listPaths()).containsExactly(path);
	}

	@Test
	@DisplayName("109: a Path that does not prefix the URL is accepted; the last of several wins")
	void pathNeedNotPrefixTheUrl() {
		assertThat(taken(URL, "a=b; Path=/elsewhere").listPaths()).containsExactly("/elsewhere");
		assertThat(taken(URL, "a=b; Path=/x; path = /y ").listPaths()).containsExactly("/y");
	}

	@Test
	@DisplayName("114: each Set-Cookie header is parsed separately, including its commas")
	void eachSetCookieHeaderIsParsedSeparately() {
		CookieJar jar = taken(URL, "a=1, b=2", "c=3; Expires=Fri, 01 Jan 2038 00:00:00 GMT", "a=4");
		assertThat(jar.getDict()).isEqualTo(Map.of("a", "4", "c", "3"));
	}

	@Test
	@DisplayName("threat 37: an attribute longer than 1,024 octets is ignored")
	void overlongAttributeIsIgnored() {
		String path = "/" + "p".repeat(1023);
		assertThat(read("a=b; Path=" + path).path()).isEqualTo(path);
		assertThat(read("a=b; Path=" + path + "x").path()).isEqualTo("/dir");
		assertThat(read("a=b; Path=/x; Path=" + path + "x").path()).isEqualTo("/x");
		assertThat(read("a=b; note=" + "é".repeat(1024)).rest()).containsKey("note");
		assertThat(read("a=b; note=" + "€".repeat(342)).rest()).isEmpty();
	}

	@Test
	@DisplayName("morsel_to_cookie: a Set-Cookie value becomes a cookie without a domain")
	void setCookieValueBecomesACookieWithoutDomain() {
		Cookie cookie = Cookies.fromSetCookie("a=b; Path=/x; Secure; Max-Age=5; HttpOnly; SameSite=None", NOW);
		assertThat(cookie.domain()).isEmpty();
		assertThat(cookie.path()).isEqualTo("/x");
		assertThat(cookie.secure()).isTrue();
		assertThat(cookie.httpOnly()).isTrue();
		assertThat(cookie.sameSite()).isEqualTo("None");
		assertThat(cookie.expires()).isEqualTo(NOW.plusSeconds(5));
		assertThat(Cookies.fromSetCookie("a=b").path()).isEqualTo("/");
		assertThat(Cookies.morselToCookie("a=b")).isEqualTo(Cookies.fromSetCookie("a=b"));
		Cookie dated = Cookies.fromSetCookie("a=b; Domain=.Example.COM; Expires=Thu, 01-Jan-1970 00:00:01 GMT");
		assertThat(dated.domain()).isEqualTo("example.com");
		assertThat(dated.expires()).isEqualTo(Instant.ofEpochSecond(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=v", "a=b\r\nX: y", "a=b; Domain=a/b" })
	void malformedSetCookieValueIsRejected(String header) {
		assertThat(catchThrowable(() -> Cookies.fromSetCookie(header))).isInstanceOf(IllegalArgumentException.class);
	}

}
