package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.UrlCredentials;
import io.github.requests4j.url.Url;

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

	static @Nullable BasicCredentials credentialsOf(Url url) {
		UrlCredentials credentials = UrlCredentials.from(url);
		return (credentials != null) ? new BasicCredentials(credentials.username(), credentials.password()) : null;
	}

}
