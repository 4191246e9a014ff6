package io.github.requests4j.internal.environment;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestsEnvironment;

/**
 * The proxies and certificates of the environment variables. Those of this process never
 * change and are read once; others are read for each call.
 *
 * @param proxies the proxies, limited by NO_PROXY
 * @param caBundle the path of the trusted authorities, or null
 * @param netrc the value of NETRC, or null
 */
record EnvironmentVariables(Proxies proxies, @Nullable String caBundle, @Nullable String netrc) {

	private static final String SUFFIX = "_proxy";

	// Read when first used, by any thread
	private static volatile @Nullable EnvironmentVariables ofProcess;

	static EnvironmentVariables of(RequestsEnvironment environment) {
		Map<String, String> variables = environment.variables();
		// System.getenv() always returns the same unmodifiable map
		return (variables == System.getenv()) ? ofProcess(variables) : read(variables);
	}

	private static EnvironmentVariables ofProcess(Map<String, String> variables) {
		EnvironmentVariables known = ofProcess;
		if (known == null) {
			known = read(variables);
			ofProcess = known;
		}
		return known;
	}

	static EnvironmentVariables read(Map<String, String> variables) {
		String caBundle = notEmpty(variables.get("REQUESTS_CA_BUNDLE"));
		return new EnvironmentVariables(proxies(variables),
				(caBundle != null) ? caBundle : notEmpty(variables.get("CURL_CA_BUNDLE")), variables.get("NETRC"));
	}

	private static Proxies proxies(Map<String, String> variables) {
		Map<String, String> found = getproxies(variables);
		String noProxy = noProxy(variables, found.remove("no"));
		if (found.isEmpty()) {
			return Proxies.NONE;
		}
		found.replaceAll((key, url) -> withScheme(url));
		Proxies proxies = Proxies.of(found);
		return (noProxy != null) ? proxies.with(Proxies.NO_PROXY, noProxy) : proxies;
	}

	/**
	 * Returns the value of no_proxy. Lower case takes precedence over upper case, which
	 * takes precedence over mixed case.
	 */
	private static @Nullable String noProxy(Map<String, String> variables, @Nullable String other) {
		String lower = notEmpty(variables.get("no_proxy"));
		if (lower != null) {
			return lower;
		}
		String upper = notEmpty(variables.get("NO_PROXY"));
		return (upper != null) ? upper : other;
	}

	/**
	 * Returns the values of all variables that end in _proxy by the rest of their name,
	 * like {@code getproxies} in Python. Lower case takes precedence, even if it is
	 * empty. In a CGI script, HTTP_PROXY is a header of the incoming request and is
	 * ignored (CVE-2016-1000110).
	 */
	static Map<String, String> getproxies(Map<String, String> variables) {
		Map<String, String> found = new LinkedHashMap<>();
		for (Map.Entry<String, String> variable : variables.entrySet()) {
			if (isProxy(variable.getKey()) && !variable.getValue().isBlank()) {
				found.put(key(variable.getKey()), variable.getValue().strip());
			}
		}
		if (variables.containsKey("REQUEST_METHOD")) {
			found.remove("http");
		}
		for (Map.Entry<String, String> variable : variables.entrySet()) {
			String name = variable.getKey();
			if (isProxy(name) && name.endsWith(SUFFIX)) {
				if (variable.getValue().isBlank()) {
					found.remove(key(name));
				}
				else {
					found.put(key(name), variable.getValue().strip());
				}
			}
		}
		return found;
	}

	private static boolean isProxy(String name) {
		int start = name.length() - SUFFIX.length();
		return start >= 0 && name.regionMatches(true, start, SUFFIX, 0, SUFFIX.length());
	}

	private static String key(String name) {
		return name.substring(0, name.length() - SUFFIX.length()).toLowerCase(Locale.ROOT);
	}

	/**
	 * Adds http as the scheme of a URL that has none, which is common in variables, as in
	 * {@code proxy:3128}.
	 */
	private static String withScheme(String url) {
		int colon = url.indexOf(':');
		if (colon >= 0 && url.startsWith("/", colon + 1)) {
			return url;
		}
		return url.startsWith("//") ? "http:" + url : "http://" + url;
	}

	private static @Nullable String notEmpty(@Nullable String value) {
		return (value != null && !value.isEmpty()) ? value : null;
	}

}
