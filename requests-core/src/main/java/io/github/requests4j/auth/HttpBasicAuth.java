package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.PreparedRequest;

/**
 * HTTP Basic (RFC 7617): user name and password in the {@code Authorization} header of
 * every request, in place of one that the caller set. Immutable; equal by its
 * credentials, which it never shows. <pre>{@code
 * session.get(url, (request) -> request.auth(new HttpBasicAuth("user", password)));
 * session.get(url, (request) -> request.auth("user", password)); // the same
 * }</pre>
 */
public final class HttpBasicAuth implements Auth {

	private final BasicCredentials credentials;

	private final String value;

	/**
	 * Makes the auth from texts. Characters of Latin-1 are sent as Latin-1, as requests
	 * does; anything beyond makes both UTF-8.
	 * @param username the user name, possibly empty
	 * @param password the password, possibly empty
	 */
	public HttpBasicAuth(String username, String password) {
		this(new BasicCredentials(username, password));
	}

	/**
	 * Makes the auth from bytes, which are sent as they are.
	 * @param username the user name in the encoding that the server wants
	 * @param password the password in the encoding that the server wants
	 */
	public HttpBasicAuth(byte[] username, byte[] password) {
		this(new String(username, StandardCharsets.ISO_8859_1), new String(password, StandardCharsets.ISO_8859_1));
	}

	/**
	 * Makes the auth from credentials.
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
	 * The credentials.
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
