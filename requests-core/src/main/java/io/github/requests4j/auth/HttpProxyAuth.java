package io.github.requests4j.auth;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.PreparedRequest;

/**
 * HTTP Basic authentication for a proxy, which sends user name and password in the
 * {@code Proxy-Authorization} header of requests to http URLs. For https URLs, set the
 * credentials in the URL of the proxy, so that they are only sent with CONNECT.
 * Immutable, with equality by credentials. {@code toString()} does not show the password.
 * <pre>{@code
 * session.get("http://example.com/", (request) -> request.proxy("http", "http://proxy.example:3128")
 *     .auth(new HttpProxyAuth("user", password)));
 * }</pre>
 */
public final class HttpProxyAuth implements Auth {

	private final BasicCredentials credentials;

	private final String value;

	/**
	 * Creates an auth.
	 * @param username the user name, possibly empty
	 * @param password the password, possibly empty
	 */
	public HttpProxyAuth(String username, String password) {
		this(new BasicCredentials(username, password));
	}

	/**
	 * Creates an auth from credentials.
	 * @param credentials the credentials
	 */
	public HttpProxyAuth(BasicCredentials credentials) {
		this.credentials = credentials;
		this.value = credentials.headerValue();
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		request.headers().put("Proxy-Authorization", this.value);
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
		return other instanceof HttpProxyAuth that && this.credentials.equals(that.credentials);
	}

	@Override
	public int hashCode() {
		return this.credentials.hashCode();
	}

	@Override
	public String toString() {
		return "HttpProxyAuth[username=" + this.credentials.username() + "]";
	}

}
