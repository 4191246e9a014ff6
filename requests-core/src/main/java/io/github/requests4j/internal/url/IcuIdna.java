package io.github.requests4j.internal.url;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ULocale;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Encodes host names according to IDNA 2008 with ICU, which is optional. Its tables are
 * loaded with this class.
 */
final class IcuIdna {

	private static final int MAX_LABEL = 63;

	private IcuIdna() {
	}

	/**
	 * Returns whether ICU is available and encodes a sample. An ICU version that fails to
	 * do so is logged once.
	 */
	static boolean works() {
		try {
			Class.forName("com.ibm.icu.text.IDNA", false, IcuIdna.class.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
		try {
			// The middle dot requires the rules of newer versions.
			if ("xn--ll-0ea".equals(encodeLabel("L\u00b7l")) && encodeLabel("\u00b7l") == null
					&& "xn--fa-hia.de".equals(encodeMapped("Fa\u00df.de"))) {
				return true;
			}
			throw new IllegalStateException("the encoded sample is wrong");
		}
		// Any error here would also occur for each host name.
		catch (Throwable ex) {
			LoggerFactory.getLogger(InternationalHost.class)
				.warn("com.ibm.icu:icu4j is not used, because it failed to encode a sample: {}. Upgrade or"
						+ " remove the library.", ex.toString().replaceAll("\\s+", " "));
			return false;
		}
	}

	/**
	 * Encodes a label without mapping characters, except to lower case.
	 * @return the label in US-ASCII, or {@code null} if it is not valid
	 */
	static @Nullable String encodeLabel(String label) {
		// ICU supports newer versions of Unicode than the JDK.
		String lower = UCharacter.toLowerCase(ULocale.ROOT, label);
		// A longer label cannot be valid. The check bounds the work of ICU.
		if (lower.length() > MAX_LABEL || !isPermitted(lower)) {
			return null;
		}
		IDNA.Info info = new IDNA.Info();
		StringBuilder unicode = Uts46.STRICT.labelToUnicode(lower, new StringBuilder(), info);
		if (info.hasErrors() || !lower.contentEquals(unicode)) {
			return null;
		}
		StringBuilder ascii = Uts46.STRICT.labelToASCII(lower, new StringBuilder(), new IDNA.Info());
		return (ascii.length() <= MAX_LABEL) ? ascii.toString() : null;
	}

	/**
	 * Encodes a whole host after mapping characters.
	 * @return the host in US-ASCII, or {@code null} if it is not valid
	 */
	static @Nullable String encodeMapped(String host) {
		IDNA.Info info = new IDNA.Info();
		String ascii = Uts46.STRICT.nameToASCII(host, new StringBuilder(), info).toString();
		return info.hasErrors() ? null : ascii;
	}

	/**
	 * Returns whether every character is permitted in a label (RFC 5892). UTS 46 alone
	 * would allow symbols. Characters that it maps or disallows are not checked here.
	 */
	private static boolean isPermitted(String label) {
		return label.codePoints().allMatch(IcuIdna::isPermitted);
	}

	private static boolean isPermitted(int codePoint) {
		if (codePoint < 0x80) {
			return codePoint == '-' || Character.isLetterOrDigit(codePoint);
		}
		if (IdnaLabel.isException(codePoint) || IdnaLabel.needsContext(codePoint)) {
			return true;
		}
		return IdnaLabel.isLetterDigit(UCharacter.getType(codePoint)) && !IdnaLabel.isDisallowed(codePoint)
				&& !isOldHangulJamo(codePoint)
				&& !UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
	}

	private static boolean isOldHangulJamo(int codePoint) {
		int type = UCharacter.getIntPropertyValue(codePoint, UProperty.HANGUL_SYLLABLE_TYPE);
		return type == UCharacter.HangulSyllableType.LEADING_JAMO || type == UCharacter.HangulSyllableType.VOWEL_JAMO
				|| type == UCharacter.HangulSyllableType.TRAILING_JAMO;
	}

	/** Loads the tables when they are first needed. */
	private static final class Uts46 {

		static final IDNA STRICT = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ
				| IDNA.CHECK_CONTEXTO | IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

		private Uts46() {
		}

	}

}
