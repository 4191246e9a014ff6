package io.github.requests4j.internal.text;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Detects the encoding of bytes. Clear cases are decided here. Other cases are left to
 * the statistics of juniversalchardet, which is derived from the same detector as that of
 * requests.
 */
public final class EncodingDetector {

	/** The number of bytes that are sufficient to detect the language of a text. */
	private static final int MAX_EVIDENCE = 32 * 1024;

	/**
	 * The minimum number of bytes beyond ASCII for the statistics. Fewer bytes are
	 * usually accented Latin letters.
	 */
	private static final int MIN_EVIDENCE = 6;

	private static final String ASCII = "ascii";

	private static final String LATIN_1 = "ISO-8859-1";

	private static final int ESCAPE = 0x1b;

	private EncodingDetector() {
	}

	/**
	 * Returns the most likely encoding of bytes.
	 * @param bytes the content, not empty
	 * @return its name
	 */
	public static String detect(byte[] bytes) {
		String byMark = encodingOfMark(bytes);
		if (byMark != null) {
			return byMark;
		}
		int beyond = 0;
		int first = bytes.length;
		boolean zeros = false;
		boolean escapes = false;
		for (int i = bytes.length - 1; i >= 0; i--) {
			byte b = bytes[i];
			beyond += (b < 0) ? 1 : 0;
			zeros |= b == 0;
			escapes |= b == ESCAPE;
			first = (b < 0 || b == ESCAPE) ? i : first;
		}
		if (beyond == 0 && !zeros && !escapes) {
			return ASCII;
		}
		String wide = zeros ? guessUtf(bytes) : null;
		if (wide != null && wide.length() > "utf-8".length()) {
			return wide;
		}
		if (beyond > 0 && TextCodec.UTF_8.decodeStrictly(bytes) != null) {
			return "utf-8";
		}
		wide = zeros ? guessFromText(bytes) : null;
		if (wide != null) {
			return wide;
		}
		return (!zeros && !escapes && beyond < MIN_EVIDENCE) ? latin(bytes) : Statistics.detect(bytes, first);
	}

	/**
	 * Guesses the Unicode encoding of bytes, from a byte order mark or from the position
	 * of zeros in the first four bytes. At least the first two characters are assumed to
	 * be ASCII.
	 * @param bytes the start of the content
	 * @return the name, or {@code null} if it is not a Unicode encoding
	 */
	public static @Nullable String guessUtf(byte[] bytes) {
		String byMark = encodingOfMark(bytes);
		if (byMark != null) {
			return byMark;
		}
		int zeros = 0;
		for (int i = 0; i < Math.min(4, bytes.length); i++) {
			// One bit for each zero byte, with the highest bit for the first byte.
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
	 * Returns the encoding of a byte order mark. The mark of UTF-32 starts like that of
	 * UTF-16, so it is checked first.
	 */
	private static @Nullable String encodingOfMark(byte[] bytes) {
		int first = (bytes.length >= 2) ? ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff) : 0;
		int second = (bytes.length >= 4) ? ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff) : -1;
		if ((first == 0xfffe && second == 0) || (bytes.length >= 4 && first == 0 && second == 0xfeff)) {
			return "utf-32";
		}
		if (first == 0xefbb && bytes.length >= 3 && (bytes[2] & 0xff) == 0xbf) {
			return "utf-8-sig";
		}
		return (first == 0xfffe || first == 0xfeff) ? "utf-16" : null;
	}

	// In Latin-1, 0x80 to 0x9f are control characters that text does not contain.
	private static String latin(byte[] bytes) {
		String found = ASCII;
		for (byte b : bytes) {
			if ((b & 0xe0) == 0x80) {
				return "windows-1252";
			}
			found = (b < 0) ? LATIN_1 : found;
		}
		return found;
	}

	/**
	 * Returns the Unicode encoding in which bytes with zeros are text. Only in these
	 * encodings do spaces and line ends contain zeros.
	 */
	private static @Nullable String guessFromText(byte[] bytes) {
		for (String name : new String[] { "utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be" }) {
			TextCodec codec = TextCodec.named(name);
			String text = (codec != null) ? codec.decodeStrictly(bytes) : null;
			if (text != null && text.codePoints().allMatch(EncodingDetector::isText)) {
				return name;
			}
		}
		return null;
	}

	private static boolean isText(int codePoint) {
		return (codePoint < 0x20) ? codePoint >= '\t' && codePoint <= '\r'
				: Character.isDefined(codePoint) && Character.getType(codePoint) != Character.PRIVATE_USE;
	}

	/**
	 * Loads the classes of the detector only when they are needed.
	 */
	private static final class Statistics {

		private Statistics() {
		}

		static String detect(byte[] bytes, int start) {
			UniversalDetector detector = new UniversalDetector();
			detector.handleData(bytes, start, Math.min(bytes.length - start, MAX_EVIDENCE));
			detector.dataEnd();
			String name = detector.getDetectedCharset();
			if (name == null || name.equals("US-ASCII") || name.equals("WINDOWS-1252")
					|| TextCodec.named(name) == null) {
				return latin(bytes);
			}
			// The name in requests and IANA.
			String ianaName = Charset.forName(name).name();
			return ianaName.startsWith("x-") ? ianaName.substring("x-".length()) : ianaName;
		}

	}

}
