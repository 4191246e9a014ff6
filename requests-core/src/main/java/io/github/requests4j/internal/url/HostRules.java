package io.github.requests4j.internal.url;

/**
 * Checks the host of an http URL as browsers do (WHATWG URL, section 3.5). Characters
 * with another meaning in a URL are rejected, escaped or not. Numbers are only valid as
 * an IPv4 address. The forms that C accepts as addresses (octal, hexadecimal, fewer than
 * four numbers) are converted to the usual one, so that proxies, egress rules and the
 * resolver cannot disagree about the address.
 */
final class HostRules {

	/**
	 * The characters besides controls that are not allowed in a domain (WHATWG), and
	 * those that could only be sent percent-encoded.
	 */
	private static final String FORBIDDEN = "#%/:<>?@[\\]^|\"`{}";

	private HostRules() {
	}

	/**
	 * Checks a host.
	 * @param host the host in lower case, without brackets, with escapes decoded as far
	 * as possible
	 * @param url the whole URL, for the message
	 * @return the host; an IPv4 address in its usual form
	 * @throws UrlSyntaxException if it is not a valid host
	 */
	static String checked(String host, String url) {
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (c <= ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
				throw UrlSyntaxException.unparsable(url, "The host contains an invalid character.");
			}
		}
		return IpAddress.isUnusualIpv4(host, 0, host.length()) ? address(host, url) : host;
	}

	private static String address(String host, String url) {
		String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		long address = Ipv4.parse(bare);
		if (address == Ipv4.NOT_AN_ADDRESS) {
			throw UrlSyntaxException.unparsable(url, "The host consists of numbers, but is not an IPv4 address.");
		}
		return Ipv4.dotted(address);
	}

}
