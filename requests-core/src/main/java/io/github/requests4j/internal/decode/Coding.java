package io.github.requests4j.internal.decode;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * The supported content codings.
 */
enum Coding {

	/** RFC 1952. */
	GZIP,

	/** RFC 1950, or RFC 1951 alone, which some servers send. */
	DEFLATE,

	/** RFC 7932. */
	BR,

	/** RFC 8878. */
	ZSTD;

	InputStream decode(InputStream source) throws IOException {
		return Streams.open(this, source);
	}

	/**
	 * Returns the coding with this name, or null if it is not supported.
	 */
	static @Nullable Coding named(String name) {
		if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
			return GZIP;
		}
		if (name.equalsIgnoreCase("deflate")) {
			return DEFLATE;
		}
		if (name.equalsIgnoreCase("br")) {
			return OptionalCodecs.brotli() ? BR : null;
		}
		return (name.equalsIgnoreCase("zstd") && OptionalCodecs.zstd()) ? ZSTD : null;
	}

	/**
	 * Returns whether a name means no coding.
	 */
	static boolean isPlain(String name) {
		return name.isEmpty() || name.equalsIgnoreCase("identity");
	}

	/** Loads the streams only when something is decoded. */
	private static final class Streams {

		private Streams() {
		}

		static InputStream open(Coding coding, InputStream source) throws IOException {
			return switch (coding) {
				case GZIP -> new GzipStream(source);
				case DEFLATE -> new DeflateStream(source);
				case BR -> new BrotliStream(source);
				case ZSTD -> new ZstdStream(source);
			};
		}

	}

}
