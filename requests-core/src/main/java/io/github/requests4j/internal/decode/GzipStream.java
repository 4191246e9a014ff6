package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/**
 * Decodes gzip (RFC 1952) with any number of members, whose checksums are verified. Data
 * after the last member is ignored. A truncated member is an error.
 */
final class GzipStream extends InflatingStream {

	private static final int DEFLATED = 8;

	private static final int FHCRC = 2;

	private static final int FEXTRA = 4;

	private static final int FNAME = 8;

	private static final int FCOMMENT = 16;

	private static final int RESERVED = 0xe0;

	private final CRC32 checksum = new CRC32();

	private long size;

	private boolean first = true;

	GzipStream(InputStream source) {
		super(source, "gzip");
	}

	@Override
	int decode(byte[] target, int offset, int length) throws IOException {
		while (true) {
			Inflater running = running();
			if (running == null) {
				if (!nextMember()) {
					return -1;
				}
				continue;
			}
			int count = inflate(running, target, offset, length);
			if (count > 0) {
				this.checksum.update(target, offset, count);
				this.size += count;
				return count;
			}
			endMember();
		}
	}

	private boolean nextMember() throws IOException {
		int id = next();
		if (id < 0) {
			return false;
		}
		if (id != 0x1f || next() != 0x8b || next() != DEFLATED) {
			if (this.first) {
				throw invalid("it does not start with a gzip header", null);
			}
			return false;
		}
		skipHeader();
		this.first = false;
		this.size = 0;
		this.checksum.reset();
		start(true);
		return true;
	}

	private void skipHeader() throws IOException {
		int flags = require();
		if ((flags & RESERVED) != 0) {
			// They may add a field that nothing here would skip (RFC 1952, section
			// 2.3.1.2)
			throw invalid("its header has reserved flags", null);
		}
		skip(6);
		if ((flags & FEXTRA) != 0) {
			skip(require() | require() << 8);
		}
		if ((flags & FNAME) != 0) {
			skipText();
		}
		if ((flags & FCOMMENT) != 0) {
			skipText();
		}
		if ((flags & FHCRC) != 0) {
			skip(2);
		}
	}

	private void endMember() throws IOException {
		release();
		if (readLittleEndianInt() != this.checksum.getValue()) {
			throw invalid("its checksum is wrong", null);
		}
		if (readLittleEndianInt() != (this.size & 0xffffffffL)) {
			throw invalid("its length is wrong", null);
		}
	}

	private long readLittleEndianInt() throws IOException {
		return require() | require() << 8 | require() << 16 | (long) require() << 24;
	}

	private void skipText() throws IOException {
		int next = require();
		while (next != 0) {
			next = require();
		}
	}

	private void skip(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			require();
		}
	}

	private int require() throws IOException {
		int next = next();
		if (next < 0) {
			throw truncated();
		}
		return next;
	}

}
