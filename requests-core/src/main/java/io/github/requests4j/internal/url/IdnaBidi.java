package io.github.requests4j.internal.url;

/**
 * The rules for labels with right-to-left characters (RFC 5893).
 */
final class IdnaBidi {

	private IdnaBidi() {
	}

	/**
	 * Returns whether a label is valid. Labels without right-to-left characters always
	 * are.
	 */
	static boolean isValid(int[] codePoints) {
		boolean rightToLeft = false;
		boolean europeanDigits = false;
		boolean arabicDigits = false;
		for (int codePoint : codePoints) {
			byte direction = Character.getDirectionality(codePoint);
			rightToLeft |= isRightToLeft(direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
			europeanDigits |= direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
			arabicDigits |= direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
		}
		if (!rightToLeft) {
			return true;
		}
		return isRightToLeft(Character.getDirectionality(codePoints[0])) && !(europeanDigits && arabicDigits)
				&& hasNoLeftToRight(codePoints) && hasValidEnd(codePoints);
	}

	private static boolean isRightToLeft(byte direction) {
		return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
				|| direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
	}

	/**
	 * Checks rule 2. The other directions that it excludes are those of control
	 * characters.
	 */
	private static boolean hasNoLeftToRight(int[] codePoints) {
		for (int codePoint : codePoints) {
			if (Character.getDirectionality(codePoint) == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
				return false;
			}
		}
		return true;
	}

	/** Checks rule 3. */
	private static boolean hasValidEnd(int[] codePoints) {
		int last = codePoints.length - 1;
		while (Character.getDirectionality(codePoints[last]) == Character.DIRECTIONALITY_NONSPACING_MARK) {
			last--;
		}
		byte direction = Character.getDirectionality(codePoints[last]);
		return isRightToLeft(direction) || direction == Character.DIRECTIONALITY_EUROPEAN_NUMBER
				|| direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
	}

}
