package io.github.requests4j.auth;

import java.util.Objects;
import java.util.function.Supplier;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Sends a bearer token (RFC 6750) in the {@code Authorization} header of every request.
 * The token can come from a supplier, which is called once for each call and may renew
 * it. Thread-safe if the supplier is. {@code toString()} does not show the token.
 * <pre>{@code
 * session.update((builder) -> builder.auth(new BearerAuth(() -> vault.read("token"))));
 * }</pre>
 */
public final class BearerAuth implements Auth {

	private final Supplier<String> token;

	/**
	 * Creates an auth with a fixed token.
	 * @param token the token
	 * @throws InvalidHeaderException if it is empty or contains blanks or control
	 * characters
	 */
	public BearerAuth(String token) {
		check(Objects.requireNonNull(token, "token"));
		this.token = () -> token;
	}

	/**
	 * Creates an auth with a supplier of tokens.
	 * @param token called once for each call, on the caller's thread; the caller receives
	 * its exceptions
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
	 * Rejects invalid tokens. The usual mistake is a line end of a file from which the
	 * token was read.
	 */
	private static String check(String token) {
		if (token == null || token.isEmpty()) {
			throw new InvalidHeaderException("The bearer token is empty.");
		}
		int bad = HeaderRules.indexOfInvisible(token);
		if (bad >= 0) {
			throw new InvalidHeaderException("The bearer token contains the invalid character U+"
					+ String.format("%04X", (int) token.charAt(bad)) + " at position " + bad + " of " + token.length()
					+ ". Remove line breaks and blanks (RFC 6750, section 2.1).");
		}
		return token;
	}

	@Override
	public String toString() {
		return "BearerAuth[token=***]";
	}

}
