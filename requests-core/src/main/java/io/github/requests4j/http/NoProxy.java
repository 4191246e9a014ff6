package io.github.requests4j.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.url.AddressRange;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.internal.url.Ipv4;
import io.github.requests4j.url.Url;

/**
 * The hosts that are connected to without a proxy: the value of {@code no_proxy}. Parsed
 * once. Immutable.
 * <p>
 * Entries are separated by commas or blanks. {@code *} matches every host. Otherwise an
 * entry is a host name, which also matches its subdomains; {@code *.example.com}, which
 * only matches subdomains; an address; or a network such as {@code 10.0.0.0/8} or
 * {@code fd00::/8}. A port after a name or an address restricts the entry to URLs with
 * that explicit port. IPv6 addresses can have brackets, and require them before a port. A
 * dot at the end of a name is ignored. Names are never resolved, so {@code localhost}
 * does not match {@code 127.0.0.1}.
 */
public final class NoProxy {

	private static final NoProxy EMPTY = new NoProxy("", List.of());

	private final String text;

	private final List<Rule> rules;

	private NoProxy(String text, List<Rule> rules) {
		this.text = text;
		this.rules = rules;
	}

	/**
	 * Parses a list in the format of the variable {@code no_proxy}. Invalid entries match
	 * nothing.
	 * @param text the list, possibly empty
	 * @return the hosts
	 */
	public static NoProxy of(String text) {
		if (text.isBlank()) {
			return EMPTY;
		}
		List<Rule> rules = new ArrayList<>();
		for (String entry : lower(text).split("[,\\s]+")) {
			if (!entry.isEmpty()) {
				rules.add(rule(entry));
			}
		}
		return new NoProxy(text, List.copyOf(rules));
	}

	/**
	 * Parses the format of the system property {@code http.nonProxyHosts}: entries are
	 * separated by vertical bars, and an asterisk at the start or end of an entry matches
	 * any text.
	 * @param text the list
	 * @return the hosts
	 */
	public static NoProxy ofNonProxyHosts(String text) {
		List<Rule> rules = new ArrayList<>();
		for (String entry : lower(text).split("\\|", -1)) {
			if (!entry.isBlank()) {
				rules.add(wildcard(IpAddress.withoutBrackets(entry.strip())));
			}
		}
		return new NoProxy(text, List.copyOf(rules));
	}

	private static Rule rule(String entry) {
		if (entry.equals("*")) {
			return (host, address, port) -> true;
		}
		if (Ipv4.isNetwork(entry)) {
			return (host, address, port) -> Ipv4.isInNetwork(address, entry);
		}
		if (entry.indexOf(':') != entry.lastIndexOf(':')) {
			AddressRange range = ipv6(entry);
			if (range != null) {
				return (host, address, port) -> isIn(host, range);
			}
		}
		int colon = entry.lastIndexOf(':');
		long requiredPort = (colon > 0) ? Digits.parse(entry, colon + 1, entry.length()) : -1;
		if (requiredPort >= 0) {
			Rule host = rule(entry.substring(0, colon));
			return (name, address, port) -> port == requiredPort && host.matches(name, address, port);
		}
		int start = entry.startsWith("*.") ? 1 : 0;
		if (start > 0) {
			String suffix = withoutLastDot(entry.substring(start));
			return (host, address, port) -> host.endsWith(suffix);
		}
		while (start < entry.length() && entry.charAt(start) == '.') {
			start++;
		}
		String name = withoutLastDot(entry.substring(start));
		long ipv4 = Ipv4.parse(name);
		return (host, address, port) -> isSameOrSubdomain(host, name)
				|| (address != Ipv4.NOT_AN_ADDRESS && address == ipv4);
	}

	private static @Nullable AddressRange ipv6(String entry) {
		try {
			return AddressRange.of(entry);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isIn(String host, AddressRange range) {
		InetAddress address = IpAddress.parse(host);
		return address != null && range.contains(address.getAddress());
	}

	private static String withoutLastDot(String name) {
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

	private static boolean isSameOrSubdomain(String host, String name) {
		int before = host.length() - name.length() - 1;
		return host.endsWith(name) && (before < 0 || host.charAt(before) == '.');
	}

	private static Rule wildcard(String entry) {
		boolean open = entry.startsWith("*");
		boolean openEnd = entry.length() > 1 && entry.endsWith("*");
		String part = entry.substring(open ? 1 : 0, entry.length() - (openEnd ? 1 : 0));
		if (open) {
			return (host, address, port) -> openEnd ? host.contains(part) : host.endsWith(part);
		}
		return (host, address, port) -> openEnd ? host.startsWith(part) : host.equals(part);
	}

	/**
	 * Returns whether a URL is reached without a proxy. This is always true for a URL
	 * without a host.
	 * @param url the URL
	 * @return {@code true} to use no proxy
	 */
	public boolean matches(Url url) {
		String host = url.host();
		return host == null || host.isEmpty() || matches(host, url.port());
	}

	/**
	 * Returns whether a host is reached without a proxy.
	 * @param host the name or address, IPv6 with or without brackets
	 * @param port the explicit port of the URL, or -1 if it has none
	 * @return {@code true} to use no proxy
	 */
	public boolean matches(String host, int port) {
		if (this.rules.isEmpty()) {
			return false;
		}
		String bare = withoutLastDot(IpAddress.withoutBrackets(lower(host)));
		long address = Ipv4.parse(bare);
		for (Rule rule : this.rules) {
			if (rule.matches(bare, address, port)) {
				return true;
			}
		}
		return false;
	}

	// String.toLowerCase takes quadratic time, because it copies its result at each
	// U+0130.
	private static String lower(String text) {
		StringBuilder lower = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			lower.append(Character.toLowerCase(text.charAt(i)));
		}
		return lower.toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof NoProxy that && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the list as text.
	 */
	@Override
	public String toString() {
		return this.text;
	}

	@FunctionalInterface
	private interface Rule {

		boolean matches(String host, long address, int port);

	}

}
