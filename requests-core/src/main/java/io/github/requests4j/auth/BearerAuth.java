package io.github.requests4j.auth;

import java.util.Objects;
import java.util.function.Supplier;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * A bearer token (RFC 6750) in the {@code Authorization} header of every request. The
 * token may come from a supplier, which is asked once for each call and may renew it.
 * Safe for many threads if the supplier is. Never shows the token. <pre>{@code
 * session.update((builder) -> builder.auth(new BearerAuth(() -> vault.read("token"))));
 * }</pre>
 */
public final class BearerAuth implements Auth {

	private final Supplier<String> token;

	/**
	 * Makes the auth from a token that stays the same.
	 * @param token the token
	 * @throws InvalidHeaderException if it is empty or holds blanks or controls
	 */
	public BearerAuth(String token) {
		check(Objects.requireNonNull(token, "token"));
		this.token = () -> token;
	}

	/**
	 * Makes the auth from a source of tokens.
	 * @param token asked once for each call, on the caller's thread; what it throws
	 * reaches the caller
	 */
	public BearerAuth(Supplier<String> token) {
		this.token = Objects.requireNonNull(token, "token");
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		request.headers().put("Authorization", "Bearer " + check(this.token.get()));
		return request;
	}

	/**
	 * A line end at the end of a token that was read from a file is the usual mistake.
	 */
	private static String check(String token) {
		if (token == null || token.isEmpty()) {
			throw new InvalidHeaderException("The bearer token is empty");
		}
		int bad = HeaderRules.indexOfInvisible(token);
		if (bad >= 0) {
			throw new InvalidHeaderException("The bearer token has a character that no token can have (U+"
					+ String.format("%04X", (int) token.charAt(bad)) + ") at position " + bad + " of " + token.length()
					+ " (RFC 6750, section 2.1)");
		}
		return token;
	}

	@Override
	public String toString() {
		return "BearerAuth[token=***]";
	}

}
