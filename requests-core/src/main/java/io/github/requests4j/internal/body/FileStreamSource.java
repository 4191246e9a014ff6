package io.github.requests4j.internal.body;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * A file that the caller opened and may have read from: the rest of it is the body. Pipes
 * and terminals are such streams too, without a position.
 */
final class FileStreamSource extends PositionedSource {

	private static final long NO_POSITION = -1;

	private final FileInputStream stream;

	private long position = NO_POSITION;

	private long length = UNKNOWN_LENGTH;

	FileStreamSource(FileInputStream stream) {
		this.stream = Objects.requireNonNull(stream, "stream");
		recordPosition();
	}

	@Override
	public long contentLength() {
		return this.length;
	}

	@Override
	public boolean isRewindable() {
		return this.position != NO_POSITION;
	}

	@Override
	void recordPosition() {
		FileChannel channel = this.stream.getChannel();
		try {
			long current = channel.position();
			this.length = lengthFrom(channel, current);
			this.position = current;
		}
		catch (IOException ex) {
			// As a failing tell() in requests: it can be sent, and not again
			this.position = NO_POSITION;
			this.length = UNKNOWN_LENGTH;
		}
	}

	/** Some files of the system claim to be empty and are not. */
	private static long lengthFrom(FileChannel channel, long position) throws IOException {
		long left = channel.size() - position;
		if (left > 0) {
			return left;
		}
		return (channel.read(ByteBuffer.allocate(1), position) > 0) ? UNKNOWN_LENGTH : 0;
	}

	@Override
	void goBack() throws IOException {
		if (this.position == NO_POSITION) {
			throw new UnrepeatableSourceException("a pipe or terminal can be read only once");
		}
		this.stream.getChannel().position(this.position);
	}

	@Override
	void send(OutputStream out) throws IOException {
		if (this.length == UNKNOWN_LENGTH) {
			Copying.all(this.stream, out);
		}
		else {
			Copying.exactly(this.stream, out, this.length);
		}
	}

}
