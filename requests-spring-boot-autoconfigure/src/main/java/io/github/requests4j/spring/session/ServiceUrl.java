package io.github.requests4j.spring.session;

import org.jspecify.annotations.Nullable;

/**
 * A base URL that names a service instead of a host: {@code lb://orders/v1}. Sessions
 * know it as {@code http://orders/v1}, and the instance decides about the scheme.
 *
 * @param service the name of the service
 * @param http the base URL of the session
 */
record ServiceUrl(String service, String http) {

	private static final String SCHEME = "lb://";

	/** The service that a base URL names, or {@code null} if it is an ordinary one. */
	static @Nullable ServiceUrl of(@Nullable String baseUrl) {
		if (baseUrl == null || !baseUrl.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return null;
		}
		String rest = baseUrl.substring(SCHEME.length());
		int end = 0;
		while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
			end++;
		}
		return new ServiceUrl(rest.substring(0, end), "http://" + rest);
	}

	/** The beginning of all URLs of the service. */
	String prefix() {
		return "http://" + this.service + "/";
	}

	/** Returns where the balancer's own transport is mounted, so that it is visible. */
	String transportPrefix() {
		return SCHEME + this.service + "/";
	}

	/** A port or a user would be ignored without a word. */
	boolean isNameOnly() {
		return !this.service.isEmpty() && this.service.indexOf(':') < 0 && this.service.indexOf('@') < 0;
	}

}
