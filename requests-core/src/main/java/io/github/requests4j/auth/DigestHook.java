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
 * Answers the challenges to one request ({@code handle_401} of requests). The hook
 * travels with the request through redirects within the origin that the request was made
 * for, and does not come back once a redirect has left it.
 */
final class DigestHook implements ResponseHook {

	private static final String AUTHORIZATION = "Authorization";

	private final BasicCredentials credentials;

	private final DigestMemory memory;

	private final String origin;

	/** The answers that were sent: one of them again would be a replay. */
	private final Set<String> sent = ConcurrentHashMap.newKeySet(4);

	DigestHook(BasicCredentials credentials, DigestMemory memory, String origin) {
		this.credentials = credentials;
		this.memory = memory;
		this.origin = origin;
	}

	/**
	 * Brings an answer that the request already carries in line with how it is sent now:
	 * a redirect changes method and target, a retry must not use a count again, and only
	 * here the proxy is known.
	 */
	@Override
	public void beforeSend(PreparedRequest request, SendOptions options) {
		String header = request.headers().get(AUTHORIZATION);
		if (header == null || !isOurs(header) || !isForOrigin(request)) {
			return;
		}
		DigestMemory.Nonce nonce = this.memory.find(DigestMemory.Route.of(request, options));
		if (nonce == null) {
			request.headers().remove(AUTHORIZATION);
		}
		else if (!this.sent.add(header) || !nonce.isAnsweredBy(header, this.credentials, request.pathUrl())) {
			authorize(request, nonce);
		}
	}

	/**
	 * Leaves the chain with its origin. An answer is only good for the origin whose nonce
	 * it has, so that it goes too where other credentials would stay.
	 */
	@Override
	public void onRedirect(PreparedRequest next) {
		if (isForOrigin(next)) {
			return;
		}
		next.deregisterHook(Hooks.RESPONSE, this);
		String header = next.headers().get(AUTHORIZATION);
		if (header != null && isOurs(header)) {
			next.headers().remove(AUTHORIZATION);
		}
	}

	private boolean isOurs(String header) {
		return header.startsWith("Digest " + DigestChallenge.username(this.credentials.username()) + ',');
	}

	private boolean isForOrigin(PreparedRequest request) {
		Url url = request.parsedUrl();
		return url.host() != null && url.origin().equals(this.origin);
	}

	private void authorize(PreparedRequest request, DigestMemory.Nonce nonce) {
		String header = nonce.answer(this.credentials, String.valueOf(request.method()), request.pathUrl());
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
		PreparedRequest again = again(response);
		authorize(again, nonce);
		Response answer = send(again, adapter, options);
		if (isClientError(answer) && challenge(answer) != null) {
			this.memory.refused(route, nonce);
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
	 * The same request once more, its body rewound, with the cookies of the challenge.
	 */
	private static PreparedRequest again(Response response) {
		PreparedRequest again = response.request().copy();
		if (again.body() != null) {
			try {
				again.body().rewind();
			}
			catch (UnrewindableBodyException ex) {
				ex.attach(again, response);
				throw ex;
			}
		}
		response.drain();
		CookieJar cookies = again.cookies();
		if (cookies != null) {
			response.extractCookiesTo(cookies);
			again.prepareCookies(cookies);
		}
		return again;
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
