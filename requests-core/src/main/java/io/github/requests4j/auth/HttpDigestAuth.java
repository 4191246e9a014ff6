package io.github.requests4j.auth;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.url.Url;

/**
 * HTTP Digest (RFC 7616). The first request goes out without credentials; a 4xx with a
 * digest challenge is answered once, and the 4xx is then in the history of the response.
 * Later requests to the same origin carry an answer from the start. Answered are the
 * algorithms MD5, SHA, SHA-256, SHA-512-256 and SHA-512, with and without the quality of
 * protection "auth"; a challenge that asks for something else is returned as it is.
 * <p>
 * What was learned of a server is kept in this object, for each origin and proxy apart,
 * and shared by all threads, which never use a count of a nonce twice. A redirect to
 * another origin is not answered. A body that cannot be sent again raises
 * {@link io.github.requests4j.http.UnrewindableBodyException}. Equal by its credentials,
 * which it never shows. <pre>{@code
 * session.update((builder) -> builder.auth(new HttpDigestAuth("user", password)));
 * Response response = session.get(url);
 * }</pre>
 */
public final class HttpDigestAuth implements Auth {

	private final BasicCredentials credentials;

	private final DigestMemory memory = new DigestMemory();

	/**
	 * Makes the auth. Both texts are encoded as UTF-8. Quotes and backslashes in the user
	 * name, as in {@code DOMAIN\ann}, are escaped.
	 * @param username the user name
	 * @param password the password
	 */
	public HttpDigestAuth(String username, String password) {
		this(new BasicCredentials(username, password));
	}

	/**
	 * Makes the auth from credentials.
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
						nonce.answer(this.credentials, String.valueOf(request.method()), request.pathUrl()));
		}
		request.registerHook(Hooks.RESPONSE, new DigestHook(this.credentials, this.memory, origin));
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
