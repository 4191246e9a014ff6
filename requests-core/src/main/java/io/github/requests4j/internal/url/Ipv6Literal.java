package io.github.requests4j.internal.url;

/**
 * The syntax of an IPv6 address in a URL (RFC 3986 section 3.2.2) with its zone (RFC
 * 6874).
 */
final class Ipv6Literal {

	private static final int GROUPS = 8;

	private Ipv6Literal() {
	}

	/** Whether the text between the brackets is an address, with or without a zone. */
	static boolean matches(String text, int from, int end) {
		int zone = text.indexOf('%', from);
		if (zone < 0 || zone >= end) {
			return isAddress(text, from, end);
		}
		return isAddress(text, from, zone) && isZone(text, zone + 1, end);
	}

	// A plain "%" before the zone is taken as well as "%25": it is what tools print
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

	private static boolean isAddress(String text, int from, int end) {
		int groups = 0;
		boolean compressed = false;
		int i = from;
		while (i < end) {
			if (text.startsWith("::", i) && i + 2 <= end) {
				if (compressed) {
					return false;
				}
				compressed = true;
				i += 2;
				continue;
			}
			int groupEnd = groupEnd(text, i, end);
			if (groupEnd == end && isIpv4(text, i, end)) {
				groups += 2;
			}
			else if (isGroup(text, i, groupEnd)) {
				groups++;
			}
			else {
				return false;
			}
			i = (groupEnd == end || text.startsWith("::", groupEnd)) ? groupEnd : groupEnd + 1;
			if (i > groupEnd && i == end) {
				return false;
			}
		}
		return compressed ? groups < GROUPS : groups == GROUPS;
	}

	private static int groupEnd(String text, int from, int end) {
		int colon = text.indexOf(':', from);
		return (colon < 0 || colon > end) ? end : colon;
	}

	private static boolean isGroup(String text, int from, int end) {
		if (end - from < 1 || end - from > 4) {
			return false;
		}
		for (int i = from; i < end; i++) {
			if (UrlChars.hexValue(text.charAt(i)) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isIpv4(String text, int from, int end) {
		int octets = 0;
		int start = from;
		for (int i = from; i <= end; i++) {
			if (i == end || text.charAt(i) == '.') {
				if (!isOctet(text, start, i)) {
					return false;
				}
				octets++;
				start = i + 1;
			}
		}
		return octets == 4;
	}

	// RFC 3986 section 3.2.2, dec-octet: who reads a leading zero as octal dials another
	// address
	private static boolean isOctet(String text, int from, int end) {
		int digits = end - from;
		if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
			return false;
		}
		int value = 0;
		for (int i = from; i < end; i++) {
			if (!UrlChars.isDigit(text.charAt(i))) {
				return false;
			}
			value = 10 * value + text.charAt(i) - '0';
		}
		return value <= 255;
	}

	/**
	 * Lower-case the address, and write a percent sign before the zone as {@code %25}.
	 * The zone keeps its case: it names an interface.
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
