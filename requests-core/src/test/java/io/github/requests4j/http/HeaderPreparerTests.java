package io.github.requests4j.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.cookies.CookieJar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Headers as they are prepared, before anything is sent.
 */
class HeaderPreparerTests {

	private static PreparedRequest get(String name, String value) {
		return Request.of("GET", "http://h/", (o) -> o.header(name, value)).prepare();
	}

	private static void assertRefused(String name, String value) {
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get(name, value));
	}

	@Test
	@DisplayName("22: without a session a null value is an error")
	void nullValueIsAnErrorWithoutASession() {
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get("A", null))
			.withMessageContaining("Header part (null) from ('A', null)")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("54: a header keeps the position where it was first set and the case in which it was last set")
	void headerKeepsItsFirstPositionAndLastCase() {
		PreparedRequest prepared = Request
			.of("GET", "http://h/", (o) -> o.header("Accept", "*/*").header("X-A", "1").header("accept", "text/x"))
			.prepare();
		assertThat(prepared.headers().keySet()).containsExactly("accept", "X-A");
		assertThat(prepared.headers().get("ACCEPT")).isEqualTo("text/x");
	}

	@Test
	@DisplayName("55, 59: Host comes first, without a default port or user information")
	void hostComesFirst() {
		String sent = WireText.of(Request.of("GET", "http://u:p@[::1]:80/", (o) -> o.header("A", "b")).prepare());
		assertThat(sent).startsWith("GET / HTTP/1.1\r\nHost: [::1]\r\nA: b\r\n");
	}

	@Test
	@DisplayName("57: the caller's Host keeps its position and is the only one")
	void hostOfTheCallerKeepsItsPosition() {
		String sent = WireText.of(Request
			.of("POST", "http://h/",
					(o) -> o.header("A", "1").header("Host", "other").data(Body.of(List.of("x").iterator())))
			.prepare());
		assertThat(sent).startsWith("POST / HTTP/1.1\r\nA: 1\r\nHost: other\r\nTransfer-Encoding: chunked\r\n\r\n")
			.containsOnlyOnce("Host");
	}

	@Test
	@DisplayName("58: a removed header is not sent")
	void removedHeaderIsNotSent() {
		assertThat(WireText.of(get("A", "b"))).isEqualTo("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " A", "\tA", "A:b", ":", "A\nb", "A\rb", "A\u0000", "A\u007f", "\u00a0A", "\u00c9",
			"A\tb" })
	@DisplayName("60: a name that is not a token is rejected")
	void invalidNameIsRejected(String name) {
		assertRefused(name, "x");
	}

	@ParameterizedTest
	@ValueSource(strings = { " a", "\ta", "\u00a0a", "\u0085a", "\u000ba", "a\rb", "a\nb", "a\r\n b", "a\u0000b",
			"a\u007fb", "\u2003a" })
	@DisplayName("60: a value with leading white space or a control character is rejected")
	void invalidValueIsRejected(String value) {
		assertRefused("A", value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a ", "a\tb", "a b", "\u00e9", "\u00ff", "a\u0085b" })
	@DisplayName("60: empty values, trailing blanks, inner tabs and Latin-1 are sent unchanged")
	void validValueIsSentUnchanged(String value) {
		assertThat(WireText.of(get("A-b", value))).endsWith("\r\nA-b: " + value + "\r\n\r\n");
	}

	@Test
	@DisplayName("61: the message is the one of requests and names the header")
	void messageNamesTheHeader() {
		String start = "Invalid leading whitespace, reserved character(s), or return character(s) in header ";
		String fix = ". Remove line breaks, other control characters and leading blanks.";
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get("A", "x'\r\n\"\\\t\u2028"))
			.withMessage(start + "value: 'x\\'\\r\\n\"\\\\\\t\\u2028' of A" + fix);
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get("A'\n", "x"))
			.withMessage(start + "name: \"A'\\n\". Use only letters, digits and dashes.");
	}

	@Test
	@DisplayName("62, 63: text beyond Latin-1 is rejected before connecting, with its position")
	void textBeyondLatin1IsRejected() {
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get("Authorization", "ab\u2603"))
			.withMessage("The value of header Authorization cannot be sent: the character U+2603 at position 2 is not "
					+ "in ISO-8859-1. Encode it, for example as in RFC 8187.");
	}

	@Test
	@DisplayName("64: headers set after preparing are checked again when they are sent")
	void headersAreCheckedAgainWhenSent() {
		PreparedRequest prepared = get("A", "b");
		prepared.headers().put("X", "y\r\nZ: w");
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(prepared::checkHeaders);
		prepared.headers().put("X", "y");
		assertThatNoException().isThrownBy(prepared::checkHeaders);
	}

	@Test
	@DisplayName("65: null headers are empty headers, and any map is accepted")
	void anyMapIsAccepted() {
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepareHeaders(null);
		assertThat(prepared.headers()).isEmpty();
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("B", "2");
		headers.put("A", "1");
		prepared.prepareHeaders(headers);
		assertThat(prepared.headers().keySet()).containsExactly("B", "A");
		headers.put("A", "changed");
		assertThat(prepared.headers()).containsEntry("a", "1");
	}

	@Test
	@DisplayName("threat 15 (CWE-113): each of 33 control characters is rejected in every part of the request head")
	void controlCharactersAreRejectedEverywhere() {
		for (int i = 0; i <= 32; i++) {
			char control = (i == 32) ? 0x7f : (char) i;
			String text = "a" + control + "b";
			assertRefused(text, "x");
			if (control != '\t') {
				assertRefused("A", text);
				assertRefused("Host", text);
				assertRefused("Cookie", text);
				assertRefused("Content-Type", text);
			}
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> Request.of(text, "http://h/").prepare());
			PreparedRequest prepared = Request.of("GET", "http://h/" + text + "?" + text).prepare();
			String target = prepared.parsedUrl().requestTarget();
			assertThat(target).isEqualTo(String.format("/a%%%02Xb?a%%%02Xb", (int) control, (int) control));
		}
	}

	@Test
	@DisplayName("threat 15: a cookie with a control character is never sent")
	void cookieWithAControlCharacterIsNeverSent() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> {
			CookieJar jar = new CookieJar();
			jar.set("a", "b\r\nX: y");
			Request.of("GET", "http://h/", (o) -> o.cookies(jar)).prepare();
		}).isInstanceOfAny(InvalidHeaderException.class, IllegalArgumentException.class);
	}

	@Test
	@DisplayName("threat 40: the message does not contain the value of a secret header")
	void secretValuesAreNotInTheMessage() {
		for (String name : new String[] { "Authorization", "proxy-authorization", "Cookie", "X-Api-Key",
				"X-Auth-Token" }) {
			assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> get(name, "canary\n"))
				.withMessageNotContaining("canary")
				.withMessageContaining(name);
		}
	}

}
