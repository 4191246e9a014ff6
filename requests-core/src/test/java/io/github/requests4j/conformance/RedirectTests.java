package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.RedirectRules;
import io.github.requests4j.Requests;
import io.github.requests4j.Session;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TooManyRedirectsException;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Redirects: what is followed, with which method, body and headers, and what is kept of
 * the way.
 */
class RedirectTests extends HttpbinSupport {

	private static Response redirectOf(PreparedRequest request, int status, String location) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("location", location);
		return Response.builder(status)
			.request(request)
			.headers(headers)
			.raw(new ByteArrayInputStream(new byte[] { 'x' }))
			.build();
	}

	@Test
	@DisplayName("2, 163: a redirect is followed, and is in the history")
	void followed() {
		Response response = Requests.get(url("/redirect/1"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.history()).singleElement().satisfies((first) -> {
			assertThat(first.statusCode()).isEqualTo(302);
			assertThat(first.isRedirect()).isTrue();
		});
	}

	@ParameterizedTest(name = "149: 307 sends the body again, from a stream too ({0})")
	@ValueSource(booleans = { false, true })
	void bodyAgain(boolean streamed) {
		byte[] bytes = "test".getBytes(StandardCharsets.US_ASCII);
		Response response = this.session.post(url("/redirect-to"),
				(o) -> o.param("url", "/post")
					.param("status_code", 307)
					.data(streamed ? Body.of(new ByteArrayInputStream(bytes)) : Body.of(bytes)));
		assertThat(response.history().get(0).statusCode()).isEqualTo(307);
		assertThat(shown(response, "data")).isEqualTo("test");
		assertThat(shown(response, "method")).isEqualTo("POST");
	}

	@ParameterizedTest(name = "161: {0} redirects are followed and no more")
	@CsvSource({ "30, 20", "5, 45" })
	void tooMany(int limit, int left) {
		this.session.update((b) -> b.maxRedirects(limit));
		assertThatExceptionOfType(TooManyRedirectsException.class)
			.isThrownBy(() -> this.session.get(url("/relative-redirect/50")))
			.withMessageStartingWith("Exceeded " + limit + " redirects. ")
			.satisfies((error) -> {
				assertThat(error.request().url()).isEqualTo(url("/relative-redirect/" + left));
				assertThat(error.response().url()).isEqualTo(url("/relative-redirect/" + left));
				assertThat(error.response().history()).hasSize(limit);
			});
		assertThat(this.httpbin.requests()).hasSize(limit + 1);
	}

	@ParameterizedTest(name = "147: {0} {1} becomes {2}")
	@CsvSource({ "301, POST, GET", "302, POST, GET", "303, POST, GET", "301, HEAD, HEAD", "302, HEAD, HEAD",
			"303, HEAD, HEAD", "301, PUT, PUT", "302, PUT, GET", "303, DELETE, GET", "307, POST, POST",
			"308, PATCH, PATCH" })
	void methods(int status, String method, String expected) {
		Response response = this.session.request(method, url("/redirect-to?url=/anything&status_code=" + status));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.request().method()).isEqualTo(expected);
		assertThat(response.history().get(0).statusCode()).isEqualTo(status);
		assertThat(response.history().get(0).isRedirect()).isTrue();
	}

	@Test
	@DisplayName("148, 167: the next step has neither body nor what described it")
	void bodyDropped() {
		PreparedRequest form = this.session
			.prepareRequest(Request.of("POST", url("/post"), (o) -> o.data(Map.of("test", "data"))));
		PreparedRequest chunks = this.session
			.prepareRequest(Request.of("POST", url("/post"), (o) -> o.data(Body.of(List.of("x").iterator()))));
		assertThat(chunks.headers()).containsKey("Transfer-Encoding");
		for (PreparedRequest request : List.of(form, chunks)) {
			Response next = this.session
				.resolveRedirects(redirectOf(request, 302, "get"), request, SendOptions.DEFAULTS)
				.next();
			assertThat(next.request().body()).isNull();
			assertThat(next.request().headers()).doesNotContainKeys("Content-Length", "Content-Type",
					"Transfer-Encoding");
			assertThat(next.url()).isEqualTo(url("/get"));
		}
	}

	@Test
	@DisplayName("152: a fragment is kept until a Location brings its own")
	void fragment() throws Exception {
		Response kept = Requests.get(url("/redirect-to?url=get#view=edit&token=hunter2"));
		assertThat(kept.history().get(0).request().url()).endsWith("?url=get#view=edit&token=hunter2");
		assertThat(kept.url()).isEqualTo(url("/get#view=edit&token=hunter2"));
		try (RawServer server = RawServer.answering(
				"HTTP/1.1 302 FOUND\r\nContent-Length: 0\r\nLocation: /get#relevant-section\r\n\r\n",
				"HTTP/1.1 302 FOUND\r\nContent-Length: 0\r\nLocation: /final-url/\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
			Response replaced = this.session.get(server.url("/path/to/thing/#view=edit"));
			assertThat(replaced.history()).hasSize(2);
			assertThat(replaced.history().get(0).request().url()).isEqualTo(server.url("/path/to/thing/#view=edit"));
			assertThat(replaced.history().get(1).request().url()).isEqualTo(server.url("/get#relevant-section"));
			assertThat(replaced.url()).isEqualTo(server.url("/final-url/#relevant-section"));
		}
	}

	@Test
	@DisplayName("163: each response on the way keeps its own request, and the way before it")
	void history() {
		Response response = Requests.get(url("/redirect/5"));
		List<Response> history = response.history();
		assertThat(history).hasSize(5);
		for (int i = 0; i < history.size(); i++) {
			assertThat(history.get(i).url()).isEqualTo(history.get(i).request().url());
			assertThat(history.get(i).history()).isEqualTo(history.subList(0, i));
		}
		assertThat(Requests.get(url("/get")).history()).isEmpty();
	}

	@Test
	@DisplayName("151: a Location with an upper-case scheme")
	void upperCaseScheme() {
		String target = "HTTP://" + this.httpbin.authority() + "/html";
		Response response = Requests.get(url("/redirect-to"), (o) -> o.param("url", target));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.url()).isEqualToIgnoringCase(target);
	}

	@ParameterizedTest(name = "155: a redirect to {0} is refused")
	@ValueSource(strings = { "http://localhost:-1", "http://localhost:99999/" })
	void badTarget(String target) {
		assertThatExceptionOfType(InvalidUrlException.class)
			.isThrownBy(() -> Requests.get(url("/redirect-to"), (o) -> o.param("url", target)));
	}

	@Test
	@DisplayName("150, 151: a Location in UTF-8 that leaves out the scheme")
	void bytesOfLocation() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			String host = conversation.socket().getLocalPort() + "/";
			conversation.send("HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\nLocation: //127.0.0.1:" + host);
			conversation.send("š\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			conversation.readRequest();
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		})) {
			Response response = this.session.get(server.url(""));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.history()).singleElement()
				.satisfies((first) -> assertThat(first.statusCode()).isEqualTo(301));
			assertThat(server.requests().get(1).requestLine()).isEqualTo("GET /%C5%A1 HTTP/1.1");
			assertThat(response.url()).isEqualTo(server.url("/%C5%A1"));
		}
	}

	@Test
	@DisplayName("165, 167: a caller can step through redirects, however much of the bodies was read")
	void steps() {
		Response first = this.session.get(url("/redirect/2"), (o) -> o.allowRedirects(false).stream(true));
		assertThat(first.isRedirect()).isTrue();
		Iterator<Response> steps = this.session.resolveRedirects(first, first.request(),
				SendOptions.of((o) -> o.stream(true)));
		first.iterContent(8);
		Response second = steps.next();
		assertThat(second.isRedirect()).isTrue();
		second.iterContent().forEachRemaining((piece) -> assertThat(piece).isNotEmpty());
		Response third = steps.next();
		assertThat(third.isRedirect()).isFalse();
		assertThat(steps.hasNext()).isFalse();
		third.close();
	}

	@Test
	@DisplayName("166, 167: the request that would follow, without following")
	void next() {
		Response response = this.session.post(url("/status/303"), (o) -> o.allowRedirects(false).data("x"));
		PreparedRequest next = response.next();
		assertThat(next).isNotNull();
		assertThat(next.method() + " " + next.url()).isEqualTo("GET " + url("/redirect/1"));
		assertThat(this.httpbin.requests()).hasSize(1);
		Iterator<PreparedRequest> requests = this.session.resolveRedirectRequests(response, response.request(),
				SendOptions.DEFAULTS);
		assertThat(requests.next().url()).isEqualTo(next.url());
		assertThat(this.httpbin.requests()).hasSize(1);
	}

	@Test
	@DisplayName("167: rules of one's own may follow what is no redirect")
	void ownRules() {
		RedirectRules rules = new RedirectRules() {
			@Override
			public String redirectTarget(Response response) {
				String location = response.headers().get("Location");
				return response.url().equals(location) ? null : location;
			}
		};
		String last = url("/html");
		String malformed = url("/response-headers?location=") + last.replace(":", "%3A").replace("/", "%2F");
		try (Session own = Session.builder().environment(RequestsEnvironment.EMPTY).redirectRules(rules).build()) {
			Response response = own.get(url("/redirect-to"), (o) -> o.param("url", malformed));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.url()).isEqualTo(last);
			assertThat(response.history()).extracting(Response::statusCode).containsExactly(302, 200);
			assertThat(response.history().get(1).isRedirect()).isFalse();
		}
	}

	@Test
	@DisplayName("168: which redirects are for good")
	void permanent() {
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			Response response = redirectOf(prepared("GET", url("/")), status, "/");
			assertThat(response.isPermanentRedirect()).isEqualTo(status == 301 || status == 308);
			assertThat(response.ok()).isTrue();
		}
		assertThat(Response.builder(301).build().isPermanentRedirect()).isFalse();
	}

	@Test
	@DisplayName("164, 167: each step carries the request of the step before")
	void requestsAreUpdated() {
		List<String> seen = new ArrayList<>();
		int[] answers = { 307, 200 };
		try (Session mocked = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", new AnsweringAdapter((request, options) -> {
				seen.add(request.method() + " " + options.stream() + " " + options.verify() + " " + options.cert() + " "
						+ options.proxies().isEmpty());
				return redirectOf(request, answers[seen.size() - 1], "/");
			}))
			.build()) {
			PreparedRequest post = prepared("POST", "http://example.com/post");
			Iterator<Response> steps = mocked.resolveRedirects(redirectOf(post, 303, "/"), post,
					SendOptions.of((o) -> o.verify(Verify.enabled())));
			steps.forEachRemaining((response) -> assertThat(response.request().method()).isEqualTo("GET"));
		}
		assertThat(seen).hasSize(2).allMatch(("GET false " + Verify.enabled() + " null true")::equals);
	}

}
