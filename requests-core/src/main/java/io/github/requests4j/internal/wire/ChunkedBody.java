package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Takes a body out of its chunks (RFC 9112, section 7.1): sizes are hexadecimal digits,
 * each chunk ends in CRLF, and only the whole last chunk with its empty line is the end.
 * Blanks behind a size are skipped, because some servers pad sizes with them. One read
 * never crosses a chunk of the server.
 */
final class ChunkedBody extends BlockInput {

	// One more digit would reach beyond 2^63.
	private static final long MOST_BEFORE_DIGIT = Long.MAX_VALUE >> 4;

	/** No chunk-size line needs to be longer, extensions included. */
	private static final int MAX_LINE = 8 * 1024;

	private final WireReader reader;

	private final HeadParser trailers;

	private long left;

	private boolean first = true;

	private boolean ended;

	private ChunkedBody(WireReader reader, HeadParser trailers) {
		this.reader = reader;
		this.trailers = trailers;
	}

	/** Begins a body. The declared type saves loading this class for other bodies. */
	static InputStream over(WireReader reader, HeadParser trailers) {
		return new ChunkedBody(reader, trailers);
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (this.left == 0 && !nextChunk()) {
			return -1;
		}
		int count = this.reader.read(target, offset, (int) Math.min(length, this.left));
		if (count < 0) {
			throw cut();
		}
		this.left -= count;
		return count;
	}

	@Override
	public int available() {
		return (int) Math.min(this.left, this.reader.buffered());
	}

	private boolean nextChunk() throws IOException {
		if (this.ended) {
			return false;
		}
		if (!this.first) {
			expectLineEnd(next());
		}
		this.first = false;
		this.left = readSize();
		if (this.left == 0) {
			readTrailers();
			this.ended = true;
		}
		return !this.ended;
	}

	private long readSize() throws IOException {
		long size = 0;
		int digits = 0;
		int c = next();
		int digit = Digits.hexValue((char) c);
		while (digit >= 0) {
			if (size > MOST_BEFORE_DIGIT || ++digits > MAX_LINE) {
				throw bad("a chunk size is too large");
			}
			size = (size << 4) | digit;
			c = next();
			digit = Digits.hexValue((char) c);
		}
		if (digits == 0) {
			throw bad("a chunk has no size in hexadecimal digits");
		}
		skipExtensions(HeaderRules.isBlank((char) c) ? skipBlanks() : c);
		return size;
	}

	/** Skips padding, and blanks before an extension. */
	private int skipBlanks() throws IOException {
		int c = next();
		for (int count = 0; HeaderRules.isBlank((char) c); count++) {
			if (count > MAX_LINE) {
				throw bad("a chunk-size line is longer than " + MAX_LINE + " bytes");
			}
			c = next();
		}
		return c;
	}

	private void skipExtensions(int first) throws IOException {
		int c = first;
		int count = 0;
		if (c == ';') {
			while (c != '\r') {
				if (HeaderRules.isControl((char) c)) {
					throw bad("a chunk extension has a control character");
				}
				if (++count > MAX_LINE) {
					throw bad("a chunk-size line is longer than " + MAX_LINE + " bytes");
				}
				c = next();
			}
		}
		expectLineEnd(c);
	}

	private void expectLineEnd(int first) throws IOException {
		if (first != '\r' || next() != '\n') {
			throw bad("a chunk or its size does not end where it should");
		}
	}

	private void readTrailers() throws IOException {
		try {
			this.trailers.skipTrailers();
		}
		catch (IOException ex) {
			if (!(ex instanceof WireException)) {
				throw ex;
			}
			throw WireException.brokenBody("the trailers of the chunked body are not valid: " + ex.getMessage());
		}
	}

	private int next() throws IOException {
		int c = this.reader.next();
		if (c < 0) {
			throw cut();
		}
		return c;
	}

	private static IOException cut() {
		return WireException.brokenBody("the connection was closed before the last chunk of the body");
	}

	private static IOException bad(String what) {
		return WireException.brokenBody("the chunked body is not valid: " + what + " (RFC 9112, section 7.1)");
	}

}
