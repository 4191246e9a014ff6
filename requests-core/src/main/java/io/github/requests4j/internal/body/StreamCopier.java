package io.github.requests4j.internal.body;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;

import io.github.requests4j.body.SourceReadException;

/**
 * Copies streams in blocks, and distinguishes errors of the source from errors of the
 * connection.
 */
final class StreamCopier {

	/**
	 * Large enough to make the cost of system calls negligible, small enough for one
	 * array per upload.
	 */
	private static final int BLOCK_SIZE = 64 * 1024;

	private StreamCopier() {
	}

	/**
	 * Copies the rest of a stream. Each block is sent as soon as it is available, because
	 * the source may be a live stream.
	 */
	static void copyAll(InputStream in, OutputStream out) throws IOException {
		byte[] block = new byte[BLOCK_SIZE];
		int count = read(in, block, BLOCK_SIZE);
		while (count >= 0) {
			if (count > 0) {
				out.write(block, 0, count);
				out.flush();
			}
			count = read(in, block, BLOCK_SIZE);
		}
	}

	/**
	 * Copies exactly this number of bytes, even if the source has grown since its length
	 * was read.
	 */
	static void copyExactly(InputStream in, OutputStream out, long length) throws IOException {
		byte[] block = new byte[(int) Math.min(BLOCK_SIZE, length)];
		long left = length;
		while (left > 0) {
			int count = read(in, block, (int) Math.min(block.length, left));
			if (count < 0) {
				throw tooShort(length - left, length);
			}
			out.write(block, 0, count);
			left -= count;
		}
	}

	/** Copies exactly this number of bytes from a file directly to the connection. */
	static void copyExactly(FileChannel file, FileSink sink, long length) throws IOException {
		long sent = 0;
		while (sent < length) {
			long count = sink.transfer(file, sent, length - sent);
			if (count <= 0) {
				throw tooShort(sent, length);
			}
			sent += count;
		}
	}

	private static SourceReadException tooShort(long count, long length) {
		return new SourceReadException(new EOFException(
				"It ended after " + count + " of " + length + " bytes. It must not change while it is being sent."));
	}

	private static int read(InputStream in, byte[] block, int limit) throws IOException {
		try {
			return in.read(block, 0, limit);
		}
		catch (IOException ex) {
			throw new SourceReadException(ex);
		}
	}

}
