package io.github.requests4j.http.decode;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * The content codings that can be undone.
 */
enum Coding {

	/** RFC 1952. */
	GZIP {
		@Override
		InputStream decode(InputStream source) {
			return new GzipStream(source);
		}
	},

	/** RFC 1950, or RFC 1951 alone as some servers send it. */
	DEFLATE {
		@Override
		InputStream decode(InputStream source) {
			return new DeflateStream(source);
		}
	},

	/** RFC 7932. */
	BR {
		@Override
		InputStream decode(InputStream source) throws IOException {
			return new BrotliStream(source);
		}
	},

	/** RFC 8878. */
	ZSTD {
		@Override
		InputStream decode(InputStream source) {
			return new ZstdStream(source);
		}
	};

	abstract InputStream decode(InputStream source) throws IOException;

	/**
	 * The coding of a name, if it can be undone here.
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
	 * Whether a name stands for no coding at all.
	 */
	static boolean isPlain(String name) {
		return name.isEmpty() || name.equalsIgnoreCase("identity");
	}

}
