package io.github.requests4j.spring.oauth2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.url.Url;

/**
 * Sends the token of a client registration (RFC 6750), and renews it once if a server
 * returns 401. {@code toString} never shows the token. Thread-safe.
 */
final class TokenAuth implements Auth {

	private final String registration;

	private final TokenSource tokens;

	TokenAuth(String registration, TokenSource tokens) {
		this.registration = registration;
		this.tokens = tokens;
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		RenewalHook hook = new RenewalHook(this.tokens, request.parsedUrl().origin());
		hook.authorize(request, token(request));
		request.registerHook(Hooks.RESPONSE, hook);
		return request;
	}

	private String token(PreparedRequest request) {
		try {
			return this.tokens.get();
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			throw ex;
		}
	}

	@Override
	public String toString() {
		return "TokenAuth[registration=" + this.registration + "]";
	}

	/**
	 * Renews the token of one request once if the response is 401. The hook stays
	 * registered for redirects and retries, but sends tokens only to the origin of the
	 * original request.
	 */
	private static final class RenewalHook implements ResponseHook {

		private static final String AUTHORIZATION = "Authorization";

		private static final String SCHEME = "Bearer ";

		private static final int UNAUTHORIZED = 401;

		private final TokenSource tokens;

		private final String origin;

		private final AtomicBoolean renewed = new AtomicBoolean();

		/** The token that this request was last sent with. */
		private volatile String token = "";

		RenewalHook(TokenSource tokens, String origin) {
			this.tokens = tokens;
			this.origin = origin;
		}

		void authorize(PreparedRequest request, String latest) {
			this.token = latest;
			request.headers().put(AUTHORIZATION, SCHEME + latest);
		}

		/**
		 * Replaces the token with the latest one, for retries after a delay or a renewal.
		 */
		@Override
		public void beforeSend(PreparedRequest request, SendOptions options) {
			String header = request.headers().get(AUTHORIZATION);
			String latest = this.tokens.peek();
			if (latest != null && header != null && header.startsWith(SCHEME) && isForOrigin(request)
					&& !header.endsWith(latest)) {
				authorize(request, latest);
			}
		}

		@Override
		public void onRedirect(PreparedRequest next) {
			if (!isForOrigin(next)) {
				next.headers().remove(AUTHORIZATION);
			}
		}

		@Override
		public @Nullable Response onResponse(Response response, SendOptions options) {
			String used = this.token;
			if (response.statusCode() != UNAUTHORIZED || !isForOrigin(response.request())
					|| !(SCHEME + used).equals(response.request().headers().get(AUTHORIZATION))) {
				return null;
			}
			this.tokens.forget(used);
			Adapter adapter = response.connection();
			PreparedRequest retry = response.request().copy();
			if (adapter == null || !retry.hasRewindableBody() || !this.renewed.compareAndSet(false, true)) {
				return null;
			}
			authorize(retry, this.tokens.get());
			response.drain();
			return send(retry, adapter, options, response);
		}

		private boolean isForOrigin(PreparedRequest request) {
			Url url = request.parsedUrl();
			return url.host() != null && url.origin().equals(this.origin);
		}

		private static Response send(PreparedRequest request, Adapter adapter, SendOptions options,
				Response rejection) {
			long start = System.nanoTime();
			Response renewedResponse = adapter.send(request, options.withKind(Exchange.Kind.AUTH));
			renewedResponse.elapsed(Duration.ofNanos(System.nanoTime() - start));
			renewedResponse.connection(adapter);
			List<Response> history = new ArrayList<>(renewedResponse.history());
			history.add(rejection);
			renewedResponse.history(history);
			return renewedResponse;
		}

	}

}
