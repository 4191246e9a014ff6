package io.github.requests4j.internal.url;

/**
 * Encodes a label as US-ASCII (RFC 3492).
 */
final class Punycode {

	private static final int BASE = 36;

	private static final int T_MIN = 1;

	private static final int T_MAX = 26;

	private static final int SKEW = 38;

	private static final int DAMP = 700;

	private static final int INITIAL_BIAS = 72;

	private static final int INITIAL_N = 0x80;

	private Punycode() {
	}

	/**
	 * Encodes a label of at most 63 code points, which cannot cause an overflow.
	 * @return the label without a prefix
	 */
	static String encode(int[] codePoints) {
		StringBuilder out = new StringBuilder(codePoints.length * 2);
		for (int codePoint : codePoints) {
			if (codePoint < INITIAL_N) {
				out.append((char) codePoint);
			}
		}
		int basic = out.length();
		int handled = basic;
		if (basic > 0) {
			out.append('-');
		}
		int n = INITIAL_N;
		int delta = 0;
		int bias = INITIAL_BIAS;
		while (handled < codePoints.length) {
			int next = next(codePoints, n);
			delta += (next - n) * (handled + 1);
			n = next;
			for (int codePoint : codePoints) {
				if (codePoint < n) {
					delta++;
				}
				else if (codePoint == n) {
					append(out, delta, bias);
					bias = adapt(delta, handled + 1, handled == basic);
					delta = 0;
					handled++;
				}
			}
			delta++;
			n++;
		}
		return out.toString();
	}

	/** Returns the smallest code point that is at least {@code n}. */
	private static int next(int[] codePoints, int n) {
		int next = Integer.MAX_VALUE;
		for (int codePoint : codePoints) {
			next = (codePoint >= n) ? Math.min(next, codePoint) : next;
		}
		return next;
	}

	/** Appends a variable-length integer (section 3.3). */
	private static void append(StringBuilder out, int number, int bias) {
		int rest = number;
		for (int k = BASE;; k += BASE) {
			int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
			if (rest < threshold) {
				out.append(digit(rest));
				return;
			}
			out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
			rest = (rest - threshold) / (BASE - threshold);
		}
	}

	private static char digit(int value) {
		return (char) ((value < 26) ? 'a' + value : '0' + value - 26);
	}

	/** Adapts the bias (section 6.1). */
	private static int adapt(int delta, int points, boolean first) {
		int rest = first ? delta / DAMP : delta / 2;
		rest += rest / points;
		int k = 0;
		while (rest > (BASE - T_MIN) * T_MAX / 2) {
			rest /= BASE - T_MIN;
			k += BASE;
		}
		return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
	}

}
