package io.github.requests4j.internal.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

import io.github.requests4j.body.BodySource;

/**
 * Compresses another source with gzip (RFC 1952) while it is sent. Its length is unknown,
 * and it can be sent again if the other source can.
 */
public final class GzipSource implements BodySource {

	private final BodySource source;

	/**
	 * Creates a source that compresses another one.
	 * @param source the source, which must be prepared
	 */
	public GzipSource(BodySource source) {
		this.source = source;
	}

	/**
	 * Compresses bytes in memory.
	 * @param bytes the bytes
	 * @return the compressed bytes
	 */
	public static byte[] compress(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
		try {
			new GzipSource(BodySources.ofBytes(bytes)).writeTo(compressed);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	@Override
	public long contentLength() {
		return UNKNOWN_LENGTH;
	}

	@Override
	public void prepare() throws IOException {
		this.source.prepare();
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		Compressor compressor = new Compressor(out);
		try {
			this.source.writeTo(compressor);
			// Not in a finally block: a body whose source failed must not look complete.
			compressor.finish();
		}
		finally {
			compressor.release();
		}
	}

	@Override
	public boolean isRewindable() {
		return this.source.isRewindable();
	}

	@Override
	public boolean isShareable() {
		return this.source.isShareable();
	}

	@Override
	public void rewind() throws IOException {
		this.source.rewind();
	}

	/** Sends what was written so far when it is flushed, as live streams need it. */
	private static final class Compressor extends GZIPOutputStream {

		private static final int BLOCK_SIZE = 8 * 1024;

		Compressor(OutputStream out) throws IOException {
			super(out, BLOCK_SIZE, true);
		}

		/** Frees the native memory, without closing the connection as close() would. */
		void release() {
			this.def.end();
		}

	}

}
