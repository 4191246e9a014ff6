package io.github.requests4j.internal.body;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * A stream that can take a file from the system without its bytes passing through this
 * process. For one thread.
 */
public interface FileSink {

	/**
	 * Whether it can do so now.
	 * @return {@code false} if the bytes have to be written to it
	 */
	boolean takesFiles();

	/**
	 * Sends some bytes of a file.
	 * @param file the file
	 * @param position where they begin
	 * @param count the most bytes to send
	 * @return how many were sent; 0 if the file ends at the position
	 * @throws IOException if sending fails
	 */
	long transfer(FileChannel file, long position, long count) throws IOException;

}
