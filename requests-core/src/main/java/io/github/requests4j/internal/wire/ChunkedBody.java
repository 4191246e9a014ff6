package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.requests4j.internal.body.BlockInput;
import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * Decodes a chunked body (RFC 9112, section 7.1): sizes are hexadecimal digits, each
 * chunk ends with CRLF, and only a complete last chunk with its empty line ends the body.
 * Whitespace after a size is skipped, because some servers pad sizes with it. A read
 * never returns bytes of two chunks.
 */
final class ChunkedBody extends BlockInput {

	// One more digit would overflow.
	private static final long MAX_BEFORE_DIGIT = Long.MAX_VALUE >> 4;

	/** The limit for a chunk-size line, including extensions. */
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

	/**
	 * Returns a body. The declared return type avoids loading this class for other
	 * bodies.
	 */
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
			throw truncated();
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
			if (size > MAX_BEFORE_DIGIT || ++digits > MAX_LINE) {
				throw invalid("a chunk size is too large");
			}
			size = (size << 4) | digit;
			c = next();
			digit = Digits.hexValue((char) c);
		}
		if (digits == 0) {
			throw invalid("a chunk has no size in hexadecimal digits");
		}
		skipExtensions(HeaderRules.isBlank((char) c) ? skipBlanks() : c);
		return size;
	}

	/** Skips padding and whitespace before an extension. */
	private int skipBlanks() throws IOException {
		int c = next();
		for (int count = 0; HeaderRules.isBlank((char) c); count++) {
			if (count > MAX_LINE) {
				throw invalid("a chunk-size line is longer than " + MAX_LINE + " bytes");
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
					throw invalid("a chunk extension has a control character");
				}
				if (++count > MAX_LINE) {
					throw invalid("a chunk-size line is longer than " + MAX_LINE + " bytes");
				}
				c = next();
			}
		}
		expectLineEnd(c);
	}

	private void expectLineEnd(int first) throws IOException {
		if (first != '\r' || next() != '\n') {
			throw invalid("a chunk or its size does not end where it should");
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
			throw truncated();
		}
		return c;
	}

	private static IOException truncated() {
		return WireException.brokenBody("the connection was closed before the last chunk of the body");
	}

	private static IOException invalid(String what) {
		return WireException.brokenBody("the chunked body is not valid: " + what + " (RFC 9112, section 7.1)");
	}

}
