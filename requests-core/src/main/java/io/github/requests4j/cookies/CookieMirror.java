package io.github.requests4j.cookies;

import java.util.List;

/**
 * Keeps the cookies of one jar and those of a store that other processes share in step.
 * The jar reports its changes cookie by cookie, so that processes never overwrite each
 * other's cookies. Implementations must be thread-safe and must not throw exceptions: if
 * the store fails, the jar goes on alone.
 *
 * @see CookieJar#CookieJar(CookiePolicy, CookieMirror)
 */
public interface CookieMirror {

	/**
	 * Called before the cookies for a request are selected. Brings the changes of other
	 * processes into the jar with {@link CookieJar#reload}.
	 * @param jar the jar
	 */
	void refresh(CookieJar jar);

	/**
	 * Called after each change of the jar, while other changes wait. Must only remember
	 * the change.
	 * @param stored the cookies that are new or have other values; unmodifiable
	 * @param removed the cookies that are gone; unmodifiable
	 */
	void changed(List<Cookie> stored, List<Cookie> removed);

	/**
	 * Called after {@link #changed}, when other changes do not wait any longer. Writes
	 * the remembered changes to the store.
	 * @param jar the jar
	 */
	void publish(CookieJar jar);

}
