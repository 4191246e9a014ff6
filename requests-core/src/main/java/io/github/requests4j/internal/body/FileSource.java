package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.SourceReadException;

/**
 * A file that is opened each time it is sent.
 */
final class FileSource implements BodySource {

	private static final long NOT_MEASURED = -2;

	private final Path file;

	private long length = NOT_MEASURED;

	FileSource(Path file) {
		this.file = Objects.requireNonNull(file, "file");
	}

	@Override
	public long contentLength() {
		if (this.length == NOT_MEASURED) {
			try {
				prepare();
			}
			catch (SourceReadException ex) {
				// The error is thrown when the file is sent; until then its length is
				// unknown
				return UNKNOWN_LENGTH;
			}
		}
		return this.length;
	}

	@Override
	public Path file() {
		return this.file;
	}

	/**
	 * Reads the length now, so that a missing file is detected before a connection is
	 * opened.
	 */
	@Override
	public void prepare() {
		try {
			this.length = measure();
		}
		catch (IOException ex) {
			throw new SourceReadException(ex);
		}
	}

	private long measure() throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(this.file, BasicFileAttributes.class);
		if (attributes.isDirectory()) {
			throw new FileSystemException(this.file.toString(), null, "it is a directory");
		}
		if (!Files.isReadable(this.file)) {
			throw new AccessDeniedException(this.file.toString(), null, "it cannot be read");
		}
		if (!attributes.isRegularFile()) {
			return UNKNOWN_LENGTH;
		}
		return (attributes.size() > 0 || isEmpty()) ? attributes.size() : UNKNOWN_LENGTH;
	}

	/**
	 * Returns whether the file is empty. Some system files have content although their
	 * size is 0.
	 */
	private boolean isEmpty() throws IOException {
		try (InputStream stream = Files.newInputStream(this.file)) {
			return stream.read() < 0;
		}
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		if (out instanceof FileSink sink && sink.acceptsFiles() && contentLength() != UNKNOWN_LENGTH) {
			try (FileChannel channel = openChannel()) {
				StreamCopier.copyExactly(channel, sink, this.length);
			}
			return;
		}
		try (InputStream stream = open()) {
			if (contentLength() == UNKNOWN_LENGTH) {
				StreamCopier.copyAll(stream, out);
			}
			else {
				StreamCopier.copyExactly(stream, out, this.length);
			}
		}
	}

	private FileChannel openChannel() throws IOException {
		try {
			return FileChannel.open(this.file, StandardOpenOption.READ);
		}
		catch (IOException ex) {
			throw new SourceReadException(ex);
		}
	}

	private InputStream open() throws IOException {
		try {
			return Files.newInputStream(this.file);
		}
		catch (IOException ex) {
			throw new SourceReadException(ex);
		}
	}

	@Override
	public boolean isRewindable() {
		return true;
	}

	@Override
	public boolean isShareable() {
		return true;
	}

	@Override
	public void rewind() {
	}

}
