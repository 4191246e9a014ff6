package io.github.requests4j.internal.decode;

/**
 * How far decoding goes, against bodies made to exhaust the reader. Immutable.
 *
 * @param maxCodings the most codings that one body may have on top of each other
 * @param maxDecoded the most bytes that may come out of any decoder; -1 for no limit
 * @param maxRatio how many times longer than the bytes from the wire the decoded ones may
 * be, checked once they are more than 1 MiB; -1 for no limit
 */
public record DecodeLimits(int maxCodings, long maxDecoded, long maxRatio) {

	/** Below this size a great ratio is harmless, and usual: a page of blanks. */
	static final long RATIO_FROM = 1024 * 1024;

	boolean isBounded() {
		return this.maxDecoded >= 0 || this.maxRatio >= 0;
	}

	void check(long decoded, long encoded) {
		if (this.maxDecoded >= 0 && decoded > this.maxDecoded) {
			throw new DecodingException("it is longer than " + this.maxDecoded
					+ " bytes after decoding. Raise the limit maxDecoded if such a body is expected");
		}
		if (this.maxRatio >= 0 && decoded > RATIO_FROM && decoded / this.maxRatio > Math.max(encoded, 1)) {
			throw new DecodingException("it grows to more than " + this.maxRatio
					+ " times its size. Raise the limit maxDecodeRatio if such a body is expected");
		}
	}

}
