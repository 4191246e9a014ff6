package io.github.requests4j;

/**
 * Determines which calls share the cookies that servers set.
 */
public enum CookieScope {

	/**
	 * Returns all calls of the session share one jar. This is the default of the core
	 * library, as in requests.
	 */
	SHARED,

	/**
	 * The jar belongs to the session's own identity. A call with its own credentials (an
	 * auth, an Authorization or Cookie header, cookies) gets a separate jar. This is the
	 * default of sessions that Spring creates, because many users share them.
	 */
	SESSION,

	/** Each call starts with an empty jar, which its redirects share. */
	CALL,

	/** No cookies are stored, and only those that the caller sets are sent. */
	NONE

}
