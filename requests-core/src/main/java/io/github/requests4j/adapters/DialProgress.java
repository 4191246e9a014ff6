package io.github.requests4j.adapters;

/**
 * How far the making of a connection went: what a failure is called depends on it. For
 * one thread.
 */
final class DialProgress {

	enum Stage {

		/** Looking up the name of the server or the proxy. */
		RESOLVE,

		/** Connecting to the server or the proxy. */
		CONNECT,

		/** Speaking with the proxy. */
		PROXY,

		/** Speaking TLS with the server. */
		TLS

	}

	private Stage stage = Stage.RESOLVE;

	void reached(Stage stage) {
		this.stage = stage;
	}

	Stage stage() {
		return this.stage;
	}

}
