package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.PreparedRequest;

/**
 * HTTP Basic authentication (RFC 7617), which sends user name and password in the
 * {@code Authorization} header of every request, replacing a header that the caller set.
 * Immutable, with equality by credentials. {@code toString()} does not show the password.
 * <pre>{@code
 * session.get(url, (request) -> request.auth(new HttpBasicAuth("user", password)));
 * session.get(url, (request) -> request.auth("user", password)); // short form
 * }</pre>
 */
public final class HttpBasicAuth implements Auth {

	private final BasicCredentials credentials;

	private final String value;

	/**
	 * Creates an auth from strings. They are encoded as Latin-1, as in requests, or as
	 * UTF-8 if they contain other characters.
	 * @param username the user name, possibly empty
	 * @param password the password, possibly empty
	 */
	public HttpBasicAuth(String username, String password) {
		this(new BasicCredentials(username, password));
	}

	/**
	 * Creates an auth from bytes, which are sent unchanged.
	 * @param username the user name in the encoding that the server expects
	 * @param password the password in the encoding that the server expects
	 */
	public HttpBasicAuth(byte[] username, byte[] password) {
		this(new String(username, StandardCharsets.ISO_8859_1), new String(password, StandardCharsets.ISO_8859_1));
	}

	/**
	 * Creates an auth from credentials.
	 * @param credentials the credentials
	 */
	public HttpBasicAuth(BasicCredentials credentials) {
		this.credentials = credentials;
		this.value = credentials.headerValue();
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		request.headers().put("Authorization", this.value);
		return request;
	}

	/**
	 * Returns the credentials.
	 * @return user name and password
	 */
	public BasicCredentials credentials() {
		return this.credentials;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof HttpBasicAuth that && this.credentials.equals(that.credentials);
	}

	@Override
	public int hashCode() {
		return this.credentials.hashCode();
	}

	@Override
	public String toString() {
		return "HttpBasicAuth[username=" + this.credentials.username() + "]";
	}

}
