package io.github.requests4j.internal.body;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A stream to which the operating system can transfer a file without copying its bytes
 * through this process. Not thread-safe.
 */
public interface FileSink {

	/**
	 * Returns whether the transfer is currently possible.
	 * @return {@code false} if the bytes must be written instead
	 */
	boolean acceptsFiles();

	/**
	 * Sends some bytes of a file.
	 * @param file the file
	 * @param position the position of the first byte
	 * @param count the maximum number of bytes to send
	 * @return the number of bytes that were sent; 0 if the file ends at the position
	 * @throws IOException if sending fails
	 */
	long transfer(FileChannel file, long position, long count) throws IOException;

}
