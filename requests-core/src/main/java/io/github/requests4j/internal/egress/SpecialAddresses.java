package io.github.requests4j.internal.egress;

import java.util.Arrays;
import java.util.List;

import io.github.requests4j.internal.url.AddressRange;

/**
 * Detects addresses that are not public (the registries of RFC 6890), and extracts IPv4
 * addresses that are embedded in IPv6 addresses.
 */
final class SpecialAddresses {

	private static final List<AddressRange> IPV4 = ranges("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
			"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
			"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
			// The metadata service of Azure has a public address.
			"168.63.129.16");

	/** Contains all public IPv6 addresses except those that embed an IPv4 address. */
	private static final AddressRange GLOBAL_IPV6 = AddressRange.of("2000::/3");

	private static final List<AddressRange> RESERVED_IN_GLOBAL = ranges("2001::/23", "2001:db8::/32", "3fff::/20");

	/** RFC 6052. */
	private static final AddressRange NAT64 = AddressRange.of("64:ff9b::/96");

	/** RFC 3056. */
	private static final AddressRange SIX_TO_FOUR = AddressRange.of("2002::/16");

	/** RFC 4291, section 2.5.5: compatible and mapped. */
	private static final List<AddressRange> EMBEDDED = List.of(AddressRange.of("::/96"), NAT64);

	private static final byte[] MAPPED = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1 };

	private SpecialAddresses() {
	}

	private static List<AddressRange> ranges(String... texts) {
		return Arrays.stream(texts).map(AddressRange::of).toList();
	}

	/** Returns whether an address is special, without regard to an embedded address. */
	static boolean contains(byte[] address) {
		if (address.length == 4) {
			return isIn(IPV4, address);
		}
		return !NAT64.contains(address) && (!GLOBAL_IPV6.contains(address) || isIn(RESERVED_IN_GLOBAL, address));
	}

	/**
	 * Returns the address that packets finally reach: the IPv4 address that an IPv6
	 * address maps, translates or tunnels to, otherwise the address itself.
	 */
	static byte[] target(byte[] address) {
		if (address.length == 4) {
			return address;
		}
		if (SIX_TO_FOUR.contains(address)) {
			return Arrays.copyOfRange(address, 2, 6);
		}
		boolean mapped = Arrays.equals(address, 0, 12, MAPPED, 0, 12);
		return (mapped || isIn(EMBEDDED, address)) ? Arrays.copyOfRange(address, 12, 16) : address;
	}

	private static boolean isIn(List<AddressRange> ranges, byte[] address) {
		for (AddressRange range : ranges) {
			if (range.contains(address)) {
				return true;
			}
		}
		return false;
	}

}
