package io.github.requests4j.spring.session;

import org.jspecify.annotations.Nullable;

/**
 * A base URL that names a service instead of a host, such as {@code lb://orders/v1}.
 * Sessions use {@code http://orders/v1} instead, and the instance determines the actual
 * scheme.
 *
 * @param service the name of the service
 * @param http the base URL of the session
 */
record ServiceUrl(String service, String http) {

	private static final String SCHEME = "lb://";

	/** Returns the service in a base URL, or {@code null} for an ordinary URL. */
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

	/** Returns the prefix of all URLs of the service. */
	String prefix() {
		return "http://" + this.service + "/";
	}

	/** Returns where the balancer's own transport is mounted, so that it is visible. */
	String transportPrefix() {
		return SCHEME + this.service + "/";
	}

	/**
	 * Returns whether there is only a name. A port or a user would be ignored silently.
	 */
	boolean isNameOnly() {
		return !this.service.isEmpty() && this.service.indexOf(':') < 0 && this.service.indexOf('@') < 0;
	}

}
