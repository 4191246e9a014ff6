package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.url.Url;
import io.github.requests4j.http.url.UrlCredentials;

/**
 * Uses the credentials of a URL where there is no other auth (behaviours 127, 128).
 */
final class AuthPreparer {

	private AuthPreparer() {
	}

	/**
	 * Sets Authorization, in place of one that the caller set, when the URL has
	 * credentials.
	 */
	static void useCredentialsOfUrl(CaseInsensitiveHeaders headers, @Nullable Url url) {
		BasicCredentials credentials = (url != null) ? credentialsOf(url) : null;
		if (credentials != null) {
			headers.put("Authorization", credentials.headerValue());
		}
	}

	static @Nullable BasicCredentials credentialsOf(Url url) {
		UrlCredentials credentials = UrlCredentials.from(url);
		return (credentials != null) ? new BasicCredentials(credentials.username(), credentials.password()) : null;
	}

}
