package io.github.requests4j.internal.url;

/**
 * The syntax of an IPv6 address in a URL (RFC 3986 section 3.2.2) with its zone (RFC
 * 6874).
 */
final class Ipv6Literal {

	private Ipv6Literal() {
	}

	/**
	 * Returns whether the text between the brackets is an address, with or without a
	 * zone.
	 */
	static boolean matches(String text, int from, int end) {
		int zone = text.indexOf('%', from);
		if (zone < 0 || zone >= end) {
			return IpAddress.isIpv6(text, from, end);
		}
		return IpAddress.isIpv6(text, from, zone) && isZone(text, zone + 1, end);
	}

	// A plain "%" before the zone is accepted in addition to "%25", because tools print
	// it
	private static boolean isZone(String text, int from, int end) {
		int i = from;
		while (i < end) {
			if (i + 2 < end && UrlChars.escapedByte(text, i) >= 0) {
				i += 3;
			}
			else if (UrlChars.is(text.charAt(i), UrlChars.UNRESERVED)) {
				i++;
			}
			else {
				return false;
			}
		}
		return from < end;
	}

	/**
	 * Converts the address to lower case, and the percent sign before the zone to
	 * {@code %25}. The zone keeps its case, because it is the name of an interface.
	 */
	static String normalize(String literal) {
		int percent = literal.indexOf('%');
		if (percent < 0) {
			return UrlChars.lowerAscii(literal);
		}
		int end = literal.length() - 1;
		boolean escaped = literal.startsWith("%25", percent) && end > percent + 3;
		String zone = literal.substring(escaped ? percent + 3 : percent + 1, end);
		return UrlChars.lowerAscii(literal.substring(0, percent)) + "%25"
				+ PercentCodec.encodeComponent(zone, UrlChars.UNRESERVED) + ']';
	}

}
