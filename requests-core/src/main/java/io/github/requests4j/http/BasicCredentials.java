package io.github.requests4j.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A user name and password, and how HTTP Basic writes them (RFC 7617, behaviour 129).
 * Immutable; never shows the password.
 *
 * @param username the user name, possibly empty
 * @param password the password, possibly empty
 */
public record BasicCredentials(String username, String password) {

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
	 * The value of an {@code Authorization} or {@code Proxy-Authorization} header.
	 * Characters of Latin-1 are sent as Latin-1, as requests does; anything beyond makes
	 * the whole text UTF-8 (difference row 129).
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
