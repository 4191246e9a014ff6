package io.github.requests4j.internal.decode;

/**
 * Limits decoding, as protection from bodies that would exhaust memory. Immutable.
 *
 * @param maxCodings the maximum number of codings of a body
 * @param maxDecoded the maximum number of bytes of each decoder; -1 for no limit
 * @param maxRatio how many times larger than the encoded body the decoded body may be,
 * checked once it is larger than 1 MiB; -1 for no limit
 */
public record DecodeLimits(int maxCodings, long maxDecoded, long maxRatio) {

	/**
	 * The size from which the ratio is checked. Smaller bodies with a high ratio are
	 * harmless and common.
	 */
	static final long MIN_SIZE_FOR_RATIO = 1024 * 1024;

	boolean isBounded() {
		return this.maxDecoded >= 0 || this.maxRatio >= 0;
	}

	void check(long decoded, long encoded) {
		if (this.maxDecoded >= 0 && decoded > this.maxDecoded) {
			throw new DecodingException("It is larger than " + this.maxDecoded
					+ " bytes after decoding. Raise maxDecoded if such a body is expected.");
		}
		if (this.maxRatio >= 0 && decoded > MIN_SIZE_FOR_RATIO && decoded / this.maxRatio > Math.max(encoded, 1)) {
			throw new DecodingException("It is more than " + this.maxRatio
					+ " times larger after decoding. Raise maxDecodeRatio if such a body is expected.");
		}
	}

}
