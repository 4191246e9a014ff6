package io.github.requests4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.cookies.Cookies;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Hooks of sessions and requests.
 */
class HookTests extends HttpbinSupport {

	private static ResponseHook hook() {
		return new ResponseHook() {
			@Override
			public Response onResponse(Response response, SendOptions options) {
				return response;
			}
		};
	}

	@Test
	@DisplayName("235: a hook sees the response and how it was sent")
	void arguments() {
		List<SendOptions> seen = new ArrayList<>();
		Request request = Request.of("GET", url("/get"), (o) -> o.registerHook("response", (response, options) -> {
			assertThat(response.statusCode()).isEqualTo(200);
			seen.add(options);
			return null;
		}));
		this.session.send(this.session.prepareRequest(request));
		assertThat(seen).singleElement().satisfies((options) -> {
			assertThat(options.stream()).isFalse();
			assertThat(options.proxies()).isNotNull();
		});
	}

	@Test
	@DisplayName("237: hooks of the session serve a request without any, else its own do")
	void whoseHooks() {
		ResponseHook ofSession = hook();
		ResponseHook ofRequest = hook();
		this.session.update((b) -> b.hooks(Hooks.onResponse(ofSession)));
		PreparedRequest without = this.session.prepareRequest(Request.of("GET", url("/")));
		assertThat(without.hooks().responseHooks()).containsExactly(ofSession);
		PreparedRequest with = this.session
			.prepareRequest(Request.of("GET", url("/"), (o) -> o.hooks(Hooks.onResponse(ofRequest))));
		assertThat(with.hooks().responseHooks()).containsExactly(ofRequest);
	}

	@Test
	@DisplayName("235: what a hook returns takes the place of the response; null does not")
	void replaced() {
		Response other = Response.builder(418).build();
		Request request = Request.of("GET", url("/get"),
				(o) -> o.hooks(Hooks.onResponse((response, options) -> other, (response, options) -> null)));
		assertThat(this.session.send(request.prepare())).isSameAs(other);
	}

	@Test
	@DisplayName("235: each hook works on what the one before has left")
	void chained() {
		ResponseHook one = (response, options) -> Response.builder(response.statusCode() + 1).build();
		Response first = Response.builder(200).build();
		assertThat(Hooks.onResponse(one).dispatch(first, SendOptions.DEFAULTS).statusCode()).isEqualTo(201);
		assertThat(Hooks.onResponse(one, (response, options) -> null, one)
			.dispatch(first, SendOptions.DEFAULTS)
			.statusCode()).isEqualTo(202);
	}

	@Test
	@DisplayName("8, 234: there is one event, and no hook to begin with")
	void events() {
		assertThat(Hooks.NONE.responseHooks()).isEmpty();
		assertThat(this.session.hooks().responseHooks()).isEmpty();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Request.of("GET", url("/"), (o) -> o.registerHook("pre", hook())))
			.withMessageContaining("Unsupported event specified, with event name \"pre\"");
	}

	@Test
	@DisplayName("234: hooks are registered one by one or together, and taken back")
	void registered() {
		ResponseHook first = hook();
		ResponseHook second = hook();
		PreparedRequest request = prepared("GET", url("/"));
		request.registerHooks("response", Arrays.asList(first, second));
		assertThat(request.hooks().responseHooks()).containsExactly(first, second);
		assertThat(request.deregisterHook("response", first)).isTrue();
		assertThat(request.deregisterHook("response", first)).isFalse();
		RequestOptions options = new RequestOptions().registerHook("response", first);
		assertThat(options.deregisterHook("response", second)).isFalse();
		assertThat(options.deregisterHook("response", first)).isTrue();
		assertThat(options.toRequest("GET", url("/")).hooks().responseHooks()).isEmpty();
	}

	@Test
	@DisplayName("164, 236: hooks run for every hop")
	void everyHop() {
		List<Integer> seen = new ArrayList<>();
		this.session.get(url("/redirect/2"), (o) -> o.hook((response, options) -> {
			seen.add(response.statusCode());
			return null;
		}));
		assertThat(seen).containsExactly(302, 302, 200);
	}

	@Test
	@DisplayName("124: a copy of a request has all that the request has")
	void copies() {
		PreparedRequest empty = new PreparedRequest();
		assertThat(empty.copy().url()).isNull();
		PreparedRequest request = Request
			.of("POST", "http://www.example.com/üniçø∂é", (o) -> o.data("foo=bar").hooks(Hooks.onResponse(hook())))
			.prepare();
		request.prepareCookies(Cookies.cookieJarFromDict(Map.of("foo", "bar")));
		PreparedRequest copy = request.copy();
		assertThat(copy.method()).isEqualTo(request.method());
		assertThat(copy.url()).isEqualTo(request.url());
		assertThat(copy.headers()).isEqualTo(request.headers()).isNotSameAs(request.headers());
		assertThat(copy.body()).isSameAs(request.body());
		assertThat(copy.hooks()).isEqualTo(request.hooks());
		assertThat(copy.cookies().getDict()).isEqualTo(Map.of("foo", "bar"));
		copy.headers().put("Cookie", "changed");
		copy.cookies().set("foo", "changed");
		assertThat(request.headers().get("Cookie")).isEqualTo("foo=bar");
		assertThat(request.cookies().get("foo")).isEqualTo("bar");
	}

}
