package io.github.requests4j.internal.url;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;

/**
 * IP addresses as text, read without ever asking a name server: four decimal numbers
 * without leading zeros, or IPv6 in any spelling of RFC 4291, section 2.2, without zone
 * and brackets. {@link Ipv4} has the looser forms of C.
 */
public final class IpAddress {

	private static final int IPV6_BYTES = 16;

	private IpAddress() {
	}

	/**
	 * Reads an address. An IPv6 address that maps an IPv4 address becomes the latter,
	 * which is what a socket connects to.
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
	 * Returns whether a resolver has found something. One that does not know a host may
	 * return null, whatever its contract says.
	 * @param addresses what it has returned
	 * @return {@code true} if there is an address, and none of them is null
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
	 * Returns whether the JDK takes a host for an address, so that it looks up nothing:
	 * it contains a colon, or consists of digits and dots.
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
	 * Returns whether any resolver might take a host for an address: it contains a colon,
	 * or its last label is a number, as in {@code 127.1} and {@code 0x7f.1}. Wider than
	 * {@link #isLiteral}, for rules that must not apply to addresses.
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
	 * @param from where the part begins
	 * @param to where it ends, exclusive
	 * @return {@code true} if it is one, without zone and brackets
	 */
	public static boolean isIpv6(String text, int from, int to) {
		return ipv6(text, from, to) != null;
	}

	/**
	 * Removes the brackets that URLs have around an IPv6 address.
	 * @param host any host
	 * @return the host without a pair of brackets around it
	 */
	public static String withoutBrackets(String host) {
		return (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Puts a host with a colon, which is an IPv6 address, into brackets, so that a port
	 * can follow.
	 * @param host any host, with or without brackets
	 * @return the host as URLs spell it
	 */
	public static String withBrackets(String host) {
		return (host.indexOf(':') >= 0 && !host.startsWith("[")) ? '[' + host + ']' : host;
	}

	private static byte @Nullable [] ipv4(String text) {
		byte[] bytes = new byte[4];
		return readIpv4(text, 0, text.length(), bytes, 0) ? bytes : null;
	}

	private static boolean readIpv4(String text, int from, int to, byte[] target, int offset) {
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

	/** A leading zero means octal to some systems, so that they reach another host. */
	private static int octet(String text, int from, int to) {
		boolean valid = to - from <= 3 && (to - from <= 1 || text.charAt(from) != '0');
		long value = valid ? Digits.parse(text, from, to) : -1;
		return (value <= 255) ? (int) value : -1;
	}

	private static byte @Nullable [] ipv6(String text, int from, int to) {
		byte[] bytes = new byte[IPV6_BYTES];
		int gap = text.indexOf("::", from);
		if (gap < 0 || gap + 2 > to) {
			return (readGroups(text, from, to, bytes, true) == IPV6_BYTES) ? bytes : null;
		}
		int head = readGroups(text, from, gap, bytes, false);
		byte[] rest = new byte[IPV6_BYTES];
		int tail = readGroups(text, gap + 2, to, rest, true);
		if (head < 0 || tail < 0 || head + tail > IPV6_BYTES - 2) {
			return null;
		}
		System.arraycopy(rest, 0, bytes, IPV6_BYTES - tail, tail);
		return bytes;
	}

	/**
	 * Reads groups of hexadecimal digits, and at the very end perhaps an IPv4 address;
	 * returns the number of bytes, or -1.
	 */
	private static int readGroups(String text, int from, int to, byte[] target, boolean atEnd) {
		int count = 0;
		int start = from;
		while (start < to || (start == to && start > from)) {
			int colon = text.indexOf(':', start);
			int end = (colon < 0 || colon > to) ? to : colon;
			int dot = text.indexOf('.', start);
			boolean embedded = atEnd && end == to && dot >= 0 && dot < end;
			int size = embedded ? 4 : 2;
			if (count + size > IPV6_BYTES || !(embedded ? readIpv4(text, start, end, target, count)
					: readGroup(text, start, end, target, count))) {
				return -1;
			}
			count += size;
			start = end + 1;
		}
		return count;
	}

	private static boolean readGroup(String text, int from, int to, byte[] target, int offset) {
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
	 * Returns whether a host consists of numbers and dots, and is not an IPv4 address in
	 * its usual form.
	 */
	static boolean isUnusualNumber(String text, int from, int end) {
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

}
