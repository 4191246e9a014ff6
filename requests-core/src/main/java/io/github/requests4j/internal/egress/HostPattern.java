package io.github.requests4j.internal.egress;

import java.util.Locale;

/**
 * A host name, or {@code *.} followed by a name for all of its subdomains. Immutable.
 */
final class HostPattern {

	private final String text;

	private final String name;

	private final boolean subdomains;

	private HostPattern(String text, String name, boolean subdomains) {
		this.text = text;
		this.name = name;
		this.subdomains = subdomains;
	}

	/**
	 * Parses a pattern.
	 * @throws IllegalArgumentException if it is not a host name
	 */
	static HostPattern of(String text) {
		boolean subdomains = text.startsWith("*.");
		String name = normalized(subdomains ? text.substring(2) : text);
		if (name.isEmpty() || !name.chars().allMatch(HostPattern::isAllowed)) {
			throw new IllegalArgumentException("'" + text + "' is not a host, an address or a network. Write it as in "
					+ "api.example.com, *.example.com, 10.1.2.3 or 10.0.0.0/8, without scheme, port and path, and "
					+ "international names in their xn-- form.");
		}
		return new HostPattern(text, name, subdomains);
	}

	private static boolean isAllowed(int c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
	}

	/** Returns a host in lower case and without the trailing dot of the root. */
	static String normalized(String host) {
		String lower = host.toLowerCase(Locale.ROOT);
		return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
	}

	/** Returns whether a normalized host matches. */
	boolean matches(String host) {
		return this.subdomains ? host.length() > this.name.length() + 1 && host.endsWith(this.name)
				&& host.charAt(host.length() - this.name.length() - 1) == '.' : host.equals(this.name);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
