package io.github.requests4j;

import java.util.Set;

/**
 * What the methods of redirected requests mean for their bodies.
 */
final class RedirectMethods {

	private static final Set<String> WITHOUT_CONTENT = Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT");

	private RedirectMethods() {
	}

	/**
	 * Whether a method means content, so that a request without any says so by a length
	 * of 0 (RFC 9110 section 8.6, behaviour 148).
	 */
	static boolean meansContent(String method) {
		return !WITHOUT_CONTENT.contains(method);
	}

}
