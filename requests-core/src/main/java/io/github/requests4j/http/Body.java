package io.github.requests4j.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.SourceReadException;
import io.github.requests4j.body.UnrepeatableSourceException;
import io.github.requests4j.internal.body.BodySources;
import io.github.requests4j.internal.body.GzipSource;
import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.body.MultipartSource;
import io.github.requests4j.internal.text.PrintableText;

/**
 * The body of a request: text, bytes, a form, a stream, a file, the items of an iterator,
 * or a multipart message. The kind determines the length, whether the body is sent in
 * chunks, and whether it can be sent again. A body is rewound before it is sent again. If
 * that is not possible, sending fails, so that the rest of a stream is never sent as the
 * whole body. Not thread-safe. <pre>{@code
 * Body text = Body.of("hello").withContentType("text/plain; charset=utf-8");
 * Body form = Body.form(Map.of("q", "tea"));
 * Body again = Body.supplied(() -> vault.open("export")); // may be sent more than once
 * session.put(url, (request) -> request.data(Body.of(Path.of("export.csv"))));
 * }</pre>
 */
public final class Body {

	/**
	 * The length of a body whose length is not known in advance. Such a body is sent in
	 * chunks.
	 */
	public static final long UNKNOWN_LENGTH = BodySource.UNKNOWN_LENGTH;

	private static final String FORM_TYPE = "application/x-www-form-urlencoded";

	private final Kind kind;

	private final BodySource source;

	private final @Nullable String contentType;

	/** The fields of a form. */
	private final @Nullable KeyValues fields;

	private Body(Kind kind, BodySource source, @Nullable String contentType, @Nullable KeyValues fields) {
		this.kind = kind;
		this.source = source;
		this.contentType = contentType;
		this.fields = fields;
	}

	private static Body stream(BodySource source) {
		return new Body(Kind.STREAM, source, null, null);
	}

	/**
	 * Creates a body from text, which is sent as UTF-8 without a Content-Type.
	 * @param text the text; if it is empty, no body is sent
	 * @return the body
	 */
	public static Body of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new Body(Kind.TEXT, BodySources.ofBytes(bytes), null, null);
	}

	/**
	 * Creates a body from bytes, which are sent without a Content-Type.
	 * @param bytes the bytes, which are not copied; if there are none, no body is sent
	 * @return the body
	 */
	public static Body of(byte[] bytes) {
		return new Body(Kind.BYTES, BodySources.ofBytes(bytes), null, null);
	}

	/**
	 * Creates a body from a stream, starting at its current position. The length of a
	 * {@code FileInputStream} or {@code ByteArrayInputStream} is known, and it can be
	 * sent again. Any other stream is sent in chunks and only once.
	 * @param stream the stream, which the caller must close
	 * @return the body
	 */
	public static Body of(InputStream stream) {
		return stream(BodySources.ofStream(stream));
	}

	/**
	 * Creates a body from a reader, whose text is sent as UTF-8 without a Content-Type.
	 * The length of a {@code StringReader} or {@code CharArrayReader} is known, and it
	 * can be sent again.
	 * @param reader the reader, which the caller must close
	 * @return the body
	 */
	public static Body of(Reader reader) {
		return stream(BodySources.ofReader(reader));
	}

	/**
	 * Creates a body from a file. The file is opened each time the body is sent, so the
	 * body can be sent again. Its length is read when the request is prepared, and
	 * exactly that many bytes are sent.
	 * @param file the file
	 * @return the body
	 */
	public static Body of(Path file) {
		return stream(BodySources.ofFile(file));
	}

	/**
	 * Creates a body from items, each of which is sent as one chunk: text as UTF-8, or
	 * byte arrays.
	 * @param items the items; empty ones are skipped
	 * @return the body, which can be sent only once
	 */
	public static Body of(Iterator<?> items) {
		return stream(BodySources.ofItems(items));
	}

	/**
	 * Creates a body from items, each of which is sent as one chunk: text as UTF-8, or
	 * byte arrays.
	 * @param items the items; empty ones are skipped
	 * @return the body, which can be sent again if the items are a collection
	 */
	public static Body of(Iterable<?> items) {
		return stream(BodySources.ofItems(items));
	}

	/**
	 * Creates a body from a custom source.
	 * @param source the source of the bytes
	 * @return the body, treated as a stream
	 */
	public static Body of(BodySource source) {
		return stream(Objects.requireNonNull(source, "source"));
	}

	/**
	 * Creates a body from a supplier of streams. A stream is opened each time the body is
	 * sent, so the body can be sent again, and closed afterwards.
	 * @param streams opens a stream from the beginning
	 * @return the body, sent in chunks
	 */
	public static Body supplied(Supplier<? extends InputStream> streams) {
		return supplied(streams, UNKNOWN_LENGTH);
	}

	/**
	 * Creates a body from a supplier of streams of a known length. A stream is opened
	 * each time the body is sent, and closed afterwards.
	 * @param streams opens a stream from the beginning
	 * @param length the number of bytes to send; sending fails if a stream has fewer, and
	 * ignores the rest if it has more
	 * @return the body
	 */
	public static Body supplied(Supplier<? extends InputStream> streams, long length) {
		return stream(BodySources.ofSupplier(streams, length));
	}

	/**
	 * Creates a form, encoded as {@code application/x-www-form-urlencoded}, or as the
	 * fields of a multipart message if the request has files.
	 * @param fields the fields; if there are none, no body is sent
	 * @return the body
	 */
	public static Body form(KeyValues fields) {
		byte[] bytes = fields.encode().getBytes(StandardCharsets.UTF_8);
		return new Body(Kind.FORM, BodySources.ofBytes(bytes), FORM_TYPE, fields);
	}

	/**
	 * Creates a form from a map.
	 * @param fields the fields; a null value omits the field, a collection repeats it
	 * @return the body
	 */
	public static Body form(Map<String, ?> fields) {
		return form(KeyValues.fromMap(fields));
	}

	/**
	 * Creates a multipart message that is not a form with files, such as
	 * {@code multipart/mixed} or {@code multipart/related} (RFC 2046, section 5.1). For a
	 * form with files, use {@link RequestOptions#files(FilePart...)}.
	 * @param contentType the media type, whose type is "multipart"; the boundary is added
	 * to it
	 * @param parts the parts, in order
	 * @return the body
	 * @throws IllegalArgumentException if the media type is not a multipart type or
	 * already has a boundary
	 */
	public static Body multipart(String contentType, List<FilePart> parts) {
		String type = contentType.toLowerCase(Locale.ROOT);
		if (!type.startsWith("multipart/") || type.contains("boundary=")) {
			throw new IllegalArgumentException("The content type of a multipart body must be one such as"
					+ " multipart/mixed, without a boundary, not " + PrintableText.quoted(contentType));
		}
		MultipartSource source = new MultipartSource(parts.stream().map(FilePart::toPart).toList(), contentType);
		return new Body(Kind.MULTIPART, source, source.contentType(), null);
	}

	/** Creates a multipart message: the fields of the form, then the files. */
	static Body multipart(@Nullable Body data, List<FilePart> files) {
		List<MultipartPart> parts = new ArrayList<>();
		if (data != null) {
			for (KeyValues.Field field : data.multipartFields().fields()) {
				parts.add(MultipartPart.field(field.name(), field.bytes()));
			}
		}
		for (FilePart file : files) {
			parts.add(file.toPart());
		}
		MultipartSource source = new MultipartSource(parts);
		return new Body(Kind.MULTIPART, source, source.contentType(), null);
	}

	private KeyValues multipartFields() {
		if (this.fields != null && !this.fields.hasText()) {
			return this.fields;
		}
		if (this.kind == Kind.STREAM || this.kind == Kind.MULTIPART) {
			throw new IllegalArgumentException("Streamed bodies and files are mutually exclusive.");
		}
		throw new IllegalArgumentException("Data must not be a string.");
	}

	/**
	 * Returns this body with a Content-Type. A Content-Type among the headers of the
	 * request overrides it.
	 * @param contentType the media type
	 * @return a body over the same source
	 */
	public Body withContentType(String contentType) {
		return new Body(this.kind, this.source, Objects.requireNonNull(contentType, "contentType"), this.fields);
	}

	/**
	 * Returns this body with a listener that is notified of progress while the body is
	 * sent, for example for one file of several. To observe the whole upload, use the
	 * option of the call instead. The {@link #bytes()} of the result are null, so that
	 * the listener cannot be bypassed.
	 * @param listener the listener
	 * @return a body over the same source
	 */
	public Body reportingTo(ProgressListener listener) {
		return new Body(this.kind, new ReportingSource(this.source, listener), this.contentType, this.fields);
	}

	/** Returns this body compressed with gzip; its length is known if it is in memory. */
	Body compressed() {
		byte[] bytes = bytes();
		return (bytes != null)
				? new Body(Kind.BYTES, BodySources.ofBytes(GzipSource.compress(bytes)), this.contentType, null)
				: new Body(Kind.STREAM, new GzipSource(this.source), this.contentType, null);
	}

	/**
	 * Returns the number of bytes that will be sent.
	 * @return the length, or {@link #UNKNOWN_LENGTH}
	 */
	public long contentLength() {
		return this.source.contentLength();
	}

	/**
	 * Returns the Content-Type of this body, which a header of the request overrides.
	 * @return the type, or {@code null} for none
	 */
	public @Nullable String contentType() {
		return this.contentType;
	}

	/**
	 * Returns the bytes of a body in memory, for signing and logging.
	 * @return the bytes, which must not be changed, or {@code null} if the body is a
	 * stream
	 */
	public byte @Nullable [] bytes() {
		return this.source.bytes();
	}

	/**
	 * Returns the text of a text body or form.
	 * @return the text as it is sent, or {@code null} for other bodies
	 */
	public @Nullable String text() {
		byte[] bytes = (this.kind == Kind.TEXT || this.kind == Kind.FORM) ? this.source.bytes() : null;
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	/**
	 * Writes the body. If the body is sent in chunks, each flush ends a chunk. A body
	 * that was sent before is rewound first.
	 * @param out the stream to write to, which is not closed
	 * @throws IOException if writing fails
	 * @throws UnrewindableBodyException if it was sent before and can be sent only once
	 * @throws RequestException if the source of the body cannot be read
	 */
	public void writeTo(OutputStream out) throws IOException {
		try {
			this.source.writeTo(out);
		}
		catch (UnrepeatableSourceException ex) {
			throw onceOnly(ex);
		}
		catch (SourceReadException ex) {
			throw unreadable(ex);
		}
	}

	/**
	 * Returns to the position at which the body was prepared, so that it can be sent
	 * again ({@code rewind_body}).
	 * @throws UnrewindableBodyException if this kind of body can be sent only once, or
	 * rewinding fails
	 */
	public void rewind() {
		try {
			this.source.rewind();
		}
		catch (UnrepeatableSourceException ex) {
			throw onceOnly(ex);
		}
		catch (IOException ex) {
			throw rewindFailed(ex);
		}
	}

	/**
	 * Returns whether this body supports {@link #rewind()}.
	 * @return {@code false} for streams without a position and iterators
	 */
	public boolean isRewindable() {
		return this.source.isRewindable();
	}

	/**
	 * Returns whether several threads may send this body at the same time: text, bytes,
	 * forms, files given by path, and multipart messages of these. Streams, suppliers of
	 * streams and bodies that report their progress are sent by one thread at a time.
	 * @return {@code true} if each thread sends it from the start
	 */
	public boolean isShareable() {
		return this.source.isShareable();
	}

	/**
	 * Records position and length. A body that was sent before is rewound.
	 */
	void prepare() {
		try {
			this.source.prepare();
		}
		catch (UnrepeatableSourceException ex) {
			throw onceOnly(ex);
		}
		catch (SourceReadException ex) {
			throw unreadable(ex);
		}
		catch (IOException ex) {
			throw rewindFailed(ex);
		}
	}

	/**
	 * Returns whether requests would treat this as no data, because it is falsy in
	 * Python. A stream never is.
	 */
	boolean isAbsent() {
		return switch (this.kind) {
			case TEXT, BYTES -> this.source.contentLength() == 0;
			case FORM -> this.fields != null && this.fields.isEmpty();
			case STREAM, MULTIPART -> false;
		};
	}

	/**
	 * Returns whether this body is sent with a Content-Length instead of in chunks.
	 */
	boolean hasLength() {
		long length = this.source.contentLength();
		return length > 0 || (length == 0 && this.kind != Kind.STREAM);
	}

	BodySource source() {
		return this.source;
	}

	private static UnrewindableBodyException onceOnly(UnrepeatableSourceException cause) {
		return new UnrewindableBodyException(
				"Unable to rewind request body for redirect. The body must be sent again, but " + cause.getMessage()
						+ ". Use bytes, a file or a supplier of streams instead.",
				cause);
	}

	private static UnrewindableBodyException rewindFailed(IOException cause) {
		return new UnrewindableBodyException(
				"An error occurred when rewinding request body for redirect. The source reported: "
						+ cause.getMessage(),
				cause);
	}

	private static RequestException unreadable(SourceReadException cause) {
		return new RequestException("The request body could not be read: " + cause.getCause(), cause.getCause());
	}

	/**
	 * Returns the kind and length, but not the content.
	 */
	@Override
	public String toString() {
		long length = this.source.contentLength();
		return "Body[" + this.kind.description() + ((length >= 0) ? ", " + length + " bytes]" : "]");
	}

	/**
	 * The kinds of bodies, which are prepared differently.
	 */
	private enum Kind {

		/** Text in memory. */
		TEXT("text"),

		/** Bytes in memory. */
		BYTES("bytes"),

		/** The fields of a form. */
		FORM("form"),

		/** Anything that is read while it is sent. */
		STREAM("stream"),

		/** Fields and files together. */
		MULTIPART("multipart");

		private final String description;

		Kind(String description) {
			this.description = description;
		}

		String description() {
			return this.description;
		}

	}

}
