package io.github.requests4j.cookies;

/**
 * The paths of cookies (RFC 6265, section 5.1.4).
 */
final class CookiePaths {

	private CookiePaths() {
	}

	static boolean matches(String requestPath, String cookiePath) {
		if (!requestPath.startsWith(cookiePath)) {
			return false;
		}
		return requestPath.length() == cookiePath.length() || cookiePath.endsWith("/")
				|| requestPath.charAt(cookiePath.length()) == '/';
	}

	/**
	 * The directory of the request path: {@code /dir} for {@code /dir/x} (behaviour 109).
	 */
	static String directoryOf(String requestPath) {
		int lastSlash = requestPath.lastIndexOf('/');
		return (lastSlash <= 0) ? "/" : requestPath.substring(0, lastSlash);
	}

}
