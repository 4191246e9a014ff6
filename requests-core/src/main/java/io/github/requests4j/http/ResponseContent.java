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
import java.util.function.Consumer;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.internal.decode.ContentDecoders;
import io.github.requests4j.internal.decode.DecodeLimits;
import io.github.requests4j.internal.decode.DecodingException;
import io.github.requests4j.internal.text.Digits;

/**
 * The body of one response: read once and kept, or streamed once. Nothing is decoded
 * before it is asked for. Every error of the body is typed, tells its request and
 * response, closes the body, and is raised again by later reads. For one thread.
 */
final class ResponseContent {

	/** The most memory that is set aside on the word of a Content-Length. */
	static final int TRUSTED_LENGTH = 64 * 1024;

	/** A new connection costs less than reading more than this. */
	static final int DRAIN_LIMIT = 64 * 1024;

	private static final int FIRST_BUFFER = 8 * 1024;

	private static final int LONGEST = Integer.MAX_VALUE - 8;

	private static final String STREAMED = "The content of this response was already streamed to its end. "
			+ "To read it more than once, call content() first.";

	private static final byte[] EMPTY = {};

	private static final Logger logger = LoggerFactory.getLogger(Response.class);

	private final Response response;

	private final Limits limits;

	private final @Nullable Consumer<RequestException> failureListener;

	private @Nullable InputStream raw;

	private @Nullable InputStream decoded;

	private byte @Nullable [] kept;

	private boolean consumed;

	private boolean closed;

	private @Nullable RequestException failure;

	/** Responses that are closed with this one. */
	private List<Response> dropped = List.of();

	ResponseContent(Response response, @Nullable InputStream raw, Limits limits,
			@Nullable Consumer<RequestException> failureListener) {
		this.response = response;
		this.raw = raw;
		this.limits = limits;
		this.failureListener = failureListener;
	}

	@Nullable InputStream raw() {
		return this.raw;
	}

	Limits limits() {
		return this.limits;
	}

	@Nullable Consumer<RequestException> failureListener() {
		return this.failureListener;
	}

	/**
	 * The decoded content as a stream: from memory if it is there.
	 */
	InputStream stream() {
		requireUnconsumed(STREAMED);
		return ContentStream.of(this);
	}

	/**
	 * The decoded content in pieces of a size; as they arrive if it is not positive.
	 */
	Iterator<byte[]> pieces(int size) {
		requireUnconsumed(STREAMED);
		if (this.kept != null) {
			return ContentPieces.slices(this.kept, size);
		}
		return (size > 0) ? ContentPieces.sized(this, size) : ContentPieces.arriving(this, ContentPieces.LONGEST_PIECE);
	}

	/**
	 * The decoded content in pieces as they arrive, of a size at most.
	 */
	Iterator<byte[]> arriving(int size) {
		requireUnconsumed(STREAMED);
		return (size > 0 && this.kept == null) ? ContentPieces.arriving(this, size) : pieces(0);
	}

	/**
	 * The whole content, read now unless it is kept already.
	 */
	byte[] bytes() {
		byte[] bytes = this.kept;
		if (bytes == null) {
			requireUnconsumed("The content of this response was already consumed by streaming, and is not kept. "
					+ "Call content() before streaming, or keep what the stream gave.");
			bytes = collect(LONGEST, false);
			this.consumed = true;
			this.kept = bytes;
		}
		return bytes;
	}

	/**
	 * The content if it was read as a whole, else {@code null}.
	 */
	byte @Nullable [] kept() {
		return this.kept;
	}

	boolean isConsumed() {
		return this.consumed;
	}

	/**
	 * Refuses to go on when the content was streamed to its end, or failed.
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
	 * Reads decoded content once.
	 * @return how many bytes, or -1 at the end, where the connection is given back, and
	 * after closing
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
				throw new IOException("the underlying stream returned no bytes before its end");
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
	 * Reads decoded content until there is none left or so many bytes are there. In
	 * parts, bytes that came before an error are returned, and the next read raises the
	 * error.
	 */
	byte[] collect(int max, boolean inParts) {
		if (this.failure == null && (this.raw == null || this.closed)) {
			return EMPTY;
		}
		long announced = announcedLength();
		byte[] buffer = new byte[firstBuffer(max, announced)];
		int size = 0;
		try {
			int count = 0;
			while (count >= 0 && size < max) {
				if (size == buffer.length) {
					// Exactly full is mostly the end: look before growing.
					byte[] one = new byte[1];
					count = read(one, 0, 1);
					if (count > 0) {
						buffer = Arrays.copyOf(buffer, grownLength(size, max, announced));
						buffer[size] = one[0];
					}
				}
				else {
					count = read(buffer, size, buffer.length - size);
				}
				size += Math.max(count, 0);
			}
			if (count < 0 && size > 0 && !this.consumed && !inParts) {
				// Closed by another thread: a part must not pass for the whole.
				throw fail(BodyErrors.closed(this.response));
			}
		}
		catch (RequestException ex) {
			if (!inParts || size == 0) {
				throw ex;
			}
		}
		if (size == LONGEST) {
			throw fail(new RequestException("The body of " + this.response.label()
					+ " is longer than an array can be. Stream it: bodyStream(), iterContent() or saveTo(file)."));
		}
		return (size == buffer.length) ? buffer : Arrays.copyOf(buffer, size);
	}

	/**
	 * Refuses a line that would fill the memory. What is in memory already is there.
	 */
	void checkLine(long length) {
		long most = this.limits.maxLine();
		if (most >= 0 && length > most && this.kept == null) {
			throw fail(BodyErrors.longLine(most, this.response));
		}
	}

	/**
	 * How many decoded bytes can be had without waiting, as far as is known.
	 */
	int available() {
		try {
			return (this.decoded != null && !this.closed) ? this.decoded.available() : 0;
		}
		catch (IOException | RuntimeException ex) {
			// The next read tells it properly.
			return 0;
		}
	}

	/**
	 * Whether the server cut the body into chunks, which are not put together.
	 */
	boolean isChunked() {
		String coding = this.response.headers().get("Transfer-Encoding");
		return coding != null && coding.regionMatches(true, coding.length() - 7, "chunked", 0, 7);
	}

	/**
	 * Takes what is left of the body off the connection, without decoding it, and keeps
	 * it for {@link #bytes}. Too much of it, or a body that is being streamed, is given
	 * up with the connection.
	 */
	void drain(int limit) {
		InputStream source = this.raw;
		if (source == null || this.consumed || this.closed) {
			return;
		}
		if (this.decoded != null || announcedRawLength() > limit) {
			close();
			return;
		}
		try {
			byte[] held = source.readNBytes(limit + 1);
			if (held.length > limit) {
				close();
				return;
			}
			closeQuietly(source);
			this.raw = new ByteArrayInputStream(held);
		}
		catch (IOException ex) {
			fail(BodyErrors.typed(ex, this.response));
		}
		catch (RequestException ex) {
			fail(ex);
			// What else a redirect says in its body matters to nobody, until somebody
			// asks for it.
			if (ex instanceof RequestTimeoutException) {
				throw ex;
			}
		}
	}

	/**
	 * Closes another response when this body is read to its end or closed.
	 */
	void closeAlong(Response other) {
		if (this.closed) {
			other.close();
			return;
		}
		List<Response> more = new ArrayList<>(this.dropped);
		more.add(other);
		this.dropped = more;
	}

	/**
	 * Closes the body and what decodes it. Never throws.
	 */
	void close() {
		if (!this.closed) {
			this.closed = true;
			InputStream outermost = (this.decoded != null) ? this.decoded : this.raw;
			if (outermost != null) {
				closeQuietly(outermost);
			}
			for (Response other : this.dropped) {
				other.close();
			}
		}
	}

	private void closeQuietly(InputStream stream) {
		try {
			stream.close();
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The body of {} could not be closed", this.response.label(), ex);
		}
	}

	private RequestException fail(RequestException error) {
		error.attach(this.response.requestOrNull(), this.response);
		this.failure = error;
		close();
		if (this.failureListener != null) {
			this.failureListener.accept(error);
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

	private long announcedLength() {
		String coding = this.response.headers().get("Content-Encoding");
		return (coding != null && ContentDecoders.isEncoded(coding)) ? -1 : announcedRawLength();
	}

	private long announcedRawLength() {
		String length = this.response.headers().get("Content-Length");
		return (length != null) ? Digits.parse(length) : -1;
	}

	// Memory follows the data, never the announcement alone.
	private static int firstBuffer(int max, long announced) {
		long first = (announced >= 0) ? Math.min(announced, TRUSTED_LENGTH) : FIRST_BUFFER;
		return (int) Math.max(1, Math.min(first, max));
	}

	private static int grownLength(int length, int max, long announced) {
		long grown = Math.max(2L * length, FIRST_BUFFER);
		return (int) Math.min((announced > length) ? Math.min(grown, announced) : grown, max);
	}

	/** On its own, so that these exceptions are loaded only when a body fails. */
	private static final class BodyErrors {

		static RequestException typed(DecodingException error, Response response) {
			return new ContentDecodingException("The body of " + response.label()
					+ " was received with Content-Encoding " + response.headers().get("Content-Encoding")
					+ ", but cannot be used: " + error.getMessage(), error);
		}

		static RequestException longLine(long limit, Response response) {
			return new ContentDecodingException(response.label()
					+ ": A line of the response is longer than the limit of " + limit
					+ " (maxLine). Raise it with Limits.withLines or limits.max-line if such lines are expected.");
		}

		static RequestException closed(Response response) {
			return new ConnectionException(
					"The response of " + response.label() + " was closed while its body was being read");
		}

		/**
		 * Gives the errors of plain streams, as mocks and decoders throw them, their
		 * types. Our own transport throws typed errors itself.
		 */
		static RequestException typed(IOException error, Response response) {
			String what = "The body of " + response.label();
			if (error instanceof SocketTimeoutException) {
				return new ReadTimeoutException(what + " stalled for longer than the read timeout", error);
			}
			if (error instanceof SSLException) {
				return new SslException(what + " broke off: " + error.getMessage(), error);
			}
			if (error instanceof SocketException || error instanceof InterruptedIOException) {
				return new ConnectionException(what + " broke off: " + error.getMessage(), error);
			}
			return new ChunkedEncodingException(what + " is not complete: " + error.getMessage(), error);
		}

	}

	/** For one thread. */
	private final class ContentStream extends InputStream {

		private int position;

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
				return ResponseContent.this.read(target, offset, length);
			}
			int count = Math.min(length, kept.length - this.position);
			System.arraycopy(kept, this.position, target, offset, count);
			this.position += count;
			return (count > 0) ? count : -1;
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
