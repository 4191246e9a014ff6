package io.github.requests4j.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The source of the bytes of a request body. Not thread-safe.
 * <p>
 * An implementation for a source that can be read only once must throw
 * {@link UnrepeatableSourceException} from {@link #writeTo} and {@link #rewind} instead
 * of sending the rest, so that a body is never sent truncated or empty.
 * <pre class="code">
 * record Zeros(long contentLength) implements BodySource {
 *
 *     &#64;Override
 *     public void writeTo(OutputStream out) throws IOException {
 *         for (long i = 0; i &lt; this.contentLength; i++) {
 *             out.write('0');
 *         }
 *     }
 *
 *     &#64;Override
 *     public boolean isRewindable() {
 *         return true;
 *     }
 *
 *     &#64;Override
 *     public void rewind() {
 *     }
 *
 * }
 * </pre>
 */
public interface BodySource {

	/** The length of a source whose length is not known in advance. */
	long UNKNOWN_LENGTH = -1;

	/**
	 * Returns the number of bytes that {@link #writeTo} writes.
	 * @return the length in bytes, or {@link #UNKNOWN_LENGTH}
	 */
	long contentLength();

	/**
	 * Returns the bytes of a source in memory.
	 * @return the bytes, which must not be changed, or {@code null} if the source is not
	 * in memory
	 */
	default byte @Nullable [] bytes() {
		return null;
	}

	/**
	 * Returns the file that is sent as a whole.
	 * @return the file, or {@code null} if the source is not a file
	 */
	default @Nullable Path file() {
		return null;
	}

	/**
	 * Prepares for sending: records the position to which {@link #rewind} returns, and
	 * the length from there. A source that was sent before is rewound.
	 * @throws UnrepeatableSourceException if it was sent before and cannot be rewound
	 * @throws SourceReadException if the source cannot be read
	 * @throws IOException if rewinding fails
	 */
	default void prepare() throws IOException {
	}

	/**
	 * Writes all bytes from the recorded position. If the body is sent in chunks, each
	 * flush ends a chunk. A source that was sent before is rewound.
	 * @param out the stream to write to, which must not be closed
	 * @throws UnrepeatableSourceException if it was sent before and cannot be rewound
	 * @throws SourceReadException if the source cannot be read
	 * @throws IOException if writing fails
	 */
	void writeTo(OutputStream out) throws IOException;

	/**
	 * Returns whether this source supports {@link #rewind}.
	 * @return {@code false} if it can be read only once
	 */
	boolean isRewindable();

	/**
	 * Returns whether several threads may send this source at the same time, each from
	 * the start. By default, only a source in memory can be shared.
	 * @return {@code false} if sending it changes a state or a position
	 */
	default boolean isShareable() {
		return bytes() != null;
	}

	/**
	 * Returns to the recorded position.
	 * @throws UnrepeatableSourceException if this kind of source can be read only once
	 * @throws IOException if rewinding fails
	 */
	void rewind() throws IOException;

}
