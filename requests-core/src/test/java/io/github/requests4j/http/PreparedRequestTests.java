package io.github.requests4j.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.url.ParsedUrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Preparing a request as a whole.
 */
class PreparedRequestTests {

	private static final ResponseHook HOOK = (response, options) -> null;

	private static Request get(String url) {
		return Request.of("GET", url);
	}

	private static Request get(String url, Consumer<RequestOptions> options) {
		return Request.of("GET", url, options);
	}

	private static Request post(Consumer<RequestOptions> options) {
		return Request.of("POST", "http://h/p", options);
	}

	private static CookieJar jar(String... namesAndValues) {
		CookieJar jar = new CookieJar();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			jar.set(namesAndValues[i], namesAndValues[i + 1]);
		}
		return jar;
	}

	private static String authorization(Request request) {
		return request.prepare().headers().get("Authorization");
	}

	private static String basic(String username, String password) {
		return new BasicCredentials(username, password).headerValue();
	}

	@Test
	@DisplayName("5: the method is sent in upper case and shown as it was given")
	void methodIsSentInUpperCase() {
		Request request = Request.of("PurGe", "http://h");
		assertThat(request.prepare().method()).isEqualTo("PURGE");
		assertThat(request.method()).isEqualTo("PurGe");
		assertThat(request).hasToString("<Request [PurGe]>");
		assertThat(request.prepare()).hasToString("<PreparedRequest [PURGE]>");
	}

	@Test
	@DisplayName("6: a method with a character that is not allowed in a token is rejected")
	void methodMustBeAToken() {
		for (String method : List.of("GE T", "GET\r\nX: y", "G\u00c9T", "GET/", "A:B", " ", "A\u0000")) {
			assertThatIllegalArgumentException().isThrownBy(() -> Request.of(method, "http://h").prepare())
				.withMessageStartingWith("Method cannot contain non-token characters: '" + method.charAt(0))
				.withMessageEndingWith(" (RFC 9110, section 5.6.2)");
		}
		assertThat(Request.of("", "http://h").prepare().method()).isEmpty();
	}

	@Test
	@DisplayName("27, 28: an invalid URL is an error that carries its request")
	void invalidUrlIsReportedWithItsRequest() {
		assertThatExceptionOfType(MissingSchemaException.class).isThrownBy(() -> get("h").prepare())
			.withMessage("Invalid URL 'h': No scheme supplied. Perhaps you meant https://h?")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> get("http://").prepare())
			.withMessageStartingWith("Invalid URL 'http://': No host supplied. ");
	}

	@Test
	@DisplayName("23: a request requires a URL")
	void requestRequiresAUrl() {
		PreparedRequest empty = new PreparedRequest();
		assertThatExceptionOfType(UrlRequiredException.class).isThrownBy(empty::parsedUrl);
		assertThatExceptionOfType(UrlRequiredException.class).isThrownBy(() -> empty.prepareCookies(jar("a", "b")));
		assertThatExceptionOfType(UrlRequiredException.class).isThrownBy(() -> get(null));
		empty.prepareAuth(null);
		assertThat(empty.headers()).isEmpty();
	}

	@Test
	@DisplayName("44, 46: a URL set by hand is kept unchanged and encoded when it is sent")
	void urlSetByHandIsEncodedWhenSent() {
		PreparedRequest prepared = get("http://h/a?b#c").prepare();
		assertThat(prepared.pathUrl()).isEqualTo("/a?b");
		prepared.url("http://h/a[b] c");
		assertThat(prepared.url()).isEqualTo("http://h/a[b] c");
		assertThat(prepared.pathUrl()).isEqualTo("/a[b] c");
		assertThat(prepared.parsedUrl().requestTarget()).isEqualTo("/a%5Bb%5D%20c");
		prepared.url(ParsedUrl.split("http://h/x"));
		assertThat(prepared.url()).isEqualTo("http://h/x");
		prepared.url("http://[h");
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(prepared::parsedUrl);
	}

	@Test
	@DisplayName("52: parameters are appended to the URL")
	void paramsAreAppendedToTheUrl() {
		assertThat(get("http://h?z=1", (o) -> o.params(Map.of("a", "b"))).prepare().url())
			.isEqualTo("http://h/?z=1&a=b");
		assertThat(get("http://h", (o) -> o.params(KeyValues.fromText("x"))).prepare().url()).isEqualTo("http://h/?x");
	}

	@Test
	@DisplayName("55, 56: headers, cookies, body and auth set their headers in this order")
	void headersCookiesBodyAndAuthArePreparedInThisOrder() {
		PreparedRequest prepared = post(
				(o) -> o.header("X-A", "1").data(Map.of("a", "b")).cookies(jar("c", "v")).auth((request) -> {
					request.headers().put("Authorization", "t");
					return request;
				}))
			.prepare();
		assertThat(prepared.headers().keySet()).containsExactly("X-A", "Cookie", "Content-Length", "Content-Type",
				"Authorization");
	}

	@Test
	@DisplayName("83: GET, HEAD and DELETE may have a body")
	void anyMethodMayHaveABody() {
		for (String method : List.of("GET", "HEAD", "DELETE")) {
			assertThat(WireText.of(Request.of(method, "http://h", (o) -> o.data("abc")).prepare()))
				.endsWith("Content-Length: 3\r\n\r\nabc");
		}
	}

	@Test
	@DisplayName("102: the caller's Cookie header wins over the jar")
	void cookieHeaderOfTheCallerWins() {
		PreparedRequest prepared = get("http://h", (o) -> o.header("cookie", "mine").cookies(jar("a", "b"))).prepare();
		assertThat(prepared.headers()).containsExactly(Map.entry("cookie", "mine"));
		assertThat(prepared.cookies()).hasSize(1);
	}

	@Test
	@DisplayName("106, 107: cookies are sent in the order of the jar")
	void cookiesAreSentInTheOrderOfTheJar() {
		assertThat(get("http://h", (o) -> o.cookies(jar("a", "b", "c", "d"))).prepare().headers())
			.containsEntry("Cookie", "a=b; c=d");
		assertThat(get("http://h", (o) -> o.cookies(new CookieJar())).prepare().headers()).isEmpty();
		assertThat(get("http://my_host:81/p?q=[]", (o) -> o.cookies(jar("a", "b"))).prepare().headers())
			.containsEntry("Cookie", "a=b");
		assertThat(get("http://[::1]:81/", (o) -> o.cookies(jar("a", "b"))).prepare().headers()).containsEntry("Cookie",
				"a=b");
		assertThat(get("mailto:x", (o) -> o.cookies(jar("a", "b"))).prepare().headers()).isEmpty();
	}

	@Test
	@DisplayName("123: preparing cookies again does not change a Cookie header")
	void preparingCookiesAgainKeepsTheHeader() {
		PreparedRequest prepared = get("http://h", (o) -> o.cookies(jar("a", "b"))).prepare();
		CookieJar other = jar("c", "d");
		prepared.prepareCookies(other);
		assertThat(prepared.headers()).containsEntry("Cookie", "a=b");
		assertThat(prepared.cookies()).isSameAs(other);
		prepared.headers().remove("Cookie");
		prepared.prepareCookies(other);
		assertThat(prepared.headers()).containsEntry("Cookie", "c=d");
	}

	@Test
	void ownCookiesAreThoseThatAreNotFromTheJar() {
		PreparedRequest prepared = get("http://h", (o) -> o.cookies(jar("a", "b"))).prepare();
		assertThat(prepared.hasOwnCookies()).isFalse();
		assertThat(prepared.copy().hasOwnCookies()).isFalse();
		prepared.prepareCookies(jar("c", "d"));
		assertThat(prepared.hasOwnCookies()).as("the header stays").isFalse();
		prepared.headers().put("Cookie", "mine=1");
		assertThat(prepared.hasOwnCookies()).isTrue();
		prepared.headers().remove("Cookie");
		assertThat(prepared.hasOwnCookies()).as("removed on purpose").isTrue();
		prepared.prepareCookies(new CookieJar());
		assertThat(prepared.hasOwnCookies()).isFalse();
		assertThat(
				get("http://h", (o) -> o.header("Cookie", "mine=1").cookies(jar("a", "b"))).prepare().hasOwnCookies())
			.isTrue();
	}

	@Test
	@DisplayName("124: a copy has its own headers and jar, and shares the body and hooks")
	void copyHasItsOwnHeadersAndJar() {
		PreparedRequest prepared = post(
				(o) -> o.header("A", "1").cookies(jar("a", "b")).data("x").hooks(Hooks.onResponse(HOOK)))
			.prepare();
		PreparedRequest copy = prepared.copy();
		copy.headers().put("A", "2");
		copy.cookies().set("a", "c");
		copy.method("GET");
		assertThat(prepared.headers()).containsEntry("A", "1");
		assertThat(prepared.cookies().get("a")).isEqualTo("b");
		assertThat(prepared.method()).isEqualTo("POST");
		assertThat(copy.url()).isEqualTo(prepared.url());
		assertThat(copy.body()).isSameAs(prepared.body());
		assertThat(copy.hooks()).isSameAs(prepared.hooks());
		assertThat(new PreparedRequest().copy().url()).isNull();
	}

	@Test
	@DisplayName("84: a copy remembers which of its headers frame the body")
	void copyRemembersItsFramingHeaders() {
		PreparedRequest copy = post((o) -> o.data("x")).prepare().copy();
		copy.prepareContentLength(Body.of(List.of("a").iterator()));
		assertThat(copy.headers()).containsExactly(Map.entry("Transfer-Encoding", "chunked"));
	}

	@Test
	@DisplayName("127: an auth overwrites an Authorization header and the credentials of the URL")
	void authOverwritesTheAuthorizationHeader() {
		Auth auth = (request) -> {
			request.headers().put("authorization", "by auth");
			return request;
		};
		assertThat(authorization(get("http://h", (o) -> o.header("Authorization", "mine").auth(auth))))
			.isEqualTo("by auth");
		assertThat(authorization(get("http://u:p@h", (o) -> o.auth(auth)))).isEqualTo("by auth");
	}

	@Test
	@DisplayName("126: an explicit Authorization header wins over the credentials of the URL")
	void authorizationHeaderWinsOverTheUrl() {
		assertThat(authorization(get("http://u:p@h", (o) -> o.header("authorization", "mine")))).isEqualTo("mine");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', nullValues = "none",
			value = { "http://u@h none", "http://u:@h u|", "http://:p@h |p", "http://:@h none", "http://u:p@h u|p",
					"http://%75%2f:p%C3%A9%40@h u/|p\u00e9@", "http://h none", "http://u:p:q@h u|p:q" })
	@DisplayName("128: credentials of the URL are decoded and used if there is a password part")
	void credentialsOfTheUrlBecomeBasicAuth(String url, String expected) {
		String[] parts = (expected != null) ? expected.split("\\|", -1) : null;
		assertThat(authorization(get(url))).isEqualTo((parts != null) ? basic(parts[0], parts[1]) : null);
		BasicCredentials found = Urls.getAuthFromUrl(url);
		assertThat(found).isEqualTo((parts != null) ? new BasicCredentials(parts[0], parts[1]) : null);
	}

	@Test
	@DisplayName("129: Basic uses Latin-1, and UTF-8 for other characters")
	void basicUsesLatin1OrUtf8() {
		assertThat(authorization(get("http://u:%C3%A9@h"))).isEqualTo("Basic dTrp");
		assertThat(authorization(get("http://u:%E2%98%83@h"))).isEqualTo("Basic dTrimIM=");
	}

	@Test
	@DisplayName("130: no Authorization header is sent without auth")
	void noAuthorizationIsSentWithoutAuth() {
		assertThat(authorization(get("http://h", (o) -> o.auth(null)))).isNull();
	}

	@Test
	@DisplayName("131: an auth sees the prepared body, and the request that it returns replaces the original")
	void requestReturnedByAuthReplacesTheOriginal() {
		CookieJar cookies = jar("a", "b");
		PreparedRequest prepared = post((o) -> o.data("abc").auth((request) -> {
			assertThat(request.body().text()).isEqualTo("abc");
			assertThat(request.headers()).containsEntry("Content-Length", "3");
			PreparedRequest other = Request.of("PUT", "http://other/", (p) -> p.header("X", "y").data("z")).prepare();
			other.prepareCookies(cookies);
			return other;
		})).prepare();
		assertThat(prepared.method()).isEqualTo("PUT");
		assertThat(prepared.url()).isEqualTo("http://other/");
		assertThat(prepared.parsedUrl().host()).isEqualTo("other");
		assertThat(prepared.headers()).containsEntry("X", "y").containsEntry("Content-Length", "1");
		assertThat(prepared.body().text()).isEqualTo("z");
		assertThat(prepared.cookies()).isSameAs(cookies);
	}

	@Test
	@DisplayName("131: an auth that returns null is an error with an explanation")
	void authThatReturnsNullIsAnError() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> get("http://h", (o) -> o.auth((request) -> null)).prepare())
			.withMessageContaining("must return the request to send");
	}

	@Test
	@DisplayName("143: the caller's hooks run after those of an auth")
	void hooksOfTheCallerRunAfterThoseOfAuth() {
		ResponseHook own = (response, options) -> response;
		PreparedRequest prepared = get("http://h", (o) -> o.registerHook("response", own).auth((request) -> {
			request.registerHook("response", HOOK);
			return request;
		})).prepare();
		assertThat(prepared.hooks().responseHooks()).containsExactly(HOOK, own);
	}

	@Test
	@DisplayName("234: one or more response hooks can be registered and removed")
	void hooksAreRegisteredAndRemoved() {
		PreparedRequest prepared = get("http://h").prepare();
		String message = "Unsupported event specified, with event name \"pre\"."
				+ " The event is \"response\"; use an ExchangeListener for others.";
		assertThatIllegalArgumentException().isThrownBy(() -> prepared.registerHook("pre", HOOK)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> prepared.registerHooks("pre", List.of()))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> prepared.deregisterHook("pre", HOOK))
			.withMessage(message);
		prepared.registerHooks("response", Arrays.asList(HOOK, null));
		assertThat(prepared.hooks().responseHooks()).containsExactly(HOOK);
		assertThat(prepared.deregisterHook("response", HOOK)).isTrue();
		assertThat(prepared.deregisterHook("response", HOOK)).isFalse();
		assertThat(prepared.hooks().responseHooks()).isEmpty();
	}

	@Test
	@DisplayName("234: hooks of a request are registered on its options")
	void hooksCanBeRegisteredOnOptions() {
		RequestOptions options = new RequestOptions();
		assertThatIllegalArgumentException().isThrownBy(() -> options.registerHook("pre", HOOK));
		assertThatIllegalArgumentException().isThrownBy(() -> options.registerHooks("pre", List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> options.deregisterHook("pre", HOOK));
		options.registerHooks("response", Arrays.asList(null, HOOK)).registerHook("response", HOOK);
		assertThat(options.toRequest("GET", "http://h").hooks().responseHooks()).containsExactly(HOOK, HOOK);
		assertThat(options.deregisterHook("response", (response, sent) -> response)).isFalse();
		assertThat(options.deregisterHook("response", HOOK)).isTrue();
		assertThat(options.toRequest("GET", "http://h").prepare().hooks().responseHooks()).containsExactly(HOOK);
	}

	@Test
	@DisplayName("4: a request is immutable and does not follow later changes of its options")
	void requestIsNotChangedByItsOptions() {
		RequestOptions options = new RequestOptions().header("A", "1").files(FilePart.of("f", "x")).json(1);
		Request request = options.toRequest("GET", "http://h");
		options.header("A", "2").files(FilePart.of("g", "y"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> request.headers().put("A", "3"))
			.withMessageContaining("request.with(...)");
		assertThat(request.headers()).containsEntry("A", "1");
		assertThat(request.files()).hasSize(1);
		Request same = request.with((o) -> o.param("p", 1));
		assertThat(request.params()).isNull();
		assertThat(same.prepare().url()).isEqualTo("http://h/?p=1");
		assertThat(same.headers()).isEqualTo(request.headers());
		assertThat(same.files()).isEqualTo(request.files());
		assertThat(same.json()).isEqualTo(1);
	}

	@Test
	@DisplayName("44: the target of a prepared request is encoded")
	void requestTargetIsEncoded() {
		assertThat(get("http://h/a b?c d#e").prepare().parsedUrl().requestTarget()).isEqualTo("/a%20b?c%20d");
	}

}
