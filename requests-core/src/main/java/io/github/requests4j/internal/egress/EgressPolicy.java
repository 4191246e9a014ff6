package io.github.requests4j.internal.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.AddressRange;

/**
 * Decides which hosts and addresses an adapter may connect to. Immutable.
 */
public final class EgressPolicy {

	private final Entries allow;

	private final Entries deny;

	private final boolean denyPrivate;

	private final @Nullable Predicate<InetAddress> filter;

	/**
	 * Reads the rules.
	 * @param allow hosts, addresses and networks that are allowed although they are
	 * private, or although everything is denied
	 * @param deny hosts, addresses and networks that are refused
	 * @param denyPrivate whether addresses are refused that are not of the public
	 * internet
	 * @param filter what every address must pass as well, or {@code null}
	 * @throws IllegalArgumentException if an entry is no host, address or network
	 */
	public EgressPolicy(List<String> allow, List<String> deny, boolean denyPrivate,
			@Nullable Predicate<InetAddress> filter) {
		this.allow = Entries.of(allow);
		this.deny = Entries.of(deny);
		this.denyPrivate = denyPrivate;
		this.filter = filter;
	}

	/** Whether the addresses of a host matter, or its name says it all. */
	public boolean needAddresses(String host) {
		return this.filter != null || this.deny.hasRanges()
				|| ((this.denyPrivate || this.deny.hasEverything()) && this.allow.byName(host) == null);
	}

	/**
	 * Why a host is refused whatever its addresses are.
	 * @param host the host, normalized
	 * @return the rule, or {@code null} if it depends on the addresses
	 */
	public @Nullable String refusalByName(String host) {
		Object denied = this.deny.byName(host);
		if (denied != null) {
			return "denied by the entry '" + denied + "'";
		}
		boolean hopeless = this.deny.hasEverything() && !this.allow.hasEverything() && !this.allow.hasRanges()
				&& this.allow.byName(host) == null;
		return hopeless ? "allowed by no entry" : null;
	}

	/**
	 * Why an address of a host is refused.
	 * @param host the host, normalized
	 * @return the rule, or {@code null} if it is not refused
	 */
	public @Nullable String refusalOf(String host, InetAddress address) {
		byte[] outer = address.getAddress();
		byte[] target = SpecialAddresses.target(outer);
		if (this.filter != null && !this.filter.test(address)) {
			return "denied by the address filter";
		}
		Object denied = either(this.deny, outer, target);
		if (denied != null) {
			return "denied by the entry '" + denied + "'";
		}
		if (this.allow.hasEverything() || this.allow.byName(host) != null
				|| either(this.allow, outer, target) != null) {
			return null;
		}
		if (this.denyPrivate && SpecialAddresses.contains(target)) {
			return "not an address of the public internet";
		}
		return this.deny.hasEverything() ? "allowed by no entry" : null;
	}

	private static @Nullable Object either(Entries entries, byte[] outer, byte[] target) {
		Object found = entries.byAddress(target);
		return (found != null || outer == target) ? found : entries.byAddress(outer);
	}

	/**
	 * One of the two lists. Immutable.
	 */
	private static final class Entries {

		private static final String EVERYTHING = "*";

		private final List<AddressRange> ranges;

		private final List<HostPattern> hosts;

		private final boolean everything;

		private Entries(List<AddressRange> ranges, List<HostPattern> hosts, boolean everything) {
			this.ranges = List.copyOf(ranges);
			this.hosts = List.copyOf(hosts);
			this.everything = everything;
		}

		/**
		 * Reads the entries.
		 * @throws IllegalArgumentException if one is no host, address or network
		 */
		static Entries of(List<String> entries) {
			List<AddressRange> ranges = new ArrayList<>();
			List<HostPattern> hosts = new ArrayList<>();
			boolean everything = false;
			for (String entry : entries) {
				if (entry.equals(EVERYTHING)) {
					everything = true;
				}
				else if (AddressRange.looksLikeRange(entry)) {
					ranges.add(AddressRange.of(entry));
				}
				else {
					hosts.add(HostPattern.of(entry));
				}
			}
			return new Entries(ranges, hosts, everything);
		}

		/** Whether there is the entry {@code *}. */
		boolean hasEverything() {
			return this.everything;
		}

		boolean hasRanges() {
			return !this.ranges.isEmpty();
		}

		/** The entry that names a host, or {@code null}. */
		@Nullable Object byName(String host) {
			for (HostPattern pattern : this.hosts) {
				if (pattern.matches(host)) {
					return pattern;
				}
			}
			return null;
		}

		/** The network that an address lies in, or {@code null}. */
		@Nullable Object byAddress(byte[] address) {
			for (AddressRange range : this.ranges) {
				if (range.contains(address)) {
					return range;
				}
			}
			return null;
		}

	}

}
