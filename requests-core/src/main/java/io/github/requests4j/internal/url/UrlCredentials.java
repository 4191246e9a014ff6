package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * The user and the password of a URL, percent-decoded as UTF-8. {@link #toString()} does
 * not show them.
 *
 * @param username the user, possibly empty
 * @param password the password, possibly empty
 */
public record UrlCredentials(String username, String password) {

	/**
	 * Returns the credentials of a URL, like {@code get_auth_from_url} in requests. They
	 * require a colon and a user or password that is not empty: {@code u@h} and
	 * {@code :@h} have none.
	 * @param url the URL
	 * @return the credentials, or null
	 */
	public static @Nullable UrlCredentials from(Url url) {
		String userinfo = url.userinfo();
		int colon = (userinfo != null) ? userinfo.indexOf(':') : -1;
		if (userinfo == null || colon < 0 || userinfo.length() == 1) {
			return null;
		}
		return new UrlCredentials(PercentCodec.decode(userinfo.substring(0, colon)),
				PercentCodec.decode(userinfo.substring(colon + 1)));
	}

	@Override
	public String toString() {
		return "UrlCredentials[***]";
	}

}
