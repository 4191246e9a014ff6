package io.github.requests4j.internal.url;

import java.net.InetAddress;

import io.github.requests4j.internal.text.Digits;

/**
 * A network of addresses such as {@code 10.0.0.0/8} or {@code fd00::/8} (RFC 4632, RFC
 * 4291), or a single address. Immutable.
 */
public final class AddressRange {

	private final String text;

	private final byte[] prefix;

	private final int bits;

	private AddressRange(String text, byte[] prefix, int bits) {
		this.text = text;
		this.prefix = prefix;
		this.bits = bits;
	}

	/**
	 * Returns whether a text looks like an address or a network, which may be invalid.
	 */
	public static boolean looksLikeRange(String text) {
		return text.indexOf('/') >= 0 || IpAddress.parse(IpAddress.withoutBrackets(text)) != null;
	}

	/**
	 * Parses an address or a network.
	 * @throws IllegalArgumentException if it is neither
	 */
	public static AddressRange of(String text) {
		int slash = text.indexOf('/');
		String address = IpAddress.withoutBrackets((slash < 0) ? text : text.substring(0, slash));
		InetAddress parsed = IpAddress.parse(address);
		if (parsed == null) {
			throw new IllegalArgumentException("'" + text + "' is not a network: '" + address
					+ "' is not an IPv4 or IPv6 address. Use a form such as 10.0.0.0/8 or fd00::/8.");
		}
		byte[] bytes = parsed.getAddress();
		int bits = (slash < 0) ? bytes.length * 8 : bits(text, text.substring(slash + 1), bytes.length * 8);
		for (int i = bits; i < bytes.length * 8; i++) {
			if (bit(bytes, i)) {
				throw new IllegalArgumentException(
						"'" + text + "' is not a network: the address has bits outside its prefix of " + bits
								+ " bits. Set them to zero.");
			}
		}
		return new AddressRange(text, bytes, bits);
	}

	private static int bits(String text, String count, int max) {
		long bits = Digits.parse(count);
		if (bits < 0 || bits > max) {
			throw new IllegalArgumentException(
					"'" + text + "' is not a network: '" + count + "' is not a number of bits from 0 to " + max + ".");
		}
		return (int) bits;
	}

	/** Returns whether the range contains an address of 4 or 16 bytes. */
	public boolean contains(byte[] address) {
		if (address.length != this.prefix.length) {
			return false;
		}
		int whole = this.bits / 8;
		for (int i = 0; i < whole; i++) {
			if (address[i] != this.prefix[i]) {
				return false;
			}
		}
		int rest = this.bits % 8;
		return rest == 0 || ((address[whole] ^ this.prefix[whole]) & 0xff) >> (8 - rest) == 0;
	}

	private static boolean bit(byte[] bytes, int index) {
		return (bytes[index / 8] >> (7 - index % 8) & 1) != 0;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
