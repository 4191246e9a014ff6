package io.github.requests4j.http;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;

/**
 * Tells the encoding of bytes that nobody named. What is certain is told without ICU,
 * whose classes are loaded only for what is left.
 */
final class EncodingDetector {

	/** Below this confidence ICU guesses blindly. */
	private static final int MIN_CONFIDENCE = 20;

	/**
	 * So few bytes beyond ASCII tell no language; most often they are accents in Latin
	 * letters.
	 */
	private static final int MIN_EVIDENCE = 6;

	private static final String LATIN_1 = "ISO-8859-1";

	private static final int ESCAPE = 0x1b;

	private EncodingDetector() {
	}

	static String detect(byte[] bytes) {
		String marked = Encodings.markedEncoding(bytes);
		if (marked != null) {
			return marked;
		}
		boolean plain = true;
		int beyond = 0;
		for (byte b : bytes) {
			beyond += (b < 0) ? 1 : 0;
			plain &= b != 0 && b != ESCAPE;
		}
		if (plain && beyond == 0) {
			return "ascii";
		}
		String wide = plain ? null : Encodings.guessJsonUtf(bytes);
		if (wide != null && wide.length() > "utf-8".length()) {
			return wide;
		}
		if (beyond > 0 && TextCodec.UTF_8.decodeStrictly(bytes) != null) {
			return "utf-8";
		}
		return (plain && beyond < MIN_EVIDENCE) ? latin(bytes) : Icu.detect(bytes);
	}

	// Between 0x80 and 0x9f Latin-1 has nothing that a text would hold.
	private static String latin(byte[] bytes) {
		for (byte b : bytes) {
			if ((b & 0xe0) == 0x80) {
				return "windows-1252";
			}
		}
		return LATIN_1;
	}

	/**
	 * Keeps the classes of ICU out of the way until they are needed.
	 */
	private static final class Icu {

		private Icu() {
		}

		static String detect(byte[] bytes) {
			CharsetMatch match = new CharsetDetector().setText(bytes).detect();
			return (match != null && match.getConfidence() >= MIN_CONFIDENCE) ? match.getName() : latin(bytes);
		}

	}

}
