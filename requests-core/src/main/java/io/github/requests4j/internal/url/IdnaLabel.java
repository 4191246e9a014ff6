package io.github.requests4j.internal.url;

import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Decides about a label beyond US-ASCII by IDNA 2008, with the JDK's tables of
 * characters. {@link java.net.IDN} would map characters by IDNA 2003, and knows Unicode
 * 3.2 only. Left undecided are characters that the JDK does not know, and those whose
 * place is subject to rules of their own (RFC 5892, appendix A).
 *
 * @param isUndecided whether the tables of the JDK do not suffice
 * @param ascii the label in US-ASCII; {@code null} if it is invalid or undecided
 */
record IdnaLabel(boolean isUndecided, @Nullable String ascii) {

	private static final IdnaLabel UNDECIDED = new IdnaLabel(true, null);

	private static final IdnaLabel INVALID = new IdnaLabel(false, null);

	private static final int MAX_LABEL = 63;

	private static final String PREFIX = "xn--";

	static IdnaLabel of(String label) {
		// A longer label cannot be valid, so the work stays bounded.
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
		// The sign for kelvin is a small k in lower case.
		String ascii = UrlChars.isAscii(lower) ? lower : PREFIX + Punycode.encode(codePoints);
		return (ascii.length() <= MAX_LABEL) ? new IdnaLabel(false, ascii) : INVALID;
	}

	/**
	 * Whether the JDK does not know a character, or not how to write it in lower case: a
	 * capital sigma depends on what is beside it.
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

	/** RFC 5892, section 2.1. */
	static boolean isLetterDigit(int type) {
		return switch (type) {
			case Character.LOWERCASE_LETTER, Character.OTHER_LETTER, Character.MODIFIER_LETTER,
					Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER ->
				true;
			default -> false;
		};
	}

	/** Signs and letters that are permitted all the same (section 2.6). */
	static boolean isException(int codePoint) {
		return switch (codePoint) {
			case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007 -> true;
			default -> false;
		};
	}

	/** Joiners, signs and digits that are permitted in some places (appendix A). */
	static boolean needsContext(int codePoint) {
		return switch (codePoint) {
			case 0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x200C, 0x200D -> true;
			default -> (codePoint >= 0x660 && codePoint <= 0x669) || (codePoint >= 0x6F0 && codePoint <= 0x6F9);
		};
	}

	/** Letters and marks that are excluded all the same (sections 2.5 and 2.6). */
	static boolean isDisallowed(int codePoint) {
		return switch (codePoint) {
			case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> true;
			default -> isIgnorableBlock(codePoint);
		};
	}

	/** Combining marks for symbols, and the two blocks of musical symbols. */
	private static boolean isIgnorableBlock(int codePoint) {
		return (codePoint >= 0x20D0 && codePoint <= 0x20FF) || (codePoint >= 0x1D100 && codePoint <= 0x1D24F);
	}

	/** Section 2.9. */
	private static boolean isOldHangulJamo(int codePoint) {
		return (codePoint >= 0x1100 && codePoint <= 0x11FF) || (codePoint >= 0xA960 && codePoint <= 0xA97C)
				|| (codePoint >= 0xD7B0 && codePoint <= 0xD7FB);
	}

	/** Those letters and marks that are ignored by default (section 2.3). */
	private static boolean isIgnorable(int codePoint) {
		return switch (codePoint) {
			case 0x34F, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
			default -> (codePoint >= 0x180B && codePoint <= 0x180F) || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
					|| (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
		};
	}

	/**
	 * Whether folding the case and normalizing to NFKC changes nothing (section 2.2).
	 * Small letters of Cherokee are folded to capital ones.
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
