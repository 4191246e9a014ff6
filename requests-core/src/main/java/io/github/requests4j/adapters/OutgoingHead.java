package io.github.requests4j.adapters;

import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/**
 * A request head that is already bytes, in the form in which the library passes it to the
 * writer. One for each connection, used again and again.
 */
final class OutgoingHead extends BasicClassicHttpRequest {

	private static final long serialVersionUID = 1L;

	private transient byte[] bytes = new byte[0];

	OutgoingHead() {
		super("GET", "/");
	}

	OutgoingHead with(byte[] head) {
		this.bytes = head;
		return this;
	}

	byte[] bytes() {
		return this.bytes;
	}

}
