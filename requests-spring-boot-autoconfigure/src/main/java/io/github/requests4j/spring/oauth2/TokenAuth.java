package io.github.requests4j.spring.oauth2;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;

/**
 * Sends the token of a client registration (RFC 6750), and asks for another one once when
 * a server answers 401. Never shows the token. Safe for many threads.
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

}
