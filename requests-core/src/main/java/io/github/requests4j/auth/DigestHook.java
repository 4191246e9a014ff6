package io.github.requests4j.auth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.url.Url;

/**
 * Responds to the challenges for one request ({@code handle_401} of requests). The hook
 * stays with the request during redirects within its origin. It is removed as soon as a
 * redirect leaves the origin.
 */
final class DigestHook implements ResponseHook {

	private static final String AUTHORIZATION = "Authorization";

	private final BasicCredentials credentials;

	private final DigestMemory memory;

	private final String origin;

	/** The Authorization headers that were sent, which must not be replayed. */
	private final Set<String> sent = ConcurrentHashMap.newKeySet(4);

	DigestHook(BasicCredentials credentials, DigestMemory memory, String origin) {
		this.credentials = credentials;
		this.memory = memory;
		this.origin = origin;
	}

	/**
	 * Updates an existing Authorization header for this attempt: a redirect changes
	 * method and target, a retry must not reuse a nonce count, and the proxy is only
	 * known here.
	 */
	@Override
	public void beforeSend(PreparedRequest request, SendOptions options) {
		String header = request.headers().get(AUTHORIZATION);
		if (header == null || !isFromThisAuth(header) || !isForOrigin(request)) {
			return;
		}
		DigestMemory.Nonce nonce = this.memory.find(DigestMemory.Route.of(request, options));
		if (nonce == null) {
			request.headers().remove(AUTHORIZATION);
		}
		else if (!this.sent.add(header) || !nonce.isUsedBy(header, this.credentials, request.pathUrl())) {
			authorize(request, nonce);
		}
	}

	/**
	 * Removes this hook if a redirect leaves the origin. A response is only valid for the
	 * origin of its nonce, so it is removed even if other credentials would be kept.
	 */
	@Override
	public void onRedirect(PreparedRequest next) {
		if (isForOrigin(next)) {
			return;
		}
		next.deregisterHook(Hooks.RESPONSE, this);
		String header = next.headers().get(AUTHORIZATION);
		if (header != null && isFromThisAuth(header)) {
			next.headers().remove(AUTHORIZATION);
		}
	}

	private boolean isFromThisAuth(String header) {
		return header.startsWith("Digest " + DigestChallenge.username(this.credentials.username()) + ',');
	}

	private boolean isForOrigin(PreparedRequest request) {
		Url url = request.parsedUrl();
		return url.host() != null && url.origin().equals(this.origin);
	}

	private void authorize(PreparedRequest request, DigestMemory.Nonce nonce) {
		String header = nonce.authorization(this.credentials, String.valueOf(request.method()), request.pathUrl());
		request.headers().put(AUTHORIZATION, header);
		this.sent.add(header);
	}

	@Override
	public @Nullable Response onResponse(Response response, SendOptions options) {
		if (!isClientError(response) || !isForOrigin(response.request())) {
			return null;
		}
		DigestChallenge challenge = challenge(response);
		Adapter adapter = response.connection();
		if (challenge == null || adapter == null) {
			return null;
		}
		DigestMemory.Route route = DigestMemory.Route.of(response.request(), options);
		DigestMemory.Nonce nonce = this.memory.challenged(route, challenge);
		PreparedRequest repeated = repeat(response);
		authorize(repeated, nonce);
		Response answer = send(repeated, adapter, options);
		if (isClientError(answer) && challenge(answer) != null) {
			this.memory.rejected(route, nonce);
		}
		else {
			this.memory.accepted(route, nonce);
		}
		answer.history(history(answer, response));
		return answer;
	}

	private static boolean isClientError(Response response) {
		return response.statusCode() >= 400 && response.statusCode() < 500;
	}

	private static @Nullable DigestChallenge challenge(Response response) {
		return DigestChallenge.strongest(response.headers().getAll("WWW-Authenticate"));
	}

	/**
	 * Returns a copy of the request with a rewound body and the cookies of the challenge.
	 */
	private static PreparedRequest repeat(Response response) {
		PreparedRequest repeated = response.request().copy();
		if (repeated.body() != null) {
			try {
				repeated.body().rewind();
			}
			catch (UnrewindableBodyException ex) {
				ex.attach(repeated, response);
				throw ex;
			}
		}
		response.drain();
		CookieJar cookies = repeated.cookies();
		if (cookies != null) {
			response.extractCookiesTo(cookies);
			repeated.prepareCookies(cookies);
		}
		return repeated;
	}

	private static Response send(PreparedRequest request, Adapter adapter, SendOptions options) {
		long start = System.nanoTime();
		Response answer = adapter.send(request, options.withKind(Exchange.Kind.AUTH));
		answer.elapsed(Duration.ofNanos(System.nanoTime() - start));
		answer.connection(adapter);
		return answer;
	}

	private static List<Response> history(Response answer, Response challenge) {
		List<Response> history = new ArrayList<>(answer.history());
		history.add(challenge);
		return history;
	}

}
