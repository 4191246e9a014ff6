package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * Encodes host names that are not US-ASCII according to IDNA 2008 (RFC 5891), as strictly
 * as requests. Characters are only mapped to lower case. Full-width letters, ideographic
 * full stops, symbols and emoji are rejected, so that they cannot become another host.
 * <p>
 * {@link IdnaLabel} encodes nearly all labels with the tables of the JDK. ICU, which is
 * optional, encodes the rest. Without ICU, they are rejected with a message that names
 * it, so that the result never differs from that of ICU.
 */
final class InternationalHost {

	private InternationalHost() {
	}

	/**
	 * Encodes a host label by label. US-ASCII labels, such as {@code xn--...}, are only
	 * converted to lower case.
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host in US-ASCII
	 * @throws UrlSyntaxException if a label is not a valid label of IDNA 2008, or cannot
	 * be encoded without ICU
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
		IdnaLabel decided = IdnaLabel.of(label);
		String ascii = decided.ascii();
		if (decided.isUndecided()) {
			if (!Icu.AVAILABLE) {
				throw needsIcu(url);
			}
			ascii = IcuIdna.encodeLabel(label);
		}
		if (ascii == null) {
			throw UrlSyntaxException.unparsable(url);
		}
		return ascii;
	}

	/**
	 * Encodes the host of a scheme other than http, for which requests maps characters
	 * first (UTS 46, non-transitional). This requires ICU.
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host in US-ASCII
	 * @throws UrlSyntaxException if it cannot be encoded, or ICU is not available
	 */
	static String toAsciiMapped(String host, String url) {
		if (!Icu.AVAILABLE) {
			throw needsIcu(url);
		}
		@Nullable String ascii = IcuIdna.encodeMapped(host);
		if (ascii == null) {
			throw UrlSyntaxException.invalid(url, "URL has an invalid label.");
		}
		return ascii;
	}

	private static IllegalArgumentException needsIcu(String url) {
		return UrlSyntaxException.invalid(url,
				"Failed to parse: " + UrlText.printable(url)
						+ ". Encoding this host name requires ICU. Add the dependency com.ibm.icu:icu4j, or use the"
						+ " encoded form of the host, which starts with xn--.");
	}

	/** Checks for ICU when it is first needed. */
	private static final class Icu {

		static final boolean AVAILABLE = IcuIdna.works();

		private Icu() {
		}

	}

}
