package io.github.requests4j.http;

/**
 * Limits the size of responses, as protection from broken or malicious servers.
 * Immutable. <pre>{@code
 * Limits limits = Limits.DEFAULTS.withBody(10_000_000, 50_000_000, 100);
 * HttpAdapter adapter = HttpAdapter.builder().limits(limits).build();
 * }</pre>
 *
 * @param maxHeaderCount the maximum number of header lines in a response; trailers are
 * counted separately
 * @param maxHeaderBytes the maximum size of all header lines together in bytes; a single
 * line may be as long
 * @param maxInterimResponses the maximum number of 1xx responses before the final one
 * @param maxBody the maximum size of a body before decoding in bytes; -1 for no limit
 * @param maxDecoded the maximum size of a body after decoding in bytes; -1 for no limit
 * @param maxDecodeRatio how many times larger than the encoded body the decoded body may
 * be, checked once it is larger than 1 MiB; -1 for no limit
 * @param maxLine the maximum length of a line of a streamed response, in bytes for
 * {@link Response#iterLines()} and in characters for lines of text; -1 for no limit
 * @param maxEvent the maximum length of a server-sent event, in characters, and of an
 * element of a streamed JSON array, in bytes; -1 for no limit
 */
public record Limits(int maxHeaderCount, int maxHeaderBytes, int maxInterimResponses, long maxBody, long maxDecoded,
		long maxDecodeRatio, long maxLine, long maxEvent) {

	/** Much longer than real lines and events, but small enough for a small heap. */
	private static final int DEFAULT_MAX_LENGTH = 16 * 1024 * 1024;

	/**
	 * The default limits: 100 headers of 256 KiB in total, 20 interim responses, lines
	 * and events of 16 MiB each, and bodies of any size.
	 */
	public static final Limits DEFAULTS = new Limits(100, 256 * 1024, 20, -1, -1, -1, DEFAULT_MAX_LENGTH,
			DEFAULT_MAX_LENGTH);

	/**
	 * The maximum number of content codings of a response, as protection from long chains
	 * of decoders (urllib3 CVE-2025-66418).
	 */
	public static final int MAX_CODINGS = 5;

	/**
	 * Creates limits.
	 * @param maxHeaderCount the maximum number of header lines in a response; trailers
	 * are counted separately
	 * @param maxHeaderBytes the maximum size of all header lines together in bytes; a
	 * single line may be as long
	 * @param maxInterimResponses the maximum number of 1xx responses before the final one
	 * @param maxBody the maximum size of a body before decoding in bytes; -1 for no limit
	 * @param maxDecoded the maximum size of a body after decoding in bytes; -1 for no
	 * limit
	 * @param maxDecodeRatio how many times larger than the encoded body the decoded body
	 * may be, checked once it is larger than 1 MiB; -1 for no limit
	 * @param maxLine the maximum length of a line of a streamed response, in bytes for
	 * {@link Response#iterLines()} and in characters for lines of text; -1 for no limit
	 * @param maxEvent the maximum length of a server-sent event, in characters, and of an
	 * element of a streamed JSON array, in bytes; -1 for no limit
	 * @throws IllegalArgumentException if a limit is out of range
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
	 * Returns these limits with another limit on the size of headers.
	 * @param bytes the maximum size of all header lines together in bytes; a single line
	 * may be as long
	 * @return the limits
	 */
	public Limits withMaxHeaderBytes(int bytes) {
		return new Limits(this.maxHeaderCount, bytes, this.maxInterimResponses, this.maxBody, this.maxDecoded,
				this.maxDecodeRatio, this.maxLine, this.maxEvent);
	}

	/**
	 * Returns these limits with other limits on the body.
	 * @param body the maximum size before decoding in bytes, or -1
	 * @param decoded the maximum size after decoding in bytes, or -1
	 * @param ratio how many times larger the decoded body may be, or -1
	 * @return the limits
	 */
	public Limits withBody(long body, long decoded, long ratio) {
		return new Limits(this.maxHeaderCount, this.maxHeaderBytes, this.maxInterimResponses, body, decoded, ratio,
				this.maxLine, this.maxEvent);
	}

	/**
	 * Returns these limits with other limits on lines and events.
	 * @param line the maximum length of a line of a streamed response, or -1
	 * @param event the maximum length of an event or an element of a JSON array, or -1
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
