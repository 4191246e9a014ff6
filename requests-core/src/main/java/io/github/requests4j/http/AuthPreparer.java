package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.url.PercentCodec;
import io.github.requests4j.http.url.Url;

/**
 * Uses the credentials of a URL where there is no other auth (behaviours 127, 128).
 */
final class AuthPreparer {

	private static final String AUTHORIZATION = "Authorization";

	private AuthPreparer() {
	}

	static void useCredentialsOfUrl(CaseInsensitiveHeaders headers, @Nullable Url url) {
		if (url == null || headers.containsKey(AUTHORIZATION)) {
			return;
		}
		BasicCredentials credentials = credentialsOf(url);
		if (credentials != null) {
			headers.put(AUTHORIZATION, credentials.headerValue());
		}
	}

	/**
	 * Only with a colon, and only when one of the two parts is not empty.
	 */
	static @Nullable BasicCredentials credentialsOf(Url url) {
		String userinfo = url.userinfo();
		int colon = (userinfo != null) ? userinfo.indexOf(':') : -1;
		if (userinfo == null || colon < 0 || userinfo.length() == 1) {
			return null;
		}
		return new BasicCredentials(PercentCodec.decode(userinfo.substring(0, colon)),
				PercentCodec.decode(userinfo.substring(colon + 1)));
	}

}
