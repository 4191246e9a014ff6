package io.github.requests4j.internal.wire;

/**
 * The current step of a connection, in the order of a call. It determines the type and
 * the message of a failure.
 */
public enum Step {

	/** Resolving the name of the server or the proxy. */
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

	/** Returns the step in words, to be followed by the name of the peer. */
	public String text() {
		return this.text;
	}

}
