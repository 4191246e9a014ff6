package io.github.requests4j.internal.decode;

/**
 * Detects which of the optional decoders work. A class path may lack their classes, or
 * have a version whose methods differ, and a platform may lack their native code. Each
 * decoder that is present decodes a small sample, and is not used if that fails.
 */
public final class OptionalCodecs {

	private static final boolean BROTLI = isPresent("com.aayushatharva.brotli4j.Brotli4jLoader")
			&& CodecProbe.brotliWorks();

	private static final boolean ZSTD = isPresent("com.github.luben.zstd.Zstd") && CodecProbe.zstdWorks();

	private OptionalCodecs() {
	}

	/**
	 * Returns what this client can decode, as a value for Accept-Encoding.
	 * @return {@code "gzip, deflate"}, with {@code ", br"} and {@code ", zstd"} when
	 * their decoders are there
	 */
	public static String acceptEncoding() {
		return "gzip, deflate" + (BROTLI ? ", br" : "") + (ZSTD ? ", zstd" : "");
	}

	static boolean brotli() {
		return BROTLI;
	}

	static boolean zstd() {
		return ZSTD;
	}

	private static boolean isPresent(String type) {
		try {
			Class.forName(type, false, OptionalCodecs.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
