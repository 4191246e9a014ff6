package io.github.requests4j.internal.url;

import io.github.requests4j.internal.text.Digits;

/**
 * What the host of an http URL may be, as browsers see it (WHATWG URL, section 3.5): no
 * character that means something else in a URL, escaped or not, and numbers only as an
 * IPv4 address. The forms that C reads as addresses (octal, hexadecimal, fewer than four
 * numbers) become the usual one, so that proxies, egress rules and the resolver cannot
 * read one text as two addresses.
 */
final class HostRules {

	/**
	 * What no domain may contain beside controls (WHATWG), and what could be sent only
	 * percent-encoded.
	 */
	private static final String FORBIDDEN = "#%/:<>?@[\\]^|\"`{}";

	private HostRules() {
	}

	/**
	 * Checks a host that is in lower case, without brackets, its escapes decoded as far
	 * as possible.
	 * @param host the host
	 * @param url the whole URL, for the message
	 * @return the host, an IPv4 address in its usual form
	 * @throws UrlSyntaxException if it can never be a host
	 */
	static String checked(String host, String url) {
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (c <= ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
				throw UrlSyntaxException.unparsable(url, "the host has a character that no host can have");
			}
		}
		return maybeNumber(host, 0, host.length()) ? address(host, url) : host;
	}

	/**
	 * Returns whether a host consists of numbers and dots, and is not an IPv4 address in
	 * its usual form.
	 */
	static boolean maybeNumber(String text, int from, int end) {
		if (!Digits.isDigit(text.charAt(from))) {
			return false;
		}
		int start = from;
		int octets = 0;
		boolean usual = true;
		while (start < end) {
			int dot = text.indexOf('.', start);
			int labelEnd = (dot < 0 || dot > end) ? end : dot;
			if (!isNumber(text, start, labelEnd)) {
				return false;
			}
			usual &= isOctet(text, start, labelEnd);
			octets++;
			start = labelEnd + 1;
		}
		return !usual || octets != 4 || text.charAt(end - 1) == '.';
	}

	/** An empty label counts as well: no name has one between numbers. */
	private static boolean isNumber(String text, int from, int end) {
		boolean hexadecimal = text.startsWith("0x", from) && from + 2 <= end;
		for (int i = hexadecimal ? from + 2 : from; i < end; i++) {
			char c = text.charAt(i);
			if (hexadecimal ? Digits.hexValue(c) < 0 : !Digits.isDigit(c)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOctet(String text, int from, int end) {
		long value = Digits.parse(text, from, end);
		return value >= 0 && value <= 255 && (end - from == 1 || text.charAt(from) != '0');
	}

	private static String address(String host, String url) {
		String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		long address = Ipv4.parse(bare);
		if (address == Ipv4.NOT_AN_ADDRESS) {
			throw UrlSyntaxException.unparsable(url, "the host consists of numbers, but is not an IPv4 address");
		}
		return Ipv4.dotted(address);
	}

}
