package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.apache.hc.core5.http.io.SessionInputBuffer;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Limits;

/**
 * Takes a body out of its chunks, strictly (RFC 9112, section 7.1): sizes are hexadecimal
 * digits and nothing else, each chunk ends in CRLF, and only the whole last chunk with
 * its empty line is the end. The library's own stream takes {@code +5} for a size and a
 * missing end for an end. One read never crosses a chunk of the server (behaviour 220).
 */
final class ChunkedBody extends InputStream {

	// One more digit would reach beyond 2^63.
	private static final long MOST_BEFORE_DIGIT = Long.MAX_VALUE >> 4;

	private final SessionInputBuffer buffer;

	private final InputStream in;

	private final HeadLines lines;

	private final Limits limits;

	private long left;

	private boolean first = true;

	private boolean ended;

	ChunkedBody(SessionInputBuffer buffer, InputStream in, HeadLines lines, Limits limits) {
		this.buffer = buffer;
		this.in = in;
		this.lines = lines;
		this.limits = limits;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
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
		int count = this.buffer.read(target, offset, (int) Math.min(length, this.left), this.in);
		if (count < 0) {
			throw cut();
		}
		this.left -= count;
		return count;
	}

	@Override
	public int available() {
		return (int) Math.min(this.left, this.buffer.length());
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
		int digit = HeaderChars.hexDigit((char) c);
		while (digit >= 0) {
			if (size > MOST_BEFORE_DIGIT || ++digits > this.limits.maxLineBytes()) {
				throw bad("a chunk size is too large");
			}
			size = (size << 4) | digit;
			c = next();
			digit = HeaderChars.hexDigit((char) c);
		}
		if (digits == 0) {
			throw bad("a chunk has no size in hexadecimal digits");
		}
		skipExtensions(HeaderChars.isBlank((char) c) ? skipBlanks() : c);
		return size;
	}

	/** Blanks may stand before an extension, for historical reasons, and nowhere else. */
	private int skipBlanks() throws IOException {
		int c = next();
		for (int count = 0; HeaderChars.isBlank((char) c); count++) {
			if (count > this.limits.maxLineBytes()) {
				throw bad("a chunk-size line is longer than " + this.limits.maxLineBytes() + " bytes");
			}
			c = next();
		}
		if (c != ';') {
			throw bad("a chunk size is followed by blanks");
		}
		return c;
	}

	private void skipExtensions(int first) throws IOException {
		int c = first;
		int count = 0;
		if (c == ';') {
			while (c != '\r') {
				if (c != '\t' && (c < ' ' || c == 0x7f)) {
					throw bad("a chunk extension has a control character");
				}
				if (++count > this.limits.maxLineBytes()) {
					throw bad("a chunk-size line is longer than " + this.limits.maxLineBytes() + " bytes");
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
			this.lines.readFields(this.buffer, this.in, new CaseInsensitiveHeaders());
		}
		catch (MalformedHeadException ex) {
			throw new BrokenChunksException("the end of the chunked body is not valid: " + ex.getMessage());
		}
	}

	private int next() throws IOException {
		int c = this.buffer.read(this.in);
		if (c < 0) {
			throw cut();
		}
		return c;
	}

	private static BrokenChunksException cut() {
		return new BrokenChunksException("the server closed the connection before the last chunk of the body");
	}

	private static BrokenChunksException bad(String what) {
		return new BrokenChunksException("the chunked body is not valid: " + what + ", RFC 9112, section 7.1");
	}

}
