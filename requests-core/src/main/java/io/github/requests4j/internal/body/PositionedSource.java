package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.OutputStream;

import io.github.requests4j.body.BodySource;

/**
 * A source with a position that changes when it is sent. It records whether it was sent,
 * so that the rest is never sent as the whole body.
 */
abstract class PositionedSource implements BodySource {

	private boolean sent;

	@Override
	public final void prepare() throws IOException {
		if (this.sent) {
			rewind();
		}
		else {
			recordPosition();
		}
	}

	@Override
	public final void writeTo(OutputStream out) throws IOException {
		if (this.sent) {
			rewind();
		}
		this.sent = true;
		send(out);
	}

	@Override
	public final void rewind() throws IOException {
		restorePosition();
		this.sent = false;
	}

	abstract void recordPosition() throws IOException;

	abstract void restorePosition() throws IOException;

	abstract void send(OutputStream out) throws IOException;

}
