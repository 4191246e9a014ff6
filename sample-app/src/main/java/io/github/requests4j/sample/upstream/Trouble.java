package io.github.requests4j.sample.upstream;

/**
 * What is wrong with a service at the moment.
 */
public enum Trouble {

	/** Nothing. */
	NONE,

	/** Each answer comes late. */
	SLOW,

	/** Every other request gets a 503 with Retry-After. */
	FLAKY,

	/** Connections are closed without an answer. */
	DEAD

}
