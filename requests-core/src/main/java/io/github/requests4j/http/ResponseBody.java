package io.github.requests4j.http;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.DelimiterSplitter;
import io.github.requests4j.internal.text.Latin1;
import io.github.requests4j.internal.text.LineSplitter;
import io.github.requests4j.internal.text.TextCodec;
import io.github.requests4j.internal.text.TextPieces;

/**
 * The body of a response, whole or in pieces, as bytes or as text. For one thread at a
 * time.
 */
abstract class ResponseBody extends ResponseHead implements AutoCloseable, Iterable<byte[]> {

	/** A new connection costs less than reading more than this. */
	private static final int DRAIN_LIMIT = 64 * 1024;

	private static final int ITERATOR_PIECE = 128;

	private static final int LINE_PIECE = 512;

	private static final int TEXT_PIECE = 8 * 1024;

	private static final String STREAMED = "The content of this response was already streamed to its end. "
			+ "To read it more than once, call content() first.";

	private final ResponseContent content;

	private @Nullable String encoding;

	private boolean encodingKnown;

	ResponseBody(Response.Builder builder) {
		super(builder);
		this.content = new ResponseContent(this, builder.raw, builder.limits, builder.failureListener);
	}

	/**
	 * The whole decoded content, read once and kept (behaviour 219).
	 * @return the bytes, the same array each time: not to be changed; empty when there is
	 * no body
	 */
	public byte[] content() {
		return this.content.bytes();
	}

	/**
	 * The encoding of {@link Response#text()}: what was set, else what the headers tell
	 * (behaviour 211).
	 * @return the name, or {@code null} to detect it
	 */
	public @Nullable String encoding() {
		if (!this.encodingKnown) {
			this.encoding = Encodings.getEncodingFromHeaders(headers());
			this.encodingKnown = true;
		}
		return this.encoding;
	}

	/**
	 * Sets the encoding of the text from now on (behaviour 212).
	 * @param encoding its name, or {@code null} to detect it
	 */
	public void encoding(@Nullable String encoding) {
		this.encoding = encoding;
		this.encodingKnown = true;
	}

	/**
	 * The encoding that the content looks like (behaviour 213). Reads and keeps the
	 * content.
	 * @return the name that the detector gives it, or {@code null} for an empty content
	 */
	public @Nullable String apparentEncoding() {
		return Encodings.detect(content());
	}

	/**
	 * The decoded content in pieces as they arrive, each 64 KiB at most; content that was
	 * read before in one piece ({@code iter_content(None)}, behaviour 220).
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent() {
		return iterContent(0);
	}

	/**
	 * The decoded content in pieces of a size. A piece never holds data of two chunks of
	 * a chunked body; otherwise all but the last one are full (behaviour 220).
	 * @param chunkSize the size in bytes; zero or less for no size, as
	 * {@link #iterContent()}
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent(int chunkSize) {
		this.content.requireUnconsumed(STREAMED);
		byte[] kept = this.content.kept();
		if (kept != null) {
			return ContentPieces.slices(kept, chunkSize);
		}
		return (chunkSize > 0) ? ContentPieces.sized(this.content, chunkSize)
				: ContentPieces.arriving(this.content, ContentPieces.LONGEST_PIECE);
	}

	/**
	 * The content in pieces of 128 bytes, as in requests (behaviour 224).
	 * {@link #iterContent(int)} has other sizes.
	 */
	@Override
	public Iterator<byte[]> iterator() {
		return iterContent(ITERATOR_PIECE);
	}

	/**
	 * The content as text in pieces as they arrive.
	 * @return the pieces, none of them empty
	 * @see #iterText(int)
	 */
	public Iterator<String> iterText() {
		return iterText(0);
	}

	/**
	 * The content as text in pieces ({@code iter_content(n, decode_unicode=True)},
	 * behaviour 222). Malformed bytes become U+FFFD. Without an {@link #encoding()},
	 * where requests gives bytes, content that was read before is read in the encoding it
	 * looks like, other content in UTF-8.
	 * @param chunkSize the size of the pieces before decoding, in bytes, as for
	 * {@link #iterContent(int)}
	 * @return the pieces, none of them empty
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Iterator<String> iterText(int chunkSize) {
		return new TextPieces(iterContent(chunkSize), codecOrFail());
	}

	/**
	 * The content line by line, as bytes.
	 * @return the lines without their ends
	 * @see #iterLines(int)
	 */
	public Iterator<byte[]> iterLines() {
		return iterLines(LINE_PIECE);
	}

	/**
	 * The content line by line, as bytes. Lines end with {@code \n}, {@code \r} or
	 * {@code \r\n}, which is one line end even where the data was cut (difference row
	 * 223).
	 * @param chunkSize how much to read at a time at most, in bytes
	 * @return the lines without their ends
	 */
	public Iterator<byte[]> iterLines(int chunkSize) {
		return Latin1.bytes(new LineSplitter(Latin1.text(arriving(chunkSize)), false));
	}

	/**
	 * The content cut at a delimiter, as bytes. As in requests a delimiter at the end of
	 * a piece that was read is followed by an empty line, so that the size of the pieces
	 * matters (behaviour 223).
	 * @param chunkSize how much to read at a time, in bytes, as for
	 * {@link #iterContent(int)}
	 * @param delimiter what ends a line; when empty, line ends do
	 * @return the lines without delimiters
	 */
	public Iterator<byte[]> iterLines(int chunkSize, byte[] delimiter) {
		return (delimiter.length == 0) ? iterLines(chunkSize)
				: Latin1.bytes(new DelimiterSplitter(Latin1.text(iterContent(chunkSize)), Latin1.text(delimiter)));
	}

	/**
	 * The content line by line, as text.
	 * @return the lines without their ends
	 * @see #iterTextLines(int)
	 */
	public Iterator<String> iterTextLines() {
		return iterTextLines(LINE_PIECE);
	}

	/**
	 * The content line by line, as text ({@code iter_lines(decode_unicode=True)}). As in
	 * Python lines end at every line end of Unicode, U+2028 among them, which JSON may
	 * have within a line (behaviour 223); {@link #lines()} does not.
	 * @param chunkSize how much to read at a time at most, in bytes
	 * @return the lines without their ends
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Iterator<String> iterTextLines(int chunkSize) {
		TextCodec codec = codecOrFail();
		return new LineSplitter(new TextPieces(arriving(chunkSize), codec), true);
	}

	/**
	 * The content cut at a delimiter, as text.
	 * @param chunkSize how much to read at a time, in bytes, as for
	 * {@link #iterContent(int)}
	 * @param delimiter what ends a line; when empty, line ends do
	 * @return the lines without delimiters
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 * @see #iterLines(int, byte[])
	 */
	public Iterator<String> iterTextLines(int chunkSize, String delimiter) {
		return delimiter.isEmpty() ? iterTextLines(chunkSize) : new DelimiterSplitter(iterText(chunkSize), delimiter);
	}

	/**
	 * The lines of the content as text, as they arrive; they end with {@code \n},
	 * {@code \r} or {@code \r\n}. The connection is given back with the last line;
	 * closing the stream closes this response.
	 * @return the lines without their ends
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Stream<String> lines() {
		TextCodec codec = codecOrFail();
		Iterator<String> lines = new LineSplitter(new TextPieces(arriving(TEXT_PIECE), codec), false);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(this::close);
	}

	/**
	 * The decoded content as a stream. The connection is given back at its end; closing
	 * it closes this response.
	 * @return a stream whose errors are {@link RequestException}s; for one thread
	 */
	public InputStream bodyStream() {
		this.content.requireUnconsumed(STREAMED);
		return new ContentStream(this.content);
	}

	/**
	 * The body as it comes from the wire, undecoded (behaviour 225). What is read here,
	 * the other methods do not see.
	 * @return the stream, at its end when the content was read; {@code null} for a
	 * response made by hand without a body
	 */
	public @Nullable InputStream raw() {
		return this.content.raw();
	}

	/**
	 * Whether the content was read to its end, so that there is nothing left on the
	 * connection.
	 * @return {@code true} once it was read as a whole or streamed to its end
	 */
	public boolean isContentConsumed() {
		return this.content.isConsumed();
	}

	/**
	 * Reads the body without decoding it, so that its connection can be used again, and
	 * keeps it for {@link #content()}; for code that sends another request in place of
	 * returning this response. A body of more than 64 KiB is not read: its connection is
	 * closed, and the content is empty. A body that breaks off is an error only when the
	 * content is asked for.
	 * @throws RequestTimeoutException if the server stalls
	 */
	public void drain() {
		drain(DRAIN_LIMIT);
	}

	void drain(int limit) {
		this.content.drain(limit);
	}

	/**
	 * Gives the connection back, or closes it when the body was not read to its end
	 * (behaviour 233). Content that was read is kept; content that was not is empty from
	 * now on. Never throws; may be called again.
	 */
	@Override
	public void close() {
		this.content.close();
	}

	private Iterator<byte[]> arriving(int chunkSize) {
		boolean streamed = chunkSize > 0 && this.content.kept() == null;
		this.content.requireUnconsumed(STREAMED);
		return streamed ? ContentPieces.arriving(this.content, chunkSize) : iterContent(0);
	}

	/**
	 * How {@link Response#text()} reads the content: never fails.
	 */
	final TextCodec codec() {
		String name = encoding();
		String wanted = (name != null) ? name : apparentEncoding();
		TextCodec codec = (wanted != null && !wanted.isEmpty()) ? TextCodec.named(wanted) : null;
		return (codec != null) ? codec : TextCodec.UTF_8;
	}

	private TextCodec codecOrFail() {
		String name = encoding();
		if (name == null || name.isEmpty()) {
			return (this.content.kept() != null) ? codec() : TextCodec.UTF_8;
		}
		return Encodings.require(name, self());
	}

}
