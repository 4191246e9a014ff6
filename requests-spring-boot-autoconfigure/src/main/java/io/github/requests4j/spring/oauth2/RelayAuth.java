package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.internal.session.CallerAuth;

/**
 * Passes on the bearer token of the caller (RFC 6750). It never leaves the origin of the
 * request. Thread-safe.
 */
final class RelayAuth implements CallerAuth {

	private final String session;

	private final Caller caller;

	RelayAuth(String session, Caller caller) {
		this.session = session;
		this.caller = caller;
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		String need = "the session '" + this.session + "' passes on the token of the caller (auth.type: relay)";
		String token = Caller.requireToken(this.caller.require(request, need), request, need).getTokenValue();
		new BearerAuth(token).apply(request);
		request.registerHook(Hooks.RESPONSE, new OriginHook(request.parsedUrl().origin()));
		return request;
	}

	@Override
	public String toString() {
		return "RelayAuth[session=" + this.session + "]";
	}

	/**
	 * Removes the token on a redirect to another origin, even to https on the same host.
	 */
	private record OriginHook(String origin) implements ResponseHook {

		@Override
		public @Nullable Response onResponse(Response response, SendOptions options) {
			return null;
		}

		@Override
		public void onRedirect(PreparedRequest next) {
			if (next.parsedUrl().host() == null || !next.parsedUrl().origin().equals(this.origin)) {
				next.headers().remove("Authorization");
			}
		}

	}

}
