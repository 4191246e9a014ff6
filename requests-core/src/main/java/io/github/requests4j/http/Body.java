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
import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.body.MultipartSource;
import io.github.requests4j.internal.text.PrintableText;

/**
 * The body of a request: text, bytes, a form, a stream, a file, the items of an iterator,
 * or a multipart message. The kind decides the length, whether it goes out in chunks, and
 * whether it can be sent again. A body that was sent is rewound before it is sent again,
 * or refused: what is left over of a stream is never taken for the whole. For one thread
 * at a time. <pre>{@code
 * Body text = Body.of("hello").withContentType("text/plain; charset=utf-8");
 * Body form = Body.form(Map.of("q", "tea"));
 * Body again = Body.supplied(() -> vault.open("export")); // may be sent more than once
 * session.put(url, (request) -> request.data(Body.of(Path.of("export.csv"))));
 * }</pre>
 */
public final class Body {

	/**
	 * The length of a body whose length is not known beforehand: it is sent in chunks.
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
	 * Text, sent as UTF-8 without a Content-Type.
	 * @param text the text; empty text is no body
	 * @return the body
	 */
	public static Body of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new Body(Kind.TEXT, BodySources.ofBytes(bytes), null, null);
	}

	/**
	 * Bytes as they are, without a Content-Type.
	 * @param bytes the bytes; not copied; none at all are no body
	 * @return the body
	 */
	public static Body of(byte[] bytes) {
		return new Body(Kind.BYTES, BodySources.ofBytes(bytes), null, null);
	}

	/**
	 * A stream from its current position. Its length is known for {@code FileInputStream}
	 * and {@code ByteArrayInputStream}, which can also be sent again; any other stream is
	 * sent in chunks, once.
	 * @param stream the stream; closed by nobody but the caller
	 * @return the body
	 */
	public static Body of(InputStream stream) {
		return stream(BodySources.ofStream(stream));
	}

	/**
	 * Text from a reader, sent as UTF-8 without a Content-Type. The length is known, in
	 * bytes, when the reader is a {@code StringReader} or {@code CharArrayReader}, which
	 * can also be sent again.
	 * @param reader the reader; closed by nobody but the caller
	 * @return the body
	 */
	public static Body of(Reader reader) {
		return stream(BodySources.ofReader(reader));
	}

	/**
	 * A file, opened anew each time it is sent, so that it can be sent again. Its length
	 * is taken when the request is prepared, and so much of it is sent.
	 * @param file the file
	 * @return the body
	 */
	public static Body of(Path file) {
		return stream(BodySources.ofFile(file));
	}

	/**
	 * Items that are sent one chunk each: text as UTF-8, or byte arrays.
	 * @param items the items; empty ones are skipped
	 * @return the body, which can be sent only once
	 */
	public static Body of(Iterator<?> items) {
		return stream(BodySources.ofItems(items));
	}

	/**
	 * Items that are sent one chunk each: text as UTF-8, or byte arrays.
	 * @param items the items; empty ones are skipped
	 * @return the body, which can be sent again if the items are a collection
	 */
	public static Body of(Iterable<?> items) {
		return stream(BodySources.ofItems(items));
	}

	/**
	 * A body of a kind of your own.
	 * @param source where the bytes come from
	 * @return the body, treated as a stream
	 */
	public static Body of(BodySource source) {
		return stream(Objects.requireNonNull(source, "source"));
	}

	/**
	 * Streams that are opened each time the body is sent, so that it can be sent again,
	 * and closed afterwards.
	 * @param streams opens a stream from the beginning
	 * @return the body, sent in chunks
	 */
	public static Body supplied(Supplier<? extends InputStream> streams) {
		return supplied(streams, UNKNOWN_LENGTH);
	}

	/**
	 * Streams of a known length that are opened each time the body is sent, and closed
	 * afterwards.
	 * @param streams opens a stream from the beginning
	 * @param length how many bytes each has; sending fails if it has fewer, and leaves
	 * the rest if it has more
	 * @return the body
	 */
	public static Body supplied(Supplier<? extends InputStream> streams, long length) {
		return stream(BodySources.ofSupplier(streams, length));
	}

	/**
	 * A form, encoded as {@code application/x-www-form-urlencoded}, or the fields of a
	 * multipart message when there are files too.
	 * @param fields the fields; none at all are no body
	 * @return the body
	 */
	public static Body form(KeyValues fields) {
		byte[] bytes = fields.encode().getBytes(StandardCharsets.UTF_8);
		return new Body(Kind.FORM, BodySources.ofBytes(bytes), FORM_TYPE, fields);
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
	 * Creates a multipart message that is not a form with files, such as
	 * {@code multipart/mixed} or {@code multipart/related} (RFC 2046, section 5.1). For a
	 * form with files, use {@link RequestOptions#files(FilePart...)}.
	 * @param contentType the media type, whose type is "multipart"; the boundary is added
	 * to it
	 * @param parts the parts, in order
	 * @return the body
	 * @throws IllegalArgumentException if the media type is no multipart type or already
	 * has a boundary
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

	/** A form with files. The fields of the form come first. */
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
	 * The same body with a Content-Type of its own. A Content-Type among the headers of
	 * the request still wins.
	 * @param contentType the media type
	 * @return a body over the same source
	 */
	public Body withContentType(String contentType) {
		return new Body(this.kind, this.source, Objects.requireNonNull(contentType, "contentType"), this.fields);
	}

	/**
	 * The same body, telling a listener of its progress while it is sent: of one file
	 * among several, for instance. The whole of an upload is told by the option of the
	 * call. Its {@link #bytes()} are not to be had, so that nobody bypasses the listener.
	 * @param listener the listener
	 * @return a body over the same source
	 */
	public Body reportingTo(ProgressListener listener) {
		return new Body(this.kind, new ReportingSource(this.source, listener), this.contentType, this.fields);
	}

	/**
	 * How many bytes will be sent.
	 * @return the length of what is left to send, or {@link #UNKNOWN_LENGTH}
	 */
	public long contentLength() {
		return this.source.contentLength();
	}

	/**
	 * The Content-Type that goes with this body, unless the caller gives one.
	 * @return the type, or {@code null} for none
	 */
	public @Nullable String contentType() {
		return this.contentType;
	}

	/**
	 * The bytes, for bodies that hold them in memory: what signing and logging need.
	 * @return the bytes, not to be changed, or {@code null} when the body is a stream
	 */
	public byte @Nullable [] bytes() {
		return this.source.bytes();
	}

	/**
	 * The text, for bodies made of text and for forms.
	 * @return the text as it is sent, or {@code null} for other bodies
	 */
	public @Nullable String text() {
		byte[] bytes = (this.kind == Kind.TEXT || this.kind == Kind.FORM) ? this.source.bytes() : null;
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	/**
	 * Sends the body. Each flush ends a chunk where the body is sent in chunks. If it was
	 * sent before it is rewound first.
	 * @param out where to write; not closed
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
	 * Goes back to where the body was when it was prepared, so that it can be sent again
	 * ({@code rewind_body}).
	 * @throws UnrewindableBodyException if this kind of body can be sent only once, or
	 * going back fails
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
	 * Whether {@link #rewind()} can work.
	 * @return {@code false} for streams without a position and iterators
	 */
	public boolean isRewindable() {
		return this.source.isRewindable();
	}

	/**
	 * Records position and length; a body that was sent before is rewound.
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
	 * What Python takes for false and requests for no data: a stream never is.
	 */
	boolean isAbsent() {
		return switch (this.kind) {
			case TEXT, BYTES -> this.source.contentLength() == 0;
			case FORM -> this.fields != null && this.fields.isEmpty();
			case STREAM, MULTIPART -> false;
		};
	}

	/**
	 * Whether an empty body of this kind is announced by its length, instead of going out
	 * in chunks.
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
				"Unable to rewind request body for redirect. It would have to be sent again, " + "but "
						+ cause.getMessage() + ": use bytes, a file or a supplier of streams instead.",
				cause);
	}

	private static UnrewindableBodyException rewindFailed(IOException cause) {
		return new UnrewindableBodyException(
				"An error occurred when rewinding request body for redirect. (" + cause.getMessage() + ")", cause);
	}

	private static RequestException unreadable(SourceReadException cause) {
		return new RequestException("The body of the request could not be read: " + cause.getCause(), cause.getCause());
	}

	/**
	 * Shows the kind and length, never the content.
	 */
	@Override
	public String toString() {
		long length = this.source.contentLength();
		return "Body[" + this.kind.description() + ((length >= 0) ? ", " + length + " bytes]" : "]");
	}

	/**
	 * What a body was made of: the rules of preparing differ.
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
