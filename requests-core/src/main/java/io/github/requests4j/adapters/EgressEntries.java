package io.github.requests4j.adapters;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One of the two lists of {@link EgressRules}. Immutable.
 */
final class EgressEntries {

	private static final String EVERYTHING = "*";

	private final List<AddressRange> ranges;

	private final List<HostPattern> hosts;

	private final boolean everything;

	private EgressEntries(List<AddressRange> ranges, List<HostPattern> hosts, boolean everything) {
		this.ranges = List.copyOf(ranges);
		this.hosts = List.copyOf(hosts);
		this.everything = everything;
	}

	/**
	 * Reads the entries.
	 * @throws IllegalArgumentException if one is no host, address or network
	 */
	static EgressEntries of(List<String> entries) {
		List<AddressRange> ranges = new ArrayList<>();
		List<HostPattern> hosts = new ArrayList<>();
		boolean everything = false;
		for (String entry : entries) {
			if (entry.equals(EVERYTHING)) {
				everything = true;
			}
			else if (AddressRange.looksLikeOne(entry)) {
				ranges.add(AddressRange.of(entry));
			}
			else {
				hosts.add(HostPattern.of(entry));
			}
		}
		return new EgressEntries(ranges, hosts, everything);
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
