package io.github.requests4j.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.UrlCredentials;
import io.github.requests4j.url.Url;

/**
 * A user name and password for HTTP Basic authentication (RFC 7617). As an {@link Auth},
 * it corresponds to a pair of strings in requests. Immutable. {@code toString()} does not
 * show the password.
 *
 * @param username the user name, possibly empty
 * @param password the password, possibly empty
 */
public record BasicCredentials(String username, String password) implements Auth {

	/**
	 * Checks both parts.
	 * @param username the user name, possibly empty
	 * @param password the password, possibly empty
	 */
	public BasicCredentials {
		Objects.requireNonNull(username, "username");
		Objects.requireNonNull(password, "password");
	}

	/**
	 * Returns the credentials in a URL, or null if it has no password part.
	 */
	static @Nullable BasicCredentials of(Url url) {
		UrlCredentials found = UrlCredentials.from(url);
		return (found != null) ? new BasicCredentials(found.username(), found.password()) : null;
	}

	/**
	 * Sets HTTP Basic authentication, replacing an {@code Authorization} header that the
	 * caller set.
	 */
	@Override
	public PreparedRequest apply(PreparedRequest request) {
		request.headers().put("Authorization", headerValue());
		return request;
	}

	/**
	 * Returns the value of an {@code Authorization} or {@code Proxy-Authorization}
	 * header. The text is encoded as Latin-1, as in requests, or as UTF-8 if it has other
	 * characters.
	 * @return {@code "Basic "} and the base64 of {@code username:password}
	 */
	public String headerValue() {
		String pair = this.username + ":" + this.password;
		Charset charset = isLatin1(pair) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(charset));
	}

	private static boolean isLatin1(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > 0xFF) {
				return false;
			}
		}
		return true;
	}

	@Override
	public String toString() {
		return "BasicCredentials[username=" + this.username + ", password=***]";
	}

}
