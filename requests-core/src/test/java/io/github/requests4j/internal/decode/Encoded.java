package io.github.requests4j.internal.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;

/**
 * Encodes bodies for tests.
 */
enum Encoded {

	GZIP("gzip") {
		@Override
		void write(byte[] data, ByteArrayOutputStream out) throws IOException {
			try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
				gzip.write(data);
			}
		}
	},

	ZLIB("deflate") {
		@Override
		void write(byte[] data, ByteArrayOutputStream out) throws IOException {
			try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
				deflate.write(data);
			}
		}
	},

	BARE_DEFLATE("deflate") {
		@Override
		void write(byte[] data, ByteArrayOutputStream out) throws IOException {
			Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
			try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
				deflate.write(data);
			}
			deflater.end();
		}
	},

	BR("br") {
		@Override
		void write(byte[] data, ByteArrayOutputStream out) throws IOException {
			if (!OptionalCodecs.brotli()) {
				throw new IllegalStateException("brotli is not there");
			}
			out.write(Encoder.compress(data));
		}
	},

	ZSTD("zstd") {
		@Override
		void write(byte[] data, ByteArrayOutputStream out) throws IOException {
			out.write(Zstd.compress(data));
		}
	};

	final String coding;

	Encoded(String coding) {
		this.coding = coding;
	}

	abstract void write(byte[] data, ByteArrayOutputStream out) throws IOException;

	byte[] of(byte[] data) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			write(data, out);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

}
