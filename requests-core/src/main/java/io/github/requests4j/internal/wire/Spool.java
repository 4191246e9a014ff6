package io.github.requests4j.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Buffers bytes that arrive before they can be read: up to 1 MiB in memory, more in a
 * temporary file that only this user can read and that is deleted when it is closed. For
 * one thread at a time.
 */
final class Spool implements Closeable {

	/** The maximum number of bytes in total. */
	static final long MAX = 256L * 1024 * 1024;

	private static final int MAX_IN_MEMORY = 1024 * 1024;

	private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();

	private @Nullable FileChannel file;

	private @Nullable ByteArrayInputStream head;

	private long size;

	private long taken;

	/** Returns the number of bytes that are left to read. */
	long available() {
		return this.size - this.taken;
	}

	/**
	 * Adds bytes.
	 * @return {@code false} if the maximum would be exceeded
	 */
	boolean add(byte[] bytes, int count) throws IOException {
		if (this.size + count > MAX) {
			return false;
		}
		if (this.memory != null && this.size + count <= MAX_IN_MEMORY) {
			this.memory.write(bytes, 0, count);
		}
		else {
			write(ByteBuffer.wrap(bytes, 0, count));
		}
		this.size += count;
		return true;
	}

	private void write(ByteBuffer bytes) throws IOException {
		FileChannel target = this.file;
		if (target == null) {
			Path path = Files.createTempFile("requests4j-", ".spool");
			target = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE);
			this.file = target;
			if (this.memory != null) {
				append(target, ByteBuffer.wrap(this.memory.toByteArray()), 0);
				this.memory = null;
			}
		}
		append(target, bytes, this.size);
	}

	private static void append(FileChannel target, ByteBuffer bytes, long position) throws IOException {
		long at = position;
		while (bytes.hasRemaining()) {
			at += target.write(bytes, at);
		}
	}

	/** Removes bytes from the front; there must be some. */
	int take(byte[] target, int offset, int length) throws IOException {
		int count;
		if (this.file != null) {
			count = this.file.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, available())), this.taken);
		}
		else {
			count = fromMemory().read(target, offset, length);
		}
		this.taken += count;
		return count;
	}

	private ByteArrayInputStream fromMemory() {
		ByteArrayInputStream start = this.head;
		if (start == null || start.available() == 0) {
			byte[] all = (this.memory != null) ? this.memory.toByteArray() : new byte[0];
			start = new ByteArrayInputStream(all, (int) this.taken, all.length);
			this.head = start;
		}
		return start;
	}

	@Override
	public void close() throws IOException {
		this.memory = null;
		FileChannel open = this.file;
		if (open != null) {
			open.close();
		}
	}

}
