package io.github.requests4j.internal.wire;

/**
 * What a connection is being used for at the moment. What a failure is called depends on
 * it, and a timeout names it. In the order in which a call passes them.
 */
public enum Step {

	/** Looking up the name of the server or the proxy. */
	LOOKUP("looking up"),

	/** Connecting to the server or the proxy. */
	CONNECT("connecting to"),

	/** The handshake with a proxy: its TLS, CONNECT, or SOCKS. */
	PROXY("waiting for the handshake with"),

	/** The TLS handshake with the server. */
	TLS("waiting for the TLS handshake with"),

	/** Sending the request. */
	SEND("sending the request to"),

	/** Waiting for the head of the response. */
	AWAIT("waiting for the response from"),

	/** Reading the body of the response. */
	BODY("reading the body from");

	private final String text;

	Step(String text) {
		this.text = text;
	}

	/** The step in words, to be followed by whom it is taken with. */
	public String text() {
		return this.text;
	}

}
