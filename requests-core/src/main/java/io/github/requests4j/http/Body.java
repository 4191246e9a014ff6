package io.github.requests4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.url.KeyValues;

/**
 * The body of a request: text, bytes, a form, a stream, a file, the items of an iterator,
 * or a multipart message. The kind decides the length, whether it goes out in chunks, and
 * whether it can be sent again. For one thread at a time.
 */
public abstract class Body {

	/**
	 * The length of a body whose length is not known beforehand: it is sent in chunks.
	 */
	public static final long UNKNOWN_LENGTH = -1;

	/**
	 * Text, sent as UTF-8 without a Content-Type (behaviour 66).
	 * @param text the text
	 * @return the body
	 */
	public static Body of(String text) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Bytes as they are, without a Content-Type (behaviour 67).
	 * @param bytes the bytes; not copied
	 * @return the body
	 */
	public static Body of(byte[] bytes) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A stream from its current position (behaviours 74, 77). Its length is known for
	 * files and byte arrays.
	 * @param stream the stream; closed by nobody but the caller
	 * @return the body
	 */
	public static Body of(InputStream stream) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A file, opened anew each time it is sent, so that it can be sent again.
	 * @param file the file
	 * @return the body
	 */
	public static Body of(Path file) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Items that are sent one chunk each (behaviour 79): text as UTF-8, or byte arrays.
	 * @param items the items; empty ones are skipped
	 * @return the body, which can be sent only once
	 */
	public static Body of(Iterator<?> items) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A form, encoded as {@code application/x-www-form-urlencoded} (behaviour 68), or the
	 * fields of a multipart message when there are files too (behaviour 92).
	 * @param fields the fields
	 * @return the body
	 */
	public static Body form(KeyValues fields) {
		throw new UnsupportedOperationException();
	}

	/**
	 * A form from a map.
	 * @param fields the fields; a null value leaves the field out, a collection repeats
	 * it
	 * @return the body
	 */
	public static Body form(Map<String, ?> fields) {
		return form(KeyValues.fromMap(fields));
	}

	/**
	 * How many bytes will be sent.
	 * @return the length of what is left to send, or {@link #UNKNOWN_LENGTH}
	 */
	public abstract long contentLength();

	/**
	 * The Content-Type that goes with this kind of body, unless the caller gives one.
	 * @return the type, or {@code null} for none
	 */
	public @Nullable String contentType() {
		return null;
	}

	/**
	 * The bytes, for bodies that hold them in memory: what signing and logging need.
	 * @return the bytes, not to be changed, or {@code null} when the body is a stream
	 */
	public byte @Nullable [] bytes() {
		return null;
	}

	/**
	 * Sends the body. Each flush ends a chunk where the body is sent in chunks.
	 * @param out where to write; not closed
	 * @throws IOException if reading the source or writing fails
	 */
	public abstract void writeTo(OutputStream out) throws IOException;

	/**
	 * Goes back to where the body was when it was prepared, so that it can be sent again
	 * (behaviour 149).
	 * @throws UnrewindableBodyException if this kind of body can be sent only once, or
	 * going back fails
	 */
	public abstract void rewind();

	/**
	 * Whether {@link #rewind()} can work.
	 * @return {@code false} for streams without a position and iterators
	 */
	public abstract boolean isRewindable();

}
