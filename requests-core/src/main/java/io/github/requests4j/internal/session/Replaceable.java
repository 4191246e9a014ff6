package io.github.requests4j.internal.session;

/**
 * A session whose settings its owner can replace as a whole, even if it is frozen.
 * Thread-safe.
 */
public interface Replaceable {

	/**
	 * Takes over all settings and adapters of another session, which must not be used
	 * itself. Calls that have started finish with the old settings and adapters, and so
	 * do sessions that were derived before. The cookie jar stays. Adapters that this
	 * session owned and no longer uses are retired. If this session is closed, the other
	 * one is discarded.
	 * @param candidate a session from the same kind of builder
	 * @throws IllegalArgumentException if it is another kind of session
	 */
	void replaceWith(Object candidate);

	/**
	 * Closes the adapters of a session that will not replace this one, except those that
	 * this session uses itself.
	 * @param candidate a session from the same kind of builder
	 * @throws IllegalArgumentException if it is another kind of session
	 */
	void discard(Object candidate);

}
