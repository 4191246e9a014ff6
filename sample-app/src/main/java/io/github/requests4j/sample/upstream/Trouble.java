package io.github.requests4j.sample.upstream;

/**
 * The current trouble of a service.
 */
public enum Trouble {

	/** No trouble. */
	NONE,

	/** Every other response is delayed. */
	SLOW,

	/** Every other request gets a 503 with Retry-After. */
	FLAKY,

	/** Connections are closed without a response. */
	DEAD

}
