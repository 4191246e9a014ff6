package io.github.requests4j.internal.text;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import org.jspecify.annotations.Nullable;

/**
 * Tells the encoding of bytes that nobody named. What is certain is told without ICU,
 * whose classes are loaded only for what is left.
 */
public final class EncodingDetector {

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

	/**
	 * The encoding that some bytes look like.
	 * @param bytes the content, not empty
	 * @return the name that its detector has for it
	 */
	public static String detect(byte[] bytes) {
		String marked = marked(bytes);
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
		String wide = plain ? null : guessUtf(bytes);
		if (wide != null && wide.length() > "utf-8".length()) {
			return wide;
		}
		if (beyond > 0 && TextCodec.UTF_8.decodeStrictly(bytes) != null) {
			return "utf-8";
		}
		return (plain && beyond < MIN_EVIDENCE) ? latin(bytes) : Icu.detect(bytes);
	}

	/**
	 * Which form of Unicode some bytes are in, by a byte order mark or by where zeros are
	 * in the first four bytes, of which two at least are ASCII characters (behaviour
	 * 217).
	 * @param bytes the beginning of the content
	 * @return its name, or {@code null} if it is none of them
	 */
	public static @Nullable String guessUtf(byte[] bytes) {
		String marked = marked(bytes);
		if (marked != null) {
			return marked;
		}
		int zeros = 0;
		for (int i = 0; i < Math.min(4, bytes.length); i++) {
			// One bit for each byte that is zero, the first byte's bit first.
			zeros |= (bytes[i] == 0) ? 8 >> i : 0;
		}
		return switch (zeros) {
			case 0b0000 -> "utf-8";
			case 0b1010 -> "utf-16-be";
			case 0b0101 -> "utf-16-le";
			case 0b1110 -> "utf-32-be";
			case 0b0111 -> "utf-32-le";
			default -> null;
		};
	}

	/**
	 * The encoding that a byte order mark tells. The mark of UTF-32 begins like that of
	 * UTF-16 and is tried before.
	 */
	private static @Nullable String marked(byte[] bytes) {
		int first = (bytes.length >= 2) ? (bytes[0] & 0xff) << 8 | bytes[1] & 0xff : 0;
		int second = (bytes.length >= 4) ? (bytes[2] & 0xff) << 8 | bytes[3] & 0xff : -1;
		if ((first == 0xfffe && second == 0) || (bytes.length >= 4 && first == 0 && second == 0xfeff)) {
			return "utf-32";
		}
		if (first == 0xefbb && bytes.length >= 3 && (bytes[2] & 0xff) == 0xbf) {
			return "utf-8-sig";
		}
		return (first == 0xfffe || first == 0xfeff) ? "utf-16" : null;
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
