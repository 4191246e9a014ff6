package io.github.requests4j.internal.url;

import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Encodes a label that is not US-ASCII according to IDNA 2008, with the character tables
 * of the JDK. {@link java.net.IDN} would map characters according to IDNA 2003, and only
 * supports Unicode 3.2. Labels are undecided if they contain characters that the JDK does
 * not know, or that have contextual rules (RFC 5892, appendix A).
 *
 * @param isUndecided whether the tables of the JDK are not sufficient
 * @param ascii the label in US-ASCII; {@code null} if it is invalid or undecided
 */
record IdnaLabel(boolean isUndecided, @Nullable String ascii) {

	private static final IdnaLabel UNDECIDED = new IdnaLabel(true, null);

	private static final IdnaLabel INVALID = new IdnaLabel(false, null);

	private static final int MAX_LABEL = 63;

	private static final String PREFIX = "xn--";

	static IdnaLabel of(String label) {
		// A longer label cannot be valid. The check bounds the work.
		if (label.length() > 2 * MAX_LABEL) {
			return INVALID;
		}
		if (isUnknown(label)) {
			return UNDECIDED;
		}
		String lower = label.toLowerCase(Locale.ROOT);
		int[] codePoints = lower.codePoints().toArray();
		boolean undecided = false;
		for (int codePoint : codePoints) {
			if (codePoint >= 0x80 && needsContext(codePoint)) {
				undecided = true;
			}
			else if (!isPermitted(codePoint)) {
				return INVALID;
			}
		}
		if (lower.length() > MAX_LABEL || !isWellFormed(lower, codePoints)) {
			return INVALID;
		}
		if (undecided) {
			return UNDECIDED;
		}
		if (!IdnaBidi.isValid(codePoints)) {
			return INVALID;
		}
		// The kelvin sign becomes an ASCII "k" in lower case.
		String ascii = UrlChars.isAscii(lower) ? lower : PREFIX + Punycode.encode(codePoints);
		return (ascii.length() <= MAX_LABEL) ? new IdnaLabel(false, ascii) : INVALID;
	}

	/**
	 * Returns whether the JDK does not know a character or its lower case, which for a
	 * capital sigma depends on the adjacent characters.
	 */
	private static boolean isUnknown(String label) {
		for (int i = 0; i < label.length(); i += Character.charCount(label.codePointAt(i))) {
			int codePoint = label.codePointAt(i);
			if (codePoint == 0x3A3 || Character.getType(codePoint) == Character.UNASSIGNED) {
				return true;
			}
		}
		return false;
	}

	private static boolean isWellFormed(String lower, int[] codePoints) {
		boolean hyphens = lower.startsWith("-") || lower.endsWith("-") || lower.startsWith("--", 2);
		return !hyphens && !isMark(codePoints[0]) && Normalizer.isNormalized(lower, Normalizer.Form.NFC);
	}

	private static boolean isMark(int codePoint) {
		int type = Character.getType(codePoint);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

	private static boolean isPermitted(int codePoint) {
		if (codePoint < 0x80) {
			return codePoint == '-' || Character.isLetterOrDigit(codePoint);
		}
		return isException(codePoint) || (isLetterDigit(Character.getType(codePoint)) && !isDisallowed(codePoint)
				&& !isOldHangulJamo(codePoint) && !isIgnorable(codePoint) && isStable(codePoint));
	}

	/**
	 * Returns whether a type of character is a letter, mark or digit (RFC 5892, section
	 * 2.1).
	 */
	static boolean isLetterDigit(int type) {
		return switch (type) {
			case Character.LOWERCASE_LETTER, Character.OTHER_LETTER, Character.MODIFIER_LETTER,
					Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER ->
				true;
			default -> false;
		};
	}

	/** Returns whether a character is permitted as an exception (section 2.6). */
	static boolean isException(int codePoint) {
		return switch (codePoint) {
			case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007 -> true;
			default -> false;
		};
	}

	/** Returns whether a character is only permitted in some contexts (appendix A). */
	static boolean needsContext(int codePoint) {
		return switch (codePoint) {
			case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x200C, 0x200D -> true;
			default -> (codePoint >= 0x660 && codePoint <= 0x669) || (codePoint >= 0x6F0 && codePoint <= 0x6F9);
		};
	}

	/**
	 * Returns whether a letter or mark is excluded as an exception (sections 2.5 and
	 * 2.6).
	 */
	static boolean isDisallowed(int codePoint) {
		return switch (codePoint) {
			case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> true;
			default -> isIgnorableBlock(codePoint);
		};
	}

	/**
	 * Returns whether a character is a combining mark for symbols or a musical symbol.
	 */
	private static boolean isIgnorableBlock(int codePoint) {
		return (codePoint >= 0x20D0 && codePoint <= 0x20FF) || (codePoint >= 0x1D100 && codePoint <= 0x1D24F);
	}

	/** Returns whether a character is an old Hangul jamo (section 2.9). */
	private static boolean isOldHangulJamo(int codePoint) {
		return (codePoint >= 0x1100 && codePoint <= 0x11FF) || (codePoint >= 0xA960 && codePoint <= 0xA97C)
				|| (codePoint >= 0xD7B0 && codePoint <= 0xD7FB);
	}

	/** Returns whether a character is ignorable by default (section 2.3). */
	private static boolean isIgnorable(int codePoint) {
		return switch (codePoint) {
			case 0x34F, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
			default -> (codePoint >= 0x180B && codePoint <= 0x180F) || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
					|| (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
		};
	}

	/**
	 * Returns whether case folding and NFKC normalization do not change a character
	 * (section 2.2). Small Cherokee letters are folded to capital ones.
	 */
	private static boolean isStable(int codePoint) {
		if (codePoint == 0x131 || codePoint < 0x80) {
			return true;
		}
		if ((codePoint >= 0x13F8 && codePoint <= 0x13FD) || (codePoint >= 0xAB70 && codePoint <= 0xABBF)) {
			return false;
		}
		String text = Character.toString(codePoint);
		String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
		return Normalizer.normalize(folded, Normalizer.Form.NFKC).equals(text);
	}

}
