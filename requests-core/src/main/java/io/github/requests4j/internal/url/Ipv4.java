package io.github.requests4j.internal.url;

/**
 * Parses IPv4 addresses and networks like {@code inet_aton} in C: one to four numbers,
 * decimal, octal with a leading zero or hexadecimal with 0x, of which the last one fills
 * the remaining bytes. Java's parser does not support these forms.
 */
public final class Ipv4 {

	/** The result of {@link #parse} for a text that is not an address. */
	public static final long NOT_AN_ADDRESS = -1;

	private static final long ALL_BITS = 0xFFFF_FFFFL;

	private Ipv4() {
	}

	/**
	 * Parses an address.
	 * @return the address as an unsigned 32-bit number, or {@link #NOT_AN_ADDRESS}
	 */
	public static long parse(String text) {
		long address = 0;
		int start = 0;
		for (int part = 0; part < 4; part++) {
			int dot = text.indexOf('.', start);
			int end = (dot < 0) ? text.length() : dot;
			long number = number(text, start, end);
			if (number < 0) {
				return NOT_AN_ADDRESS;
			}
			if (dot < 0) {
				int bits = 32 - 8 * part;
				return (number >>> bits == 0) ? address | number : NOT_AN_ADDRESS;
			}
			if (number > 0xFF) {
				return NOT_AN_ADDRESS;
			}
			address |= number << (24 - 8 * part);
			start = dot + 1;
		}
		return NOT_AN_ADDRESS;
	}

	private static long number(String text, int start, int end) {
		int radix = 10;
		int from = start;
		if (start < end - 1 && text.charAt(start) == '0') {
			boolean hexadecimal = (text.charAt(start + 1) | 0x20) == 'x';
			radix = hexadecimal ? 16 : 8;
			from = start + (hexadecimal ? 2 : 1);
		}
		return (from < end) ? digits(text, from, end, radix) : -1;
	}

	private static long digits(String text, int from, int end, int radix) {
		long number = 0;
		for (int i = from; i < end; i++) {
			char character = text.charAt(i);
			int digit = (character < 0x80) ? Character.digit(character, radix) : -1;
			number = number * radix + digit;
			if (digit < 0 || number > ALL_BITS) {
				return -1;
			}
		}
		return number;
	}

	/** Returns whether the text is an address ({@code is_ipv4_address}). */
	public static boolean isAddress(String text) {
		return parse(text) != NOT_AN_ADDRESS;
	}

	/**
	 * Returns the network mask of a number of bits as an address
	 * ({@code dotted_netmask}). For 24, it is 255.255.255.0.
	 */
	public static String dottedNetmask(int bits) {
		return dotted(mask(bits));
	}

	/** Returns an address as four decimal numbers. */
	static String dotted(long address) {
		return (address >>> 24) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "." + (address & 0xFF);
	}

	/**
	 * Returns whether the text is an address, a slash and a number from 1 to 32
	 * ({@code is_valid_cidr}).
	 */
	public static boolean isNetwork(String text) {
		int slash = text.indexOf('/');
		return slash >= 0 && bits(text, slash) > 0 && isAddress(text.substring(0, slash));
	}

	/**
	 * Returns whether a network contains an address ({@code address_in_network}). Returns
	 * false if one of them is malformed.
	 */
	public static boolean isInNetwork(String address, String network) {
		return isNetwork(network) && isInNetwork(parse(address), network);
	}

	/**
	 * Returns whether a well-formed network contains a parsed address.
	 */
	public static boolean isInNetwork(long address, String network) {
		int slash = network.indexOf('/');
		return address != NOT_AN_ADDRESS
				&& ((address ^ parse(network.substring(0, slash))) & mask(bits(network, slash))) == 0;
	}

	private static int bits(String network, int slash) {
		long bits = (slash + 1 < network.length()) ? digits(network, slash + 1, network.length(), 10) : -1;
		return (bits >= 1 && bits <= 32) ? (int) bits : -1;
	}

	private static long mask(int bits) {
		return ALL_BITS << (32 - bits) & ALL_BITS;
	}

}
