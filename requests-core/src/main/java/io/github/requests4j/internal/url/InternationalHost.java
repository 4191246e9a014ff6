package io.github.requests4j.internal.url;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ULocale;

/**
 * Host names beyond US-ASCII, by IDNA 2008 (RFC 5891) as strictly as requests takes it
 * (behaviour 32): nothing is mapped but letter case, so that full-width letters,
 * ideographic full stops, symbols and emoji are refused instead of becoming another host.
 * <p>
 * The tables of ICU are loaded at the first such name, and never for plain ones.
 */
final class InternationalHost {

	private static final int MAX_LABEL = 63;

	private InternationalHost() {
	}

	/**
	 * Encode a host label by label. Labels in US-ASCII, such as {@code xn--...}, only
	 * become lower-case (behaviour 33).
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host in US-ASCII
	 * @throws UrlSyntaxException if a label is no valid label of IDNA 2008
	 */
	static String toAscii(String host, String url) {
		StringBuilder ascii = new StringBuilder(host.length() + 16);
		int start = 0;
		while (start <= host.length()) {
			int dot = host.indexOf('.', start);
			int end = (dot < 0) ? host.length() : dot;
			String label = host.substring(start, end);
			ascii.append(UrlChars.isAscii(label) ? UrlChars.lowerAscii(label) : encodeLabel(label, url));
			if (dot >= 0) {
				ascii.append('.');
			}
			start = end + 1;
		}
		return ascii.toString();
	}

	private static String encodeLabel(String label, String url) {
		// ICU knows the letters of newer versions of Unicode than the JDK does
		String lower = UCharacter.toLowerCase(ULocale.ROOT, label);
		// A longer label cannot be valid: so the work of ICU stays bounded
		if (lower.length() > MAX_LABEL || !isPermitted(lower)) {
			throw UrlSyntaxException.unparsable(url);
		}
		IDNA.Info info = new IDNA.Info();
		StringBuilder unicode = Uts46.STRICT.labelToUnicode(lower, new StringBuilder(), info);
		if (info.hasErrors() || !lower.contentEquals(unicode)) {
			throw UrlSyntaxException.unparsable(url);
		}
		StringBuilder ascii = Uts46.STRICT.labelToASCII(lower, new StringBuilder(), new IDNA.Info());
		if (ascii.length() > MAX_LABEL) {
			throw UrlSyntaxException.unparsable(url);
		}
		return ascii.toString();
	}

	/**
	 * Whether every character may stand in a label (RFC 5892). UTS 46 alone would let
	 * symbols pass; what it maps or disallows is left to it.
	 */
	private static boolean isPermitted(String label) {
		return label.codePoints().allMatch(InternationalHost::isPermitted);
	}

	private static boolean isPermitted(int codePoint) {
		if (codePoint < 0x80) {
			return codePoint == '-' || Character.isLetterOrDigit(codePoint);
		}
		if (isException(codePoint)) {
			return true;
		}
		return isLetterDigit(UCharacter.getType(codePoint)) && !isDisallowed(codePoint)
				&& !UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
	}

	// RFC 5892 section 2.1
	private static boolean isLetterDigit(int type) {
		return switch (type) {
			case Character.LOWERCASE_LETTER, Character.OTHER_LETTER, Character.MODIFIER_LETTER,
					Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER ->
				true;
			default -> false;
		};
	}

	/**
	 * Signs that belong to words, and joiners (sections 2.6 and 2.8). ICU checks the
	 * context of those that need one.
	 */
	private static boolean isException(int codePoint) {
		return switch (codePoint) {
			case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x6FD, 0x6FE, 0xF0B, 0x3007, 0x200C, 0x200D -> true;
			default -> false;
		};
	}

	/** Letters and marks that are excluded all the same (sections 2.5, 2.6 and 2.9). */
	private static boolean isDisallowed(int codePoint) {
		return switch (codePoint) {
			case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> true;
			default -> isIgnorableBlock(codePoint) || isOldHangulJamo(codePoint);
		};
	}

	// Combining marks for symbols, and the two blocks of musical symbols
	private static boolean isIgnorableBlock(int codePoint) {
		return (codePoint >= 0x20D0 && codePoint <= 0x20FF) || (codePoint >= 0x1D100 && codePoint <= 0x1D24F);
	}

	private static boolean isOldHangulJamo(int codePoint) {
		int type = UCharacter.getIntPropertyValue(codePoint, UProperty.HANGUL_SYLLABLE_TYPE);
		return type == UCharacter.HangulSyllableType.LEADING_JAMO || type == UCharacter.HangulSyllableType.VOWEL_JAMO
				|| type == UCharacter.HangulSyllableType.TRAILING_JAMO;
	}

	/**
	 * Encode the host of another scheme than http, for which requests maps characters
	 * first (UTS 46, non-transitional).
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host in US-ASCII
	 * @throws UrlSyntaxException if it cannot be encoded
	 */
	static String toAsciiMapped(String host, String url) {
		IDNA.Info info = new IDNA.Info();
		String ascii = Uts46.STRICT.nameToASCII(host, new StringBuilder(), info).toString();
		if (info.hasErrors()) {
			throw UrlSyntaxException.invalid(url, "URL has an invalid label.");
		}
		return ascii;
	}

	/** Holds the tables, so that they are loaded when first needed. */
	private static final class Uts46 {

		static final IDNA STRICT = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ
				| IDNA.CHECK_CONTEXTO | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

	}

}
