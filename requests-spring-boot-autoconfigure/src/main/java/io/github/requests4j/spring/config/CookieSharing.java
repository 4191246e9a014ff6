package io.github.requests4j.spring.config;

/**
 * Who shares the cookies that servers set.
 */
public enum CookieSharing {

	/**
	 * The session's own identity: a call that brings its own credentials gets a jar of
	 * its own.
	 */
	SESSION,

	/** Nobody: each call starts without cookies, its redirects share them. */
	CALL,

	/** Cookies are neither kept nor sent. */
	NONE

}
