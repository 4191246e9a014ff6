package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * The user and the password of a URL, percent-decoded as UTF-8. Neither is ever shown by
 * {@link #toString()}.
 *
 * @param username the user, possibly empty
 * @param password the password, possibly empty
 */
public record UrlCredentials(String username, String password) {

	/**
	 * Take the credentials from a URL, as {@code get_auth_from_url} of requests does.
	 * They count only when a colon is there and one of the two is not empty: {@code u@h}
	 * and {@code :@h} have none.
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
