package io.github.requests4j.internal.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

import org.slf4j.LoggerFactory;

/**
 * Detects which of the optional decoders work. A class path may lack their classes, or
 * have a version whose methods differ, and a platform may lack their native code. Each
 * decoder decodes a small sample when it is first needed, and is not used if that fails.
 */
final class OptionalCodecs {

	private static final String TEXT = "requests4j";

	private OptionalCodecs() {
	}

	static boolean brotli() {
		return Brotli.AVAILABLE;
	}

	static boolean zstd() {
		return Zstd.AVAILABLE;
	}

	private static boolean works(Coding coding, String library, String type, String sample) {
		if (!isPresent(type)) {
			return false;
		}
		try {
			byte[] coded = HexFormat.of().parseHex(sample);
			decodeSample(coding, coded);
			coded[0] ^= 0x7f;
			refuseBrokenSample(coding, coded);
			return true;
		}
		// Whatever it is, the next response would fail by it too.
		catch (Throwable ex) {
			LoggerFactory.getLogger(ContentDecoders.class)
				.warn("Responses encoded with {} are not requested or decoded, because {} cannot decode a sample: {}."
						+ " Upgrade the library, or remove it.", coding.name().toLowerCase(Locale.ROOT), library,
						oneLine(ex));
			return false;
		}
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

	private static void decodeSample(Coding coding, byte[] coded) throws IOException {
		try (InputStream decoded = coding.decode(new ByteArrayInputStream(coded))) {
			String text = new String(decoded.readAllBytes(), StandardCharsets.US_ASCII);
			if (!text.equals(TEXT)) {
				throw new IllegalStateException("the decoded sample is wrong");
			}
		}
	}

	/** Its way of reporting errors differs between versions as well. */
	private static void refuseBrokenSample(Coding coding, byte[] coded) throws IOException {
		try (InputStream decoded = coding.decode(new ByteArrayInputStream(coded))) {
			decoded.readAllBytes();
		}
		catch (DecodingException ex) {
			return;
		}
		throw new IllegalStateException("a broken sample is not detected");
	}

	private static String oneLine(Throwable error) {
		return error.toString().replaceAll("\\s+", " ");
	}

	private static final class Brotli {

		/** A block that is stored, not compressed. */
		private static final String SAMPLE = "900010" + "7265717565737473346a" + "03";

		static final boolean AVAILABLE = works(Coding.BR, "com.aayushatharva.brotli4j:brotli4j",
				"com.aayushatharva.brotli4j.Brotli4jLoader", SAMPLE);

		private Brotli() {
		}

	}

	private static final class Zstd {

		/** A frame with one block that is stored, not compressed. */
		private static final String SAMPLE = "28b52ffd200a510000" + "7265717565737473346a";

		static final boolean AVAILABLE = works(Coding.ZSTD, "com.github.luben:zstd-jni", "com.github.luben.zstd.Zstd",
				SAMPLE);

		private Zstd() {
		}

	}

}
