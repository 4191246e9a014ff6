package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Provides environment variables, the home directory and system properties to sessions
 * with {@code trustEnv}. Read for each call. Replace it in tests, or to load settings
 * from another source. Implementations must be thread-safe. <pre class="code">
 * RequestsEnvironment proxied = new RequestsEnvironment() {
 *     &#64;Override
 *     public Map&lt;String, String&gt; variables() {
 *         return Map.of("https_proxy", "http://proxy.example:3128");
 *     }
 * };
 * Session session = Session.builder().environment(proxied).build();
 * </pre>
 */
public interface RequestsEnvironment {

	/** The environment of this process. */
	RequestsEnvironment SYSTEM = new StandardEnvironment(true);

	/** An environment in which nothing is set. */
	RequestsEnvironment EMPTY = new StandardEnvironment(false);

	/**
	 * Returns the environment variables.
	 * @return names and values
	 */
	default Map<String, String> variables() {
		return System.getenv();
	}

	/**
	 * Returns the home directory, which contains {@code .netrc}.
	 * @return the directory, or {@code null} if there is none
	 */
	default @Nullable Path home() {
		String home = System.getProperty("user.home");
		return (home != null) ? Path.of(home) : null;
	}

	/**
	 * Returns a system property, such as {@code http.proxyHost}.
	 * @param name the name
	 * @return the value, or {@code null}
	 */
	default @Nullable String property(String name) {
		return System.getProperty(name);
	}

}
