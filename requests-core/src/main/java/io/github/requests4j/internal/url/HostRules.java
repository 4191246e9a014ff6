package io.github.requests4j.internal.url;

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
		return IpAddress.isUnusualNumber(host, 0, host.length()) ? address(host, url) : host;
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
