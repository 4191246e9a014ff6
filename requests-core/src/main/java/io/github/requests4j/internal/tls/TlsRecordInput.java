package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.requests4j.internal.body.BlockInput;

/**
 * The input of the TLS layer. It does two things that JSSE does not:
 * <ul>
 * <li>It reads ahead. JSSE reads the five bytes of a record header and then the rest,
 * which costs two system calls instead of one.</li>
 * <li>It removes the warning {@code unrecognized_name} (RFC 6066, section 3), which
 * servers send before their ServerHello if they continue with a default certificate. JSSE
 * fails the handshake because of it; OpenSSL and browsers do not.</li>
 * </ul>
 * One thread reads; any thread may call {@link #buffered()} and {@link #available()}.
 */
final class TlsRecordInput extends BlockInput {

	/** The maximum size of a record, including the overhead of any cipher suite. */
	private static final int CAPACITY = 16 * 1024 + 512;

	private static final int HEADER_BYTES = 5;

	private static final int ALERT = 21;

	private static final int HANDSHAKE = 22;

	private static final int UNRECOGNIZED_NAME = 112;

	private final InputStream raw;

	private final boolean readAhead;

	private final byte[] buffer = new byte[CAPACITY];

	private int start;

	private volatile int buffered;

	/** Whether records are not encrypted yet, so that alerts can be read. */
	private boolean plain = true;

	/** While records are not encrypted: the unread bytes of the current record. */
	private int recordLeft;

	private boolean warned;

	private volatile boolean ended;

	/**
	 * Reads records from a stream.
	 * @param raw the stream
	 * @param readAhead whether to read more than requested if available
	 */
	TlsRecordInput(InputStream raw, boolean readAhead) {
		this.raw = raw;
		this.readAhead = readAhead;
	}

	/**
	 * Returns the number of bytes that were read from the underlying stream but not by
	 * TLS.
	 */
	@Override
	public int buffered() {
		return this.buffered;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (this.plain && this.recordLeft == 0) {
			beginRecord();
		}
		int max = this.plain ? Math.min(length, this.recordLeft) : length;
		int count = take(target, offset, max);
		if (this.plain) {
			this.recordLeft -= Math.max(0, count);
		}
		return count;
	}

	private int take(byte[] target, int offset, int length) throws IOException {
		if (this.buffered == 0) {
			if (!this.readAhead) {
				int read = this.raw.read(target, offset, length);
				this.ended |= read < 0;
				return read;
			}
			if (!require(1)) {
				return -1;
			}
		}
		int count = Math.min(length, this.buffered);
		System.arraycopy(this.buffer, this.start, target, offset, count);
		skipBuffered(count);
		return count;
	}

	/**
	 * Inspects the header of the next record. Only alerts and handshake records can be
	 * unencrypted; inspection ends at the first other record.
	 */
	private void beginRecord() throws IOException {
		if (!this.warned && isWarning()) {
			this.warned = true;
			skipBuffered(HEADER_BYTES + 2);
		}
		this.plain = require(HEADER_BYTES) && (at(0) == HANDSHAKE || at(0) == ALERT);
		this.recordLeft = this.plain ? HEADER_BYTES + (at(3) << 8 | at(4)) : 0;
	}

	private boolean isWarning() throws IOException {
		return require(HEADER_BYTES) && at(0) == ALERT && at(1) == 3 && at(3) == 0 && at(4) == 2
				&& require(HEADER_BYTES + 2) && at(5) == 1 && at(6) == UNRECOGNIZED_NAME;
	}

	private int at(int index) {
		return this.buffer[this.start + index] & 0xff;
	}

	/**
	 * Reads until the buffer has a number of bytes. Returns false if the stream ends
	 * before.
	 */
	private boolean require(int count) throws IOException {
		int had = this.buffered;
		if (had < count && this.start > 0) {
			System.arraycopy(this.buffer, this.start, this.buffer, 0, had);
			this.start = 0;
		}
		while (had < count) {
			int read = this.raw.read(this.buffer, had, (this.readAhead ? CAPACITY : count) - had);
			if (read < 0) {
				this.ended = true;
				return false;
			}
			had += read;
			this.buffered = had;
		}
		return true;
	}

	private void skipBuffered(int count) {
		int left = this.buffered - count;
		this.start += count;
		this.buffered = left;
	}

	@Override
	public int available() throws IOException {
		// When JSSE closes, it skips available bytes until there are none. It would never
		// stop if they could not be read.
		return this.buffered + (this.ended ? 0 : this.raw.available());
	}

	@Override
	public void close() throws IOException {
		this.raw.close();
	}

}
