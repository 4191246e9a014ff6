package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.cookies.CookieJar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ResponseHeadTests {

	@Test
	@DisplayName("207, 208: a response returns what it was built from")
	void responseReturnsWhatItWasBuiltFrom() {
		PreparedRequest request = new PreparedRequest();
		request.method("GET");
		request.url("http://h/p#frag");
		CookieJar cookies = new CookieJar();
		CaseInsensitiveHeaders headers = Bodies.headers("X-A", "1", "x-a", "2");
		Attempt attempt = new Attempt("GET", "http://h/p", null, 503, Duration.ZERO);
		Response response = Response.builder(200)
			.reason("OK")
			.headers(headers)
			.request(request)
			.cookies(cookies)
			.elapsed(Duration.ofMillis(5))
			.attempts(List.of(attempt))
			.build();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.reason()).isEqualTo("OK");
		assertThat(response.headers()).isSameAs(headers);
		assertThat(response.headers().get("x-A")).isEqualTo("1, 2");
		assertThat(response.headers().nameAt(0)).isEqualTo("X-A");
		assertThat(response.request()).isSameAs(request);
		assertThat(response.url()).isEqualTo("http://h/p#frag");
		assertThat(response.cookies()).isSameAs(cookies);
		assertThat(response.elapsed()).isEqualTo(Duration.ofMillis(5));
		assertThat(response.attempts()).containsExactly(attempt);
		assertThat(response.history()).isEmpty();
		assertThat(response.next()).isNull();
		assertThat(response.connection()).isNull();
	}

	@Test
	@DisplayName("207: sessions and hooks can set further properties")
	void sessionAndHooksCanCompleteAResponse() {
		Response first = Response.builder(302).build();
		Response response = Response.builder(200).build();
		response.history(List.of(first));
		response.elapsed(Duration.ofSeconds(1));
		PreparedRequest next = new PreparedRequest();
		response.next(next);
		assertThat(response.history()).containsExactly(first);
		assertThat(response.elapsed()).isEqualTo(Duration.ofSeconds(1));
		assertThat(response.next()).isSameAs(next);
	}

	@Test
	void cookiesComeFromTheSetCookieHeaders() {
		PreparedRequest request = new PreparedRequest();
		request.url("http://a.example.com/x");
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.add("Set-Cookie", "a=1; Domain=example.com");
		headers.add("Set-Cookie", "b=2; Domain=other.example");
		headers.add("Set-Cookie", "c=3; Max-Age=0");
		Response response = Response.builder(200).headers(headers).request(request).build();
		request.url("http://b.example.org/");
		assertThat(response.cookies().items()).containsExactly(Map.entry("a", "1"));
		assertThat(response.cookies()).isSameAs(response.cookies());
		assertThat(Response.builder(200).headers(headers).build().cookies()).isEmpty();
	}

	@Test
	void extractingCookiesRemovesExpiredOnes() {
		PreparedRequest request = new PreparedRequest();
		request.url("http://a.example.com/x");
		CookieJar jar = new CookieJar();
		jar.set("a", "1", "a.example.com");
		CaseInsensitiveHeaders headers = Bodies.headers("Set-Cookie", "a=1; Max-Age=0; Domain=a.example.com; Path=/");
		Response.builder(200).headers(headers).request(request).build().extractCookiesTo(jar);
		assertThat(jar).isEmpty();
		CookieJar own = new CookieJar();
		own.set("b", "2");
		Response.builder(200).request(request).cookies(own).build().extractCookiesTo(jar);
		assertThat(jar.get("b")).isEqualTo("2");
	}

	@Test
	void toBuilderCopiesEveryProperty() {
		PreparedRequest request = new PreparedRequest();
		request.method("GET");
		request.url("http://h/p?pin=1");
		PreparedRequest next = new PreparedRequest();
		Response first = Response.builder(302).build();
		Response response = Bodies.builder(Bodies.bytes("{\"a\":1}"))
			.headers(Bodies.headers("X-A", "1", "Set-Cookie", "a=b"))
			.request(request)
			.elapsed(Duration.ofMillis(5))
			.attempts(List.of(new Attempt("GET", "http://h/p", null, 503, Duration.ZERO)))
			.build();
		response.history(List.of(first));
		response.next(next);
		response.encoding("utf-16");
		response.maskedParams(Set.of("pin"));
		Response copy = response.toBuilder().statusCode(404).reason("Gone").build();
		assertThat(copy.statusCode()).isEqualTo(404);
		assertThat(copy.reason()).isEqualTo("Gone");
		assertThat(copy.request()).isSameAs(request);
		assertThat(copy.url()).isEqualTo(response.url());
		assertThat(copy.cookies().get("a")).isEqualTo("b");
		assertThat(copy.elapsed()).isEqualTo(response.elapsed());
		assertThat(copy.attempts()).isEqualTo(response.attempts());
		assertThat(copy.history()).containsExactly(first);
		assertThat(copy.next()).isSameAs(next);
		assertThat(copy.encoding()).isEqualTo("utf-16");
		assertThat(copy.printableUrl()).isEqualTo("http://h/p?pin=***");
		copy.headers().put("X-A", "2");
		assertThat(response.headers().get("X-A")).isEqualTo("1");
		assertThat(response.statusCode()).isEqualTo(200);
	}

	@Test
	void toBuilderSharesTheBodyUnlessItIsReplaced() {
		Response response = Bodies.response("one");
		Response copy = response.toBuilder().build();
		assertThat(copy.text()).isEqualTo("one");
		assertThat(response.content()).isSameAs(copy.content());
		Response other = response.toBuilder().raw(new ByteArrayInputStream(Bodies.bytes("two"))).build();
		assertThat(other.text()).isEqualTo("two");
		assertThat(response.text()).isEqualTo("one");
	}

	@Test
	@DisplayName("207: a response without a request reports that")
	void missingRequestIsReported() {
		assertThatIllegalStateException().isThrownBy(() -> Response.builder(200).build().request())
			.withMessageContaining("built without a request");
	}

	@ParameterizedTest
	@CsvSource({ "0, true", "100, true", "200, true", "302, true", "399, true", "400, false", "404, false",
			"499, false", "500, false", "599, false", "600, true", "999, true" })
	@DisplayName("209: ok is true unless the status is 400 to 599")
	void okIsFalseOnlyForErrors(int status, boolean ok) {
		Response response = Response.builder(status).build();
		assertThat(response.ok()).isEqualTo(ok);
		assertThat(response).hasToString("<Response [" + status + "]>");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 399, 600, 999 })
	@DisplayName("210: raiseForStatus() does not throw for other statuses")
	void raiseForStatusIgnoresOtherStatuses(int status) {
		Response response = Response.builder(status).build();
		assertThat(response.raiseForStatus()).isSameAs(response);
	}

	@Test
	@DisplayName("210: the exception has the status, reason and URL, and the body remains readable")
	void raiseForStatusThrowsWithStatusReasonAndUrl() {
		PreparedRequest request = new PreparedRequest();
		request.method("GET");
		request.url("http://h/p?q=1");
		Response response = Bodies.builder(Bodies.bytes("why")).request(request).build();
		Response failed = Response.builder(404).reason("Not Found").request(request).raw(response.raw()).build();
		HttpException error = catchThrowableOfType(HttpException.class, failed::raiseForStatus);
		assertThat(error).hasMessage("404 Client Error: Not Found for url: http://h/p?q=1 (GET). Check the base URL, "
				+ "the path and the URI variables.");
		assertThat(error.statusCode()).isEqualTo(404);
		assertThat(error.response()).isSameAs(failed);
		assertThat(error.request()).isSameAs(request);
		assertThat(failed.text()).isEqualTo("why");
	}

	@Test
	@DisplayName("210: a reason in UTF-8 is decoded")
	void reasonInUtf8IsDecoded() {
		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> Response.builder(503).reason("Ã©").url("http://h/").build().raiseForStatus())
			.withMessageStartingWith("503 Server Error: é for url: http://h/. ");
		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> Response.builder(503).reason("é☃").url("http://h/").build().raiseForStatus())
			.withMessageStartingWith("503 Server Error: é☃ for url: http://h/. ");
	}

	@ParameterizedTest
	@CsvSource({ "http://user:canary@h/p, http://h/p", "http://canary@h:80?q#f, http://h:80?q#f",
			"http://u:can@ary@h/, http://h/", "http://h/canary@x, http://h/canary@x", "http://h, http://h",
			"//u:canary@h/, //h/" })
	@DisplayName("threat 40: no message shows user information of a URL")
	void userInformationIsHidden(String url, String shown) {
		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> Response.builder(404).reason("x").url(url).build().raiseForStatus())
			.withMessageStartingWith("404 Client Error: x for url: " + shown + ". ")
			.withMessageNotContaining("u:canary");
	}

	@Test
	@DisplayName("threat 40: text from a server cannot forge a log line")
	void controlCharactersAreEscapedInMessages() {
		assertThatExceptionOfType(HttpException.class)
			.isThrownBy(() -> Response.builder(404).reason("a\r\nb").url("http://h/").build().raiseForStatus())
			.withMessageStartingWith("404 Client Error: a\\r\\nb for url: http://h/. ");
	}

	@ParameterizedTest
	@CsvSource({ "301, true, true", "302, true, false", "303, true, false", "307, true, false", "308, true, true",
			"300, false, false", "304, false, false", "305, false, false", "306, false, false", "200, false, false" })
	@DisplayName("146, 168: a redirect has one of five statuses and a Location")
	void redirectRequiresALocation(int status, boolean redirect, boolean permanent) {
		Response with = Response.builder(status).headers(Bodies.headers("location", "")).build();
		assertThat(with.isRedirect()).isEqualTo(redirect);
		assertThat(with.isPermanentRedirect()).isEqualTo(permanent);
		Response without = Response.builder(status).build();
		assertThat(without.isRedirect()).isFalse();
		assertThat(without.isPermanentRedirect()).isFalse();
	}

	@Test
	@DisplayName("218: links are found by relation or by URL")
	void linksAreFoundByRelationOrUrl() {
		Response response = Response.builder(200)
			.headers(Bodies.headers("Link", "<http://h/2>; rel=next", "Link", "<http://h/9>; rel=last, <http://h/x>"))
			.build();
		assertThat(response.links()).containsOnlyKeys("next", "last", "http://h/x");
		assertThat(response.links().get("next").url()).isEqualTo("http://h/2");
		assertThat(Response.builder(200).build().links()).isEmpty();
	}

}
