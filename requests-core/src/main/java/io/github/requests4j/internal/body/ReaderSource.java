package io.github.requests4j.internal.body;

import java.io.CharArrayReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.github.requests4j.body.SourceReadException;
import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * Text of a reader. The length is the number of UTF-8 bytes, not characters as in
 * requests. It is known if the text is in memory.
 */
final class ReaderSource extends PositionedSource {

	private static final int BLOCK_SIZE = 16 * 1024;

	private final Reader reader;

	/** Whether the text is in memory, so that marking the reader does not use memory. */
	private final boolean inMemory;

	private long length = UNKNOWN_LENGTH;

	private boolean measured;

	ReaderSource(Reader reader) {
		this.reader = Objects.requireNonNull(reader, "reader");
		this.inMemory = reader.getClass() == StringReader.class || reader.getClass() == CharArrayReader.class;
	}

	@Override
	public long contentLength() {
		if (this.inMemory && !this.measured) {
			try {
				recordPosition();
			}
			catch (IOException | SourceReadException ex) {
				// A closed reader: the error is thrown when it is sent
				return UNKNOWN_LENGTH;
			}
		}
		return this.length;
	}

	@Override
	public boolean isRewindable() {
		return this.inMemory;
	}

	@Override
	void recordPosition() throws IOException {
		if (this.inMemory) {
			CountingOutputStream counter = new CountingOutputStream(OutputStream.nullOutputStream());
			this.reader.mark(0);
			this.measured = true;
			send(counter);
			this.reader.reset();
			this.length = counter.count();
		}
	}

	@Override
	void restorePosition() throws IOException {
		if (!this.inMemory) {
			throw new UnrepeatableSourceException("a reader can be read only once");
		}
		if (this.measured) {
			this.reader.reset();
		}
	}

	@Override
	void send(OutputStream out) throws IOException {
		if (this.inMemory && !this.measured) {
			recordPosition();
		}
		Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
		char[] block = new char[BLOCK_SIZE];
		int count = read(block);
		while (count >= 0) {
			writer.write(block, 0, count);
			if (!this.inMemory) {
				writer.flush();
			}
			count = read(block);
		}
		writer.flush();
	}

	private int read(char[] block) throws IOException {
		try {
			return this.reader.read(block);
		}
		catch (IOException ex) {
			throw new SourceReadException(ex);
		}
	}

	/**
	 * Counts the bytes that are written.
	 */
	private static final class CountingOutputStream extends FilterOutputStream {

		private long count;

		CountingOutputStream(OutputStream out) {
			super(out);
		}

		long count() {
			return this.count;
		}

		@Override
		public void write(int value) throws IOException {
			this.out.write(value);
			this.count++;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			this.count += length;
		}

	}

}
