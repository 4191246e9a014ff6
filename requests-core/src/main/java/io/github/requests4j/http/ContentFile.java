package io.github.requests4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves a body to a file atomically.
 */
final class ContentFile {

	private static final Logger logger = LoggerFactory.getLogger(Response.class);

	private static final int BUFFER_SIZE = 64 * 1024;

	private final Response response;

	private final Path file;

	/**
	 * @throws IllegalArgumentException if the path exists and is not a regular file
	 */
	ContentFile(Response response, Path file) {
		this.response = response;
		this.file = file;
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			throw new IllegalArgumentException("The body cannot be saved to " + file
					+ ", because it is not a regular file. Write to it from bodyStream().");
		}
	}

	long write(InputStream body) {
		Path part = null;
		try (body) {
			// A link is kept; its target is replaced.
			Path target = Files.exists(this.file) ? this.file.toRealPath() : this.file.toAbsolutePath();
			part = target.resolveSibling("." + target.getFileName() + "."
					+ Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
			long count = copy(body, part);
			requireComplete();
			move(part, target);
			part = null;
			return count;
		}
		catch (IOException ex) {
			throw new RequestException(
					"The body of " + this.response.label() + " could not be saved to " + this.file + ": " + ex, ex)
				.attach(this.response.requestOrNull(), this.response);
		}
		finally {
			delete(part);
		}
	}

	/** Content of a response that was closed unread looks empty, but is not. */
	private void requireComplete() {
		if (!this.response.isContentConsumed() && this.response.raw() != null) {
			throw new ConnectionException("The response of " + this.response.label()
					+ " was closed before its body was saved to " + this.file + ". Close it afterwards.")
				.attach(this.response.requestOrNull(), this.response);
		}
	}

	// Not Files.createTempFile, which creates files that only their owner can read.
	private static long copy(InputStream body, Path part) throws IOException {
		try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			byte[] buffer = new byte[BUFFER_SIZE];
			long total = 0;
			int count = body.read(buffer, 0, BUFFER_SIZE);
			while (count >= 0) {
				out.write(buffer, 0, count);
				total += count;
				count = body.read(buffer, 0, BUFFER_SIZE);
			}
			return total;
		}
	}

	private static void move(Path part, Path target) throws IOException {
		try {
			Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static void delete(@Nullable Path part) {
		try {
			if (part != null) {
				Files.deleteIfExists(part);
			}
		}
		catch (IOException ex) {
			logger.warn("The incomplete file {} could not be deleted", part, ex);
		}
	}

}
