package io.github.requests4j.internal.body;

import io.github.requests4j.body.BodySource;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Makes a source of what it is given.
 */
public final class BodySources {

	private BodySources() {
	}

	/**
	 * Bytes in memory.
	 * @param bytes the bytes, not copied
	 * @return the source, repeatable
	 */
	public static BodySource ofBytes(byte[] bytes) {
		return new BytesSource(bytes);
	}

	/**
	 * A stream from its current position (behaviours 74 to 77). Files and byte arrays
	 * have a length and can be rewound; other streams have neither: marking them would
	 * keep the whole body in memory.
	 * @param stream the stream, closed by nobody but its owner
	 * @return the source
	 */
	public static BodySource ofStream(InputStream stream) {
		if (stream instanceof FileInputStream file) {
			return new FileStreamSource(file);
		}
		if (stream instanceof ByteArrayInputStream bytes) {
			return new ByteArrayStreamSource(bytes);
		}
		return new PlainStreamSource(stream);
	}

	/**
	 * Text that is read as it is sent, as UTF-8.
	 * @param reader the reader, closed by nobody but its owner
	 * @return the source, repeatable when the reader is one over text in memory
	 */
	public static BodySource ofReader(Reader reader) {
		return new ReaderSource(reader);
	}

	/**
	 * A file, opened each time it is sent.
	 * @param file the file
	 * @return the source, repeatable
	 */
	public static BodySource ofFile(Path file) {
		return new FileSource(file);
	}

	/**
	 * Streams that are opened each time the body is sent, and closed afterwards.
	 * @param streams opens a stream from the beginning
	 * @param length the length of each in bytes, or {@link BodySource#UNKNOWN_LENGTH}
	 * @return the source, repeatable
	 */
	public static BodySource ofSupplier(Supplier<? extends InputStream> streams, long length) {
		return new SuppliedSource(streams, length);
	}

	/**
	 * Items that are sent one chunk each (behaviour 79).
	 * @param items text or byte arrays
	 * @return the source, not repeatable
	 */
	public static BodySource ofItems(Iterator<?> items) {
		Objects.requireNonNull(items, "items");
		return new ItemsSource(() -> items, false);
	}

	/**
	 * Items that are sent one chunk each (behaviour 79).
	 * @param items text or byte arrays
	 * @return the source, repeatable when they are a collection
	 */
	public static BodySource ofItems(Iterable<?> items) {
		return new ItemsSource(items::iterator, items instanceof Collection);
	}

}
