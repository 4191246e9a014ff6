package io.github.requests4j.cookies;

import java.net.IDN;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.IpAddress;

/**
 * Compares host names of cookies (RFC 6265bis, sections 5.1.2 and 5.1.3).
 */
final class Domains {

	private Domains() {
	}

	/**
	 * Returns the canonical form of a host: lower case, A-labels, without brackets and
	 * trailing dot. Returns {@code null} if the text cannot be a host.
	 */
	static @Nullable String canonical(String host) {
		String name = IpAddress.withoutBrackets(host);
		if (name.endsWith(".")) {
			name = name.substring(0, name.length() - 1);
		}
		name = isAscii(name) ? name : toAscii(name);
		return (name == null || name.isEmpty() || name.startsWith(".") || hasInvalidCharacter(name)) ? null
				: name.toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the canonical form of a domain that a caller has set, which may have a
	 * leading dot.
	 */
	static String require(String domain) {
		String canonical = canonical(withoutLeadingDot(domain));
		if (canonical == null) {
			throw new IllegalArgumentException(
					"'" + domain + "' cannot be the domain of a cookie, because it is not a valid host name.");
		}
		return canonical;
	}

	/**
	 * Returns the domain to look up. Never fails, because an invalid domain is simply not
	 * found.
	 */
	static String forLookup(String domain) {
		String canonical = canonical(withoutLeadingDot(domain));
		return (canonical != null) ? canonical : domain;
	}

	static String withoutLeadingDot(String domain) {
		return domain.startsWith(".") ? domain.substring(1) : domain;
	}

	/**
	 * Returns whether a host equals a domain or is a subdomain of it. Addresses have no
	 * subdomains.
	 */
	static boolean matches(String host, String domain) {
		if (!host.endsWith(domain)) {
			return false;
		}
		int rest = host.length() - domain.length();
		return rest == 0 || (host.charAt(rest - 1) == '.' && !IpAddress.endsInNumber(host));
	}

	private static boolean isAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) > 0x7F) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String toAscii(String name) {
		try {
			return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean hasInvalidCharacter(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c <= ' ' || c == 0x7F || c == '/' || c == '\\' || c == '@' || c == '?' || c == '#' || c == ';'
					|| c == ',') {
				return true;
			}
		}
		return false;
	}

}
