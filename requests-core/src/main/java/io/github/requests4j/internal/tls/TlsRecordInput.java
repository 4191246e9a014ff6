package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.requests4j.internal.wire.BlockInput;

/**
 * What the TLS layer reads from. It does two things that JSSE does not:
 * <ul>
 * <li>It reads ahead. JSSE asks for the five bytes of a record's header and then for the
 * rest, which costs two system calls where one is enough.</li>
 * <li>It leaves out the warning {@code unrecognized_name} (RFC 6066, section 3), which
 * servers send before their ServerHello when they go on with a default certificate. JSSE
 * ends the handshake over it; OpenSSL and browsers do not.</li>
 * </ul>
 * For one reading thread; {@link #buffered()} and {@link #available()} may be called from
 * any.
 */
final class TlsRecordInput extends BlockInput {

	/** A record of the largest size, with what any cipher suite adds to it. */
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

	/** Whether nothing is encrypted yet, so that alerts can be read. */
	private boolean plain = true;

	/** While nothing is encrypted: how much of the current record is not read yet. */
	private int recordLeft;

	private boolean warned;

	private volatile boolean ended;

	/**
	 * Reads records from a stream.
	 * @param raw the stream
	 * @param readAhead whether to read more than was asked for when it is there
	 */
	TlsRecordInput(InputStream raw, boolean readAhead) {
		this.raw = raw;
		this.readAhead = readAhead;
	}

	/** How many bytes were read from the stream below that TLS has not taken. */
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
		int most = this.plain ? Math.min(length, this.recordLeft) : length;
		int count = take(target, offset, most);
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
	 * Looks at the header of the next record. Only alerts and parts of the handshake are
	 * known not to be encrypted; with anything else the looking ends for good.
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

	/** Whether so many bytes are in the buffer; reads until they are, or to the end. */
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
		// When it closes, JSSE skips what is available until nothing is, and never stops
		// if
		// that cannot be read.
		return this.buffered + (this.ended ? 0 : this.raw.available());
	}

	@Override
	public void close() throws IOException {
		this.raw.close();
	}

}
