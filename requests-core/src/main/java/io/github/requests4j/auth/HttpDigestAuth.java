package io.github.requests4j.auth;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.url.Url;

/**
 * HTTP Digest authentication (RFC 7616). The first request is sent without credentials.
 * If the response is a 4xx with a digest challenge, the request is sent again with
 * credentials, and the 4xx is added to the history of the response. Later requests to the
 * same origin contain credentials immediately. Supports the algorithms MD5, SHA, SHA-256,
 * SHA-512-256 and SHA-512, with and without the quality of protection "auth". A response
 * with another challenge is returned unchanged.
 * <p>
 * The state of each origin and proxy is kept in this object and shared by all threads. A
 * nonce count is never used twice. Challenges after a redirect to another origin are
 * ignored. A body that cannot be sent again causes an
 * {@link io.github.requests4j.http.UnrewindableBodyException}. Thread-safe, with equality
 * by credentials. {@code toString()} does not show the password. <pre>{@code
 * session.update((builder) -> builder.auth(new HttpDigestAuth("user", password)));
 * Response response = session.get(url);
 * }</pre>
 */
public final class HttpDigestAuth implements Auth {

	private final BasicCredentials credentials;

	private final DigestMemory memory = new DigestMemory();

	/**
	 * Creates an auth from strings, which are encoded as UTF-8. Quotes and backslashes in
	 * the user name, as in {@code DOMAIN\ann}, are escaped.
	 * @param username the user name
	 * @param password the password
	 */
	public HttpDigestAuth(String username, String password) {
		this(new BasicCredentials(username, password));
	}

	/**
	 * Creates an auth from credentials.
	 * @param credentials the credentials
	 */
	public HttpDigestAuth(BasicCredentials credentials) {
		this.credentials = credentials;
	}

	@Override
	public PreparedRequest apply(PreparedRequest request) {
		Url url = request.parsedUrl();
		if (url.host() == null) {
			return request;
		}
		String origin = url.origin();
		DigestMemory.Nonce nonce = this.memory.find(origin);
		if (nonce != null) {
			request.headers()
				.put("Authorization",
						nonce.authorization(this.credentials, String.valueOf(request.method()), request.pathUrl()));
		}
		request.registerHook(Hooks.RESPONSE, new DigestHook(this.credentials, this.memory, origin));
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
		return other instanceof HttpDigestAuth that && this.credentials.equals(that.credentials);
	}

	@Override
	public int hashCode() {
		return this.credentials.hashCode();
	}

	@Override
	public String toString() {
		return "HttpDigestAuth[username=" + this.credentials.username() + "]";
	}

}
