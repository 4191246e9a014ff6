package io.github.requests4j.internal.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

import org.slf4j.LoggerFactory;

/**
 * Tests an optional decoder with a small sample, because its version may have other
 * methods, and the platform may lack its native code. Only loaded if the library is
 * present.
 */
final class CodecProbe {

	private static final String TEXT = "requests4j";

	/** An uncompressed block. */
	private static final String BROTLI_SAMPLE = "900010" + "7265717565737473346a" + "03";

	/** A frame with one uncompressed block. */
	private static final String ZSTD_SAMPLE = "28b52ffd200a510000" + "7265717565737473346a";

	private CodecProbe() {
	}

	static boolean brotliWorks() {
		return works(Coding.BR, "com.aayushatharva.brotli4j:brotli4j", BROTLI_SAMPLE);
	}

	static boolean zstdWorks() {
		return works(Coding.ZSTD, "com.github.luben:zstd-jni", ZSTD_SAMPLE);
	}

	private static boolean works(Coding coding, String library, String sample) {
		try {
			byte[] coded = HexFormat.of().parseHex(sample);
			decodeSample(coding, coded);
			coded[0] ^= 0x7f;
			checkThatBrokenSampleFails(coding, coded);
			return true;
		}
		// Any error here would also occur for the next response.
		catch (Throwable ex) {
			LoggerFactory.getLogger(ContentDecoders.class)
				.warn("Responses encoded with {} are not requested or decoded, because {} failed to decode a sample: {}."
						+ " Upgrade or remove the library.", coding.name().toLowerCase(Locale.ROOT), library,
						oneLine(ex));
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

	/** Checks error handling, which differs between versions of the library as well. */
	private static void checkThatBrokenSampleFails(Coding coding, byte[] coded) throws IOException {
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

}
