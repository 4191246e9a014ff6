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
	 * Parses the rules.
	 * @param allow hosts, addresses and networks that are allowed even if they are
	 * private or everything else is denied
	 * @param deny hosts, addresses and networks that are denied
	 * @param denyPrivate whether addresses that are not public are denied
	 * @param filter a filter that every address must also pass, or {@code null}
	 * @throws IllegalArgumentException if an entry is not a host, address or network
	 */
	public EgressPolicy(List<String> allow, List<String> deny, boolean denyPrivate,
			@Nullable Predicate<InetAddress> filter) {
		this.allow = Entries.of(allow);
		this.deny = Entries.of(deny);
		this.denyPrivate = denyPrivate;
		this.filter = filter;
	}

	/**
	 * Returns whether the addresses of a host must be checked, rather than only its name.
	 */
	public boolean requiresAddresses(String host) {
		return this.filter != null || this.deny.hasRanges()
				|| ((this.denyPrivate || this.deny.hasEverything()) && this.allow.byName(host) == null);
	}

	/**
	 * Returns why a host is denied regardless of its addresses.
	 * @param host the host, normalized
	 * @return the rule, or {@code null} if the addresses decide
	 */
	public @Nullable String denialByName(String host) {
		Object denied = this.deny.byName(host);
		if (denied != null) {
			return "the entry '" + denied + "' denies it";
		}
		boolean unmatched = this.deny.hasEverything() && !this.allow.hasEverything() && !this.allow.hasRanges()
				&& this.allow.byName(host) == null;
		return unmatched ? "no entry allows it" : null;
	}

	/**
	 * Returns why an address of a host is denied.
	 * @param host the host, normalized
	 * @return the rule, or {@code null} if the address is allowed
	 */
	public @Nullable String denialOf(String host, InetAddress address) {
		byte[] outer = address.getAddress();
		byte[] target = SpecialAddresses.target(outer);
		if (this.filter != null && !this.filter.test(address)) {
			return "the address filter denies it";
		}
		Object denied = either(this.deny, outer, target);
		if (denied != null) {
			return "the entry '" + denied + "' denies it";
		}
		if (this.allow.hasEverything() || this.allow.byName(host) != null
				|| either(this.allow, outer, target) != null) {
			return null;
		}
		if (this.denyPrivate && SpecialAddresses.contains(target)) {
			return "the address is not public";
		}
		return this.deny.hasEverything() ? "no entry allows it" : null;
	}

	private static @Nullable Object either(Entries entries, byte[] outer, byte[] target) {
		Object found = entries.byAddress(target);
		return (found != null || outer == target) ? found : entries.byAddress(outer);
	}

	/**
	 * The entries of one list. Immutable.
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
		 * Parses the entries.
		 * @throws IllegalArgumentException if one is not a host, address or network
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

		/** Returns whether the list contains {@code *}. */
		boolean hasEverything() {
			return this.everything;
		}

		boolean hasRanges() {
			return !this.ranges.isEmpty();
		}

		/** Returns the entry that matches a host, or null. */
		@Nullable Object byName(String host) {
			for (HostPattern pattern : this.hosts) {
				if (pattern.matches(host)) {
					return pattern;
				}
			}
			return null;
		}

		/** Returns the network that contains an address, or null. */
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
