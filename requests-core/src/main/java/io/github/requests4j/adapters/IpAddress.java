package io.github.requests4j.adapters;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses without ever asking a name server: four decimal numbers without
 * leading zeros, or IPv6 in any spelling of RFC 4291, section 2.2, without zone and
 * brackets.
 */
final class IpAddress {

	private static final int IPV6_BYTES = 16;

	private IpAddress() {
	}

	/**
	 * Returns the address, or {@code null} if the text is not one. An IPv6 address that
	 * maps an IPv4 address becomes the latter, which is what a socket connects to.
	 */
	static @Nullable InetAddress parse(String text) {
		byte[] bytes = (text.indexOf(':') >= 0) ? ipv6(text) : ipv4(text);
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

	private static byte @Nullable [] ipv4(String text) {
		String[] parts = text.split("\\.", -1);
		if (parts.length != 4) {
			return null;
		}
		byte[] bytes = new byte[4];
		for (int i = 0; i < bytes.length; i++) {
			int octet = octet(parts[i]);
			if (octet < 0) {
				return null;
			}
			bytes[i] = (byte) octet;
		}
		return bytes;
	}

	/** A leading zero means octal to some systems, so that they reach another host. */
	private static int octet(String part) {
		if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
			return -1;
		}
		int value = 0;
		for (int i = 0; i < part.length(); i++) {
			if (!HeaderChars.isDigit(part.charAt(i))) {
				return -1;
			}
			value = 10 * value + part.charAt(i) - '0';
		}
		return (value <= 255) ? value : -1;
	}

	private static byte @Nullable [] ipv6(String text) {
		int gap = text.indexOf("::");
		if (gap < 0) {
			byte[] whole = groups(text, true);
			return (whole != null && whole.length == IPV6_BYTES) ? whole : null;
		}
		byte[] head = groups(text.substring(0, gap), false);
		byte[] tail = groups(text.substring(gap + 2), true);
		if (head == null || tail == null || head.length + tail.length > IPV6_BYTES - 2) {
			return null;
		}
		byte[] bytes = new byte[IPV6_BYTES];
		System.arraycopy(head, 0, bytes, 0, head.length);
		System.arraycopy(tail, 0, bytes, IPV6_BYTES - tail.length, tail.length);
		return bytes;
	}

	/** Groups of hexadecimal digits, and at the very end perhaps an IPv4 address. */
	private static byte @Nullable [] groups(String text, boolean atEnd) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(IPV6_BYTES);
		String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
		for (int i = 0; i < parts.length; i++) {
			boolean embedded = atEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
			byte[] part = embedded ? ipv4(parts[i]) : group(parts[i]);
			if (part == null) {
				return null;
			}
			bytes.writeBytes(part);
		}
		return bytes.toByteArray();
	}

	private static byte @Nullable [] group(String part) {
		if (part.isEmpty() || part.length() > 4) {
			return null;
		}
		int value = 0;
		for (int i = 0; i < part.length(); i++) {
			int digit = HeaderChars.hexDigit(part.charAt(i));
			if (digit < 0) {
				return null;
			}
			value = 16 * value + digit;
		}
		return new byte[] { (byte) (value >> 8), (byte) value };
	}

}
