package io.github.requests4j;

/**
 * Who shares the cookies that servers set.
 */
public enum CookieScope {

	/**
	 * All calls of the session share one jar; the default of the core library, as in
	 * requests.
	 */
	SHARED,

	/**
	 * The jar belongs to the session's own identity: a call that brings its own
	 * credentials (an auth, an Authorization or Cookie header, cookies) gets a jar of its
	 * own. The default of sessions that Spring makes, since many users share them.
	 */
	SESSION,

	/** Each call starts with an empty jar; its redirects share it. */
	CALL,

	/** Cookies are neither kept nor sent, except those that the caller gives. */
	NONE

}
