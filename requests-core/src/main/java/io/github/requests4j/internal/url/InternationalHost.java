package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * Host names beyond US-ASCII, by IDNA 2008 (RFC 5891) as strictly as requests takes it.
 * Nothing is mapped but letter case, so that full-width letters, ideographic full stops,
 * symbols and emoji are rejected instead of becoming another host.
 * <p>
 * {@link IdnaLabel} decides nearly all labels with the tables of the JDK. ICU, which is
 * optional, is asked about the rest. Without it they are rejected with a message that
 * names it: another host than ICU's is never the result.
 */
final class InternationalHost {

	private InternationalHost() {
	}

	/**
	 * Encodes a host label by label. Labels in US-ASCII, such as {@code xn--...}, only
	 * become lower-case.
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
	 * Encodes the host of another scheme than http, for which requests maps characters
	 * first (UTS 46, non-transitional). Only ICU has the tables for that.
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host in US-ASCII
	 * @throws UrlSyntaxException if it cannot be encoded, or there is no ICU
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
		return UrlSyntaxException.invalid(url, "Failed to parse: " + UrlText.printable(url)
				+ ". Encoding this host name requires ICU. Add the dependency com.ibm.icu:icu4j, or write the host in"
				+ " its encoded form, which begins with xn--.");
	}

	/** Apart, so that ICU is tried when it is first needed. */
	private static final class Icu {

		static final boolean AVAILABLE = IcuIdna.works();

		private Icu() {
		}

	}

}
