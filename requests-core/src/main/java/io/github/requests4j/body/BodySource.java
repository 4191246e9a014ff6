package io.github.requests4j.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a request body come from. For one thread at a time.
 * <p>
 * Whoever implements this for a source that can be read only once throws
 * {@link UnrepeatableSourceException} from {@link #writeTo} and {@link #rewind} rather
 * than sending what is left of it: a body is never sent cut or empty. <pre class="code">
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

	/** The length of a source whose length is not known beforehand. */
	long UNKNOWN_LENGTH = -1;

	/**
	 * How many bytes {@link #writeTo} writes.
	 * @return the length in bytes of what is left, or {@link #UNKNOWN_LENGTH}
	 */
	long contentLength();

	/**
	 * The bytes, for sources that hold them in memory.
	 * @return the bytes, not to be changed, or {@code null} when they must be read from
	 * somewhere
	 */
	default byte @Nullable [] bytes() {
		return null;
	}

	/**
	 * The file that is sent whole, for those who would rather name it than read it.
	 * @return the file, or {@code null} when the source is no file
	 */
	default @Nullable Path file() {
		return null;
	}

	/**
	 * Gets ready to be sent: records the position to which {@link #rewind} goes back, and
	 * the length from there. A source that was sent before is rewound.
	 * @throws UnrepeatableSourceException if it was sent before and cannot be rewound
	 * @throws SourceReadException if the source cannot be read
	 * @throws IOException if rewinding fails
	 */
	default void prepare() throws IOException {
	}

	/**
	 * Writes all bytes from the recorded position. Where the body is sent in chunks, each
	 * flush ends one. A source that was sent before is rewound.
	 * @param out where to write; not closed
	 * @throws UnrepeatableSourceException if it was sent before and cannot be rewound
	 * @throws SourceReadException if the source cannot be read
	 * @throws IOException if writing fails
	 */
	void writeTo(OutputStream out) throws IOException;

	/**
	 * Whether {@link #rewind} can work.
	 * @return {@code false} for what can be read only once
	 */
	boolean isRewindable();

	/**
	 * Goes back to the recorded position.
	 * @throws UnrepeatableSourceException if this kind of source can be read only once
	 * @throws IOException if going back fails
	 */
	void rewind() throws IOException;

}
