package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.OutputStream;

import io.github.requests4j.body.BodySource;

/**
 * A source with a position, which sending moves on: it remembers whether it was sent, so
 * that what is left over is never taken for the whole.
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
		goBack();
		this.sent = false;
	}

	abstract void recordPosition() throws IOException;

	abstract void goBack() throws IOException;

	abstract void send(OutputStream out) throws IOException;

}
