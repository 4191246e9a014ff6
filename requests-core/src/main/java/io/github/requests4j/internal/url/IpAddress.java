package io.github.requests4j.internal.url;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * Parses IP addresses without name resolution: four decimal numbers without leading
 * zeros, or IPv6 in any form of RFC 4291, section 2.2, without zone and brackets.
 * {@link Ipv4} parses the more lenient forms of C.
 */
public final class IpAddress {

	private static final int IPV6_BYTES = 16;

	private IpAddress() {
	}

	/**
	 * Parses an address. An IPv4-mapped IPv6 address becomes the IPv4 address, to which a
	 * socket connects.
	 * @param text the text
	 * @return the address, or {@code null} if the text is not one
	 */
	public static @Nullable InetAddress parse(String text) {
		byte[] bytes = (text.indexOf(':') >= 0) ? ipv6(text, 0, text.length()) : ipv4(text);
		if (bytes == null) {
			return null;
		}
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns whether a resolver has found addresses. A resolver may return null for an
	 * unknown host, even if its contract does not allow it.
	 * @param addresses the result of the resolver
	 * @return {@code true} if there are addresses, and none of them is null
	 */
	public static boolean areAddresses(@Nullable List<@Nullable InetAddress> addresses) {
		if (addresses == null || addresses.isEmpty()) {
			return false;
		}
		for (InetAddress address : addresses) {
			if (address == null) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns whether the JDK treats a host as an address, without name resolution: it
	 * contains a colon, or consists of digits and dots.
	 * @param host the host, without brackets
	 * @return {@code true} if it is not a name
	 */
	public static boolean isLiteral(String host) {
		if (host.indexOf(':') >= 0) {
			return true;
		}
		for (int i = 0; i < host.length(); i++) {
			if (host.charAt(i) != '.' && !Digits.isDigit(host.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns whether any resolver might treat a host as an address: it contains a colon,
	 * or its last label is a number, as in {@code 127.1} and {@code 0x7f.1}. Includes
	 * more hosts than {@link #isLiteral}, for rules that must not apply to addresses.
	 * @param host the host in lower case, without brackets
	 * @return {@code true} if it might be an address
	 */
	public static boolean endsInNumber(String host) {
		if (host.indexOf(':') >= 0) {
			return true;
		}
		int start = host.lastIndexOf('.') + 1;
		return start < host.length() && isNumber(host, start, host.length());
	}

	/**
	 * Returns whether a part of a text is an IPv6 address.
	 * @param text the text
	 * @param from the start of the part
	 * @param to the end of the part, exclusive
	 * @return {@code true} if it is one, without zone and brackets
	 */
	public static boolean isIpv6(String text, int from, int to) {
		return ipv6(text, from, to) != null;
	}

	/**
	 * Removes the brackets around an IPv6 address.
	 * @param host any host
	 * @return the host without surrounding brackets
	 */
	public static String withoutBrackets(String host) {
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Adds brackets to an IPv6 address, so that a port can follow.
	 * @param host any host, with or without brackets
	 * @return the host in the form of URLs
	 */
	public static String withBrackets(String host) {
		return (host.indexOf(':') >= 0 && !host.startsWith("[")) ? '[' + host + ']' : host;
	}

	private static byte @Nullable [] ipv4(String text) {
		byte[] bytes = new byte[4];
		return parseIpv4(text, 0, text.length(), bytes, 0) ? bytes : null;
	}

	private static boolean parseIpv4(String text, int from, int to, byte[] target, int offset) {
		int start = from;
		for (int i = 0; i < 4; i++) {
			int dot = text.indexOf('.', start);
			int end = (i == 3) ? to : dot;
			if (end < start || end > to) {
				return false;
			}
			int octet = octet(text, start, end);
			if (octet < 0) {
				return false;
			}
			target[offset + i] = (byte) octet;
			start = end + 1;
		}
		return true;
	}

	/**
	 * Parses a decimal octet. Leading zeros are rejected, because some systems treat them
	 * as octal.
	 */
	private static int octet(String text, int from, int to) {
		boolean valid = to - from <= 3 && (to - from <= 1 || text.charAt(from) != '0');
		long value = valid ? Digits.parse(text, from, to) : -1;
		return (value <= 255) ? (int) value : -1;
	}

	private static byte @Nullable [] ipv6(String text, int from, int to) {
		byte[] bytes = new byte[IPV6_BYTES];
		int gap = text.indexOf("::", from);
		if (gap < 0 || gap + 2 > to) {
			return (parseGroups(text, from, to, bytes, true) == IPV6_BYTES) ? bytes : null;
		}
		int head = parseGroups(text, from, gap, bytes, false);
		byte[] rest = new byte[IPV6_BYTES];
		int tail = parseGroups(text, gap + 2, to, rest, true);
		if (head < 0 || tail < 0 || head + tail > IPV6_BYTES - 2) {
			return null;
		}
		System.arraycopy(rest, 0, bytes, IPV6_BYTES - tail, tail);
		return bytes;
	}

	/**
	 * Parses groups of hexadecimal digits, optionally followed by an IPv4 address at the
	 * end. Returns the number of bytes, or -1.
	 */
	private static int parseGroups(String text, int from, int to, byte[] target, boolean atEnd) {
		int count = 0;
		int start = from;
		while (start < to || (start == to && start > from)) {
			int colon = text.indexOf(':', start);
			int end = (colon < 0 || colon > to) ? to : colon;
			int dot = text.indexOf('.', start);
			boolean embedded = atEnd && end == to && dot >= 0 && dot < end;
			int size = embedded ? 4 : 2;
			if (count + size > IPV6_BYTES || !(embedded ? parseIpv4(text, start, end, target, count)
					: parseGroup(text, start, end, target, count))) {
				return -1;
			}
			count += size;
			start = end + 1;
		}
		return count;
	}

	private static boolean parseGroup(String text, int from, int to, byte[] target, int offset) {
		int value = (from < to && to - from <= 4) ? 0 : -1;
		for (int i = from; i < to && value >= 0; i++) {
			int digit = Digits.hexValue(text.charAt(i));
			value = (digit >= 0) ? 16 * value + digit : -1;
		}
		target[offset] = (byte) (value >> 8);
		target[offset + 1] = (byte) value;
		return value >= 0;
	}

	/**
	 * Returns whether a host consists of numbers and dots, but is not an IPv4 address in
	 * its usual form.
	 */
	static boolean isUnusualIpv4(String text, int from, int end) {
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
			usual &= octet(text, start, labelEnd) >= 0;
			octets++;
			start = labelEnd + 1;
		}
		return !usual || octets != 4 || text.charAt(end - 1) == '.';
	}

	/**
	 * Returns whether a label is a number. An empty label counts as one, because names do
	 * not have one between numbers.
	 */
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

}
