package io.github.requests4j.internal.body;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * A file stream of the caller, the rest of which is the body. Pipes and terminals are
 * also file streams, but have no position.
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
			// Like a failing tell() in requests: it can be sent only once
			this.position = NO_POSITION;
			this.length = UNKNOWN_LENGTH;
		}
	}

	/**
	 * Returns the remaining length. Some system files have content although their size is
	 * 0.
	 */
	private static long lengthFrom(FileChannel channel, long position) throws IOException {
		long left = channel.size() - position;
		if (left > 0) {
			return left;
		}
		return (channel.read(ByteBuffer.allocate(1), position) > 0) ? UNKNOWN_LENGTH : 0;
	}

	@Override
	void restorePosition() throws IOException {
		if (this.position == NO_POSITION) {
			throw new UnrepeatableSourceException("a pipe or terminal can be read only once");
		}
		this.stream.getChannel().position(this.position);
	}

	@Override
	void send(OutputStream out) throws IOException {
		if (this.length == UNKNOWN_LENGTH) {
			StreamCopier.copyAll(this.stream, out);
		}
		else {
			StreamCopier.copyExactly(this.stream, out, this.length);
		}
	}

}
