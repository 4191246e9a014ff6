package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.decode.ContentDecoders;
import io.github.requests4j.internal.decode.DecodeLimits;
import io.github.requests4j.internal.decode.DecodingException;
import io.github.requests4j.internal.text.Digits;

/**
 * The body of a response, which is either read once and kept, or streamed once. It is
 * decoded while it is read. Errors are {@link RequestException}s with request and
 * response; they close the body and are thrown again by later reads. Not thread-safe.
 */
final class ResponseContent {

	/** The maximum size of a buffer that is allocated because of a Content-Length. */
	static final int MAX_INITIAL_BUFFER = 64 * 1024;

	/**
	 * The maximum size of a body to drain, because a new connection costs less than
	 * reading more.
	 */
	static final int DRAIN_LIMIT = 64 * 1024;

	private static final int DEFAULT_INITIAL_BUFFER = 8 * 1024;

	private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

	private static final String STREAMED = "The content of this response was already consumed by streaming. "
			+ "To read it more than once, call content() first.";

	private static final byte[] EMPTY = {};

	private static final Logger logger = LoggerFactory.getLogger(Response.class);

	private final Response response;

	private final Limits limits;

	/** The exchange that received the response, or null if it was built manually. */
	private final @Nullable ExchangeRecord exchange;

	private @Nullable InputStream raw;

	private @Nullable InputStream decoded;

	private byte @Nullable [] kept;

	private @Nullable String text;

	/** The encoding that the text was decoded with. */
	private @Nullable String textEncoding;

	private boolean consumed;

	private boolean closed;

	private @Nullable RequestException failure;

	/** Responses that are closed together with this one. */
	private List<Response> replaced = List.of();

	ResponseContent(Response response, @Nullable InputStream raw, Limits limits, @Nullable ExchangeRecord exchange) {
		this.response = response;
		this.raw = raw;
		this.limits = limits;
		this.exchange = exchange;
	}

	@Nullable InputStream raw() {
		return this.raw;
	}

	Limits limits() {
		return this.limits;
	}

	@Nullable ExchangeRecord exchange() {
		return this.exchange;
	}

	Timings timings() {
		return (this.exchange != null) ? this.exchange.timings() : Timings.NONE;
	}

	/**
	 * Returns the decoded content as a stream, from memory if it was already read.
	 */
	InputStream stream() {
		requireUnconsumed(STREAMED);
		return ContentStream.of(this);
	}

	/**
	 * Returns the decoded content in pieces of this size, or as they arrive if it is not
	 * positive.
	 */
	Iterator<byte[]> pieces(int size) {
		requireUnconsumed(STREAMED);
		if (this.kept != null) {
			return ContentPieces.slices(this.kept, size);
		}
		return (size > 0) ? ContentPieces.sized(this, size) : ContentPieces.arriving(this, ContentPieces.MAX_PIECE);
	}

	/**
	 * Returns the decoded content in pieces of at most this size, as they arrive.
	 */
	Iterator<byte[]> arriving(int size) {
		requireUnconsumed(STREAMED);
		return (size > 0 && this.kept == null) ? ContentPieces.arriving(this, size) : pieces(0);
	}

	/**
	 * Returns the whole content, which is read unless it is already in memory.
	 */
	byte[] bytes() {
		byte[] bytes = this.kept;
		if (bytes == null) {
			requireUnconsumed("The content of this response was already consumed by streaming. "
					+ "Call content() before streaming, or store the data that you stream.");
			bytes = collect(MAX_ARRAY_LENGTH, false);
			this.consumed = true;
			this.kept = bytes;
		}
		return bytes;
	}

	/**
	 * Returns the decoded content as text, which is kept until the encoding changes.
	 * @param owner the response whose encoding applies, one of those that share this body
	 */
	String text(Response owner) {
		String encoding = owner.encoding();
		String current = this.text;
		if (current == null || !Objects.equals(this.textEncoding, encoding)) {
			current = owner.codec().decode(bytes());
			this.text = current;
			this.textEncoding = encoding;
		}
		return current;
	}

	/**
	 * Returns the content if it was read as a whole, otherwise {@code null}.
	 */
	byte @Nullable [] kept() {
		return this.kept;
	}

	boolean isConsumed() {
		return this.consumed;
	}

	/**
	 * Throws if the content has been streamed to its end, or if reading it has failed.
	 */
	void requireUnconsumed(String message) {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.consumed && this.kept == null) {
			throw new StreamConsumedException(message).attach(this.response.requestOrNull(), this.response);
		}
	}

	/**
	 * Reads decoded content. Releases the connection at its end.
	 * @return the number of bytes, or -1 at the end and after closing
	 */
	int read(byte[] buffer, int offset, int length) {
		if (this.failure != null) {
			throw this.failure;
		}
		InputStream source = this.raw;
		if (source == null || this.closed) {
			return -1;
		}
		try {
			int count = decoded(source).read(buffer, offset, length);
			if (count < 0) {
				this.consumed = true;
				close();
			}
			else if (count == 0 && length > 0) {
				throw new IOException("the stream returned no bytes before its end");
			}
			return count;
		}
		catch (IOException ex) {
			throw fail(BodyErrors.typed(ex, this.response));
		}
		catch (RequestException ex) {
			throw fail(ex);
		}
		catch (RuntimeException | Error ex) {
			if (ex instanceof DecodingException broken) {
				throw fail(BodyErrors.typed(broken, this.response));
			}
			close();
			throw ex;
		}
	}

	/**
	 * Reads decoded content up to a length. In parts, bytes before an error are returned,
	 * and the next read throws the error.
	 */
	byte[] collect(int max, boolean inParts) {
		if (this.failure == null && (this.raw == null || this.closed)) {
			return EMPTY;
		}
		long expected = expectedLength();
		byte[] buffer = new byte[initialLength(max, expected)];
		int size = 0;
		try {
			int count = 0;
			while (count >= 0 && size < max) {
				if (size == buffer.length) {
					// A full buffer is usually the end, so check before growing it.
					byte[] one = new byte[1];
					count = read(one, 0, 1);
					if (count > 0) {
						buffer = Arrays.copyOf(buffer, grownLength(size, max, expected));
						buffer[size] = one[0];
					}
				}
				else {
					count = read(buffer, size, buffer.length - size);
				}
				size += Math.max(count, 0);
			}
			if (count < 0 && size > 0 && !this.consumed && !inParts) {
				// Closed by another thread. Part of the content must not be returned as
				// the whole.
				throw fail(BodyErrors.closed(this.response));
			}
		}
		catch (RequestException ex) {
			if (!inParts || size == 0) {
				throw ex;
			}
		}
		if (size == MAX_ARRAY_LENGTH) {
			throw fail(new RequestException("The body of " + this.response.label()
					+ " is too large for an array. Stream it with bodyStream(), iterContent() or saveTo(file)."));
		}
		return (size == buffer.length) ? buffer : Arrays.copyOf(buffer, size);
	}

	/**
	 * Rejects a line that is longer than the limit. Content that is already in memory is
	 * not limited.
	 */
	void checkLine(long length) {
		long max = this.limits.maxLine();
		if (max >= 0 && length > max && this.kept == null) {
			throw fail(BodyErrors.longLine(max, this.response));
		}
	}

	/**
	 * Returns an estimate of the decoded bytes that can be read without blocking.
	 */
	int available() {
		try {
			return (this.decoded != null && !this.closed) ? this.decoded.available() : 0;
		}
		catch (IOException | RuntimeException ex) {
			// The next read throws a proper exception.
			return 0;
		}
	}

	/**
	 * Returns whether the body is chunked. Chunks are not combined.
	 */
	boolean isChunked() {
		String coding = this.response.headers().get("Transfer-Encoding");
		return coding != null && coding.regionMatches(true, coding.length() - 7, "chunked", 0, 7);
	}

	/**
	 * Reads the rest of the body without decoding it, and keeps it for {@link #bytes}. If
	 * it is too large or already being streamed, the connection is closed instead.
	 */
	void drain(int limit) {
		InputStream source = this.raw;
		if (source == null || this.consumed || this.closed) {
			return;
		}
		if (this.decoded != null || expectedRawLength() > limit) {
			close();
			return;
		}
		try {
			byte[] rest = source.readNBytes(limit + 1);
			if (rest.length > limit) {
				close();
				return;
			}
			closeQuietly(source);
			this.raw = new ByteArrayInputStream(rest);
		}
		catch (IOException ex) {
			fail(BodyErrors.typed(ex, this.response));
		}
		catch (RequestException ex) {
			fail(ex);
			// Other errors in the body of a redirect only matter if its content is read.
			if (ex instanceof RequestTimeoutException) {
				throw ex;
			}
		}
	}

	/**
	 * Closes another response when this body is read to its end or closed.
	 */
	void alsoClose(Response other) {
		if (this.closed) {
			other.close();
			return;
		}
		List<Response> more = new ArrayList<>(this.replaced);
		more.add(other);
		this.replaced = more;
	}

	/**
	 * Closes the body and its decoder. Never throws.
	 */
	void close() {
		if (!this.closed) {
			this.closed = true;
			InputStream outermost = (this.decoded != null) ? this.decoded : this.raw;
			if (outermost != null) {
				closeQuietly(outermost);
			}
			for (Response other : this.replaced) {
				other.close();
			}
		}
	}

	private void closeQuietly(InputStream stream) {
		try {
			stream.close();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Closing the body of {} failed", this.response.label(), ex);
		}
	}

	private RequestException fail(RequestException error) {
		error.attach(this.response.requestOrNull(), this.response);
		this.failure = error;
		try {
			if (this.exchange != null) {
				this.exchange.bodyFailed(error);
			}
		}
		finally {
			close();
		}
		return error;
	}

	private InputStream decoded(InputStream source) throws IOException {
		if (this.decoded == null) {
			String coding = this.response.headers().get("Content-Encoding");
			boolean bounded = this.limits.maxDecoded() >= 0 || this.limits.maxDecodeRatio() >= 0;
			this.decoded = (coding == null && !bounded) ? source : ContentDecoders.decode(source, coding,
					new DecodeLimits(Limits.MAX_CODINGS, this.limits.maxDecoded(), this.limits.maxDecodeRatio()));
		}
		return this.decoded;
	}

	private long expectedLength() {
		String coding = this.response.headers().get("Content-Encoding");
		return (coding != null && ContentDecoders.isEncoded(coding)) ? -1 : expectedRawLength();
	}

	private long expectedRawLength() {
		String length = this.response.headers().get("Content-Length");
		return (length != null) ? Digits.parse(length) : -1;
	}

	// Allocate for data that has arrived, not for a Content-Length alone.
	private static int initialLength(int max, long expected) {
		long first = (expected >= 0) ? Math.min(expected, MAX_INITIAL_BUFFER) : DEFAULT_INITIAL_BUFFER;
		return (int) Math.max(1, Math.min(first, max));
	}

	private static int grownLength(int length, int max, long expected) {
		long grown = Math.max(2L * length, DEFAULT_INITIAL_BUFFER);
		return (int) Math.min((expected > length) ? Math.min(grown, expected) : grown, max);
	}

	/** A separate class, so that the exceptions are only loaded if a body fails. */
	private static final class BodyErrors {

		static RequestException typed(DecodingException error, Response response) {
			return new ContentDecodingException("The body of " + response.label() + " with Content-Encoding "
					+ response.headers().get("Content-Encoding") + " could not be decoded. " + error.getMessage(),
					error);
		}

		static RequestException longLine(long limit, Response response) {
			return new ContentDecodingException(response.label() + ": a line of the response is longer than maxLine ("
					+ limit + "). Raise it if you expect such lines.");
		}

		static RequestException closed(Response response) {
			return new ConnectionException(
					"The response of " + response.label() + " was closed while its body was being read.");
		}

		/**
		 * Converts errors of plain streams, as mocks and decoders throw them. The
		 * transport throws {@link RequestException}s itself.
		 */
		static RequestException typed(IOException error, Response response) {
			String what = "The body of " + response.label();
			if (error instanceof SocketTimeoutException) {
				return new ReadTimeoutException(what + " stalled for longer than the read timeout", error);
			}
			if (error instanceof SSLException) {
				return new SslException(what + " could not be read: " + error.getMessage(), error);
			}
			if (error instanceof SocketException || error instanceof InterruptedIOException) {
				return new ConnectionException(what + " could not be read: " + error.getMessage(), error);
			}
			return new ChunkedEncodingException(what + " is incomplete: " + error.getMessage(), error);
		}

	}

	/** Not thread-safe. */
	private final class ContentStream extends InputStream {

		private int position;

		private boolean begun;

		private boolean closed;

		static InputStream of(ResponseContent content) {
			return content.new ContentStream();
		}

		@Override
		public int read() {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			Objects.checkFromIndexSize(offset, length, target.length);
			byte[] kept = ResponseContent.this.kept;
			if (length == 0 || this.closed) {
				return (length == 0) ? 0 : -1;
			}
			if (kept == null) {
				return readBody(target, offset, length);
			}
			int count = Math.min(length, kept.length - this.position);
			System.arraycopy(kept, this.position, target, offset, count);
			this.position += count;
			return (count > 0) ? count : -1;
		}

		private int readBody(byte[] target, int offset, int length) {
			int count = ResponseContent.this.read(target, offset, length);
			if (count < 0 && this.begun && !ResponseContent.this.consumed) {
				// The response was closed meanwhile. A part must not look like the whole.
				throw fail(BodyErrors.closed(ResponseContent.this.response));
			}
			this.begun = true;
			return count;
		}

		@Override
		public int available() {
			byte[] kept = ResponseContent.this.kept;
			return (kept != null) ? kept.length - this.position : ResponseContent.this.available();
		}

		@Override
		public void close() {
			this.closed = true;
			ResponseContent.this.close();
		}

	}

}
