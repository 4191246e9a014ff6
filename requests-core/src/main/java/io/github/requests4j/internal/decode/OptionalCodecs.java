package io.github.requests4j.internal.decode;

/**
 * Detects which optional decoders work. Their classes may be missing, the version may
 * have other methods, and the platform may lack their native code. Each decoder that is
 * present is tested with a small sample, and is not used if that fails.
 */
public final class OptionalCodecs {

	private static final boolean BROTLI = isPresent("com.aayushatharva.brotli4j.Brotli4jLoader")
			&& CodecProbe.brotliWorks();

	private static final boolean ZSTD = isPresent("com.github.luben.zstd.Zstd") && CodecProbe.zstdWorks();

	private OptionalCodecs() {
	}

	/**
	 * Returns the supported codings as a value for Accept-Encoding.
	 * @return {@code "gzip, deflate"}, with {@code ", br"} and {@code ", zstd"} if their
	 * decoders work
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
