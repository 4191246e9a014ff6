package io.github.requests4j.http;

/**
 * How much of a response is accepted, against servers that are broken or hostile.
 * Immutable. <pre>{@code
 * Limits limits = Limits.DEFAULTS.withBody(10_000_000, 50_000_000, 100);
 * HttpAdapter adapter = HttpAdapter.builder().limits(limits).build();
 * }</pre>
 *
 * @param maxHeaderCount the most header lines in one response, trailers counted apart
 * @param maxHeaderBytes the most bytes of all header lines together; a single line may be
 * as long
 * @param maxInterimResponses the most 1xx responses before the final one
 * @param maxBody the most bytes of a body before decoding; -1 for no limit
 * @param maxDecoded the most bytes of a body after decoding; -1 for no limit
 * @param maxDecodeRatio how many times longer than the encoded body the decoded one may
 * be, checked once it is longer than 1 MiB; -1 for no limit
 * @param maxLine the longest line of a streamed response, in bytes for
 * {@link Response#iterLines()} and in characters for lines of text; -1 for no limit
 * @param maxEvent the longest server-sent event, in characters, and the longest element
 * of a streamed JSON array, in bytes; -1 for no limit
 */
public record Limits(int maxHeaderCount, int maxHeaderBytes, int maxInterimResponses, long maxBody, long maxDecoded,
		long maxDecodeRatio, long maxLine, long maxEvent) {

	/** Far beyond real lines and events, and still little enough for a small heap. */
	private static final int LONGEST = 16 * 1024 * 1024;

	/**
	 * 100 headers of 256 KiB in all, 20 interim responses, lines and events of 16 MiB
	 * each; bodies of any size.
	 */
	public static final Limits DEFAULTS = new Limits(100, 256 * 1024, 20, -1, -1, -1, LONGEST, LONGEST);

	/**
	 * The most content codings of one response, against long chains of decoders (urllib3
	 * CVE-2025-66418).
	 */
	public static final int MAX_CODINGS = 5;

	/**
	 * Checks the numbers.
	 * @param maxHeaderCount the most header lines in one response, trailers counted apart
	 * @param maxHeaderBytes the most bytes of all header lines together; a single line
	 * may be as long
	 * @param maxInterimResponses the most 1xx responses before the final one
	 * @param maxBody the most bytes of a body before decoding; -1 for no limit
	 * @param maxDecoded the most bytes of a body after decoding; -1 for no limit
	 * @param maxDecodeRatio how many times longer than the encoded body the decoded one
	 * may be, checked once it is longer than 1 MiB; -1 for no limit
	 * @param maxLine the longest line of a streamed response, in bytes for
	 * {@link Response#iterLines()} and in characters for lines of text; -1 for no limit
	 * @param maxEvent the longest server-sent event, in characters, and the longest
	 * element of a streamed JSON array, in bytes; -1 for no limit
	 * @throws IllegalArgumentException if one is out of range
	 */
	public Limits {
		positive("maxHeaderCount", maxHeaderCount);
		positive("maxHeaderBytes", maxHeaderBytes);
		positive("maxInterimResponses", maxInterimResponses);
		unlimitedOrPositive("maxBody", maxBody);
		unlimitedOrPositive("maxDecoded", maxDecoded);
		unlimitedOrPositive("maxDecodeRatio", maxDecodeRatio);
		unlimitedOrPositive("maxLine", maxLine);
		unlimitedOrPositive("maxEvent", maxEvent);
	}

	/**
	 * The same limits with another total of header bytes.
	 * @param bytes the most bytes of all header lines together; a single line may be as
	 * long
	 * @return the limits
	 */
	public Limits withMaxHeaderBytes(int bytes) {
		return new Limits(this.maxHeaderCount, bytes, this.maxInterimResponses, this.maxBody, this.maxDecoded,
				this.maxDecodeRatio, this.maxLine, this.maxEvent);
	}

	/**
	 * The same limits with other limits on the body.
	 * @param body the most bytes before decoding, or -1
	 * @param decoded the most bytes after decoding, or -1
	 * @param ratio the most times longer the decoded body may be, or -1
	 * @return the limits
	 */
	public Limits withBody(long body, long decoded, long ratio) {
		return new Limits(this.maxHeaderCount, this.maxHeaderBytes, this.maxInterimResponses, body, decoded, ratio,
				this.maxLine, this.maxEvent);
	}

	/**
	 * The same limits with another longest line and event.
	 * @param line the longest line of a streamed response, or -1
	 * @param event the longest event, and element of a JSON array, or -1
	 * @return the limits
	 */
	public Limits withLines(long line, long event) {
		return new Limits(this.maxHeaderCount, this.maxHeaderBytes, this.maxInterimResponses, this.maxBody,
				this.maxDecoded, this.maxDecodeRatio, line, event);
	}

	private static void positive(String name, int value) {
		if (value <= 0) {
			throw new IllegalArgumentException(name + " must be greater than zero, not " + value);
		}
	}

	private static void unlimitedOrPositive(String name, long value) {
		if (value <= 0 && value != -1) {
			throw new IllegalArgumentException(name + " must be greater than zero, or -1 for no limit, not " + value);
		}
	}

}
