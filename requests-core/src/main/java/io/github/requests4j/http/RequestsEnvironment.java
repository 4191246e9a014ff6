package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a session may learn from its surroundings when {@code trustEnv} is on: variables,
 * home directory and properties of the JVM. Asked anew for each call. Replace it to test,
 * or to feed settings from elsewhere. Implementations must be safe for many threads.
 * <pre class="code">
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
	 * All environment variables.
	 * @return names and values
	 */
	default Map<String, String> variables() {
		return System.getenv();
	}

	/**
	 * The home directory, where {@code .netrc} is.
	 * @return the directory, or {@code null} if there is none
	 */
	default @Nullable Path home() {
		String home = System.getProperty("user.home");
		return (home != null) ? Path.of(home) : null;
	}

	/**
	 * A property of the JVM, such as {@code http.proxyHost}.
	 * @param name the name
	 * @return the value, or {@code null}
	 */
	default @Nullable String property(String name) {
		return System.getProperty(name);
	}

}
