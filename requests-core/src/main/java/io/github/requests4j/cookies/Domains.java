package io.github.requests4j.cookies;

import java.net.IDN;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.IpAddress;

/**
 * Host names as cookies compare them (RFC 6265bis, sections 5.1.2 and 5.1.3).
 */
final class Domains {

	private Domains() {
	}

	/**
	 * The form in which hosts are compared: lower case, A-labels, no brackets around an
	 * address, no dot at the end. {@code null} if this cannot be a host.
	 */
	static @Nullable String canonical(String host) {
		String name = IpAddress.withoutBrackets(host);
		if (name.endsWith(".")) {
			name = name.substring(0, name.length() - 1);
		}
		name = isAscii(name) ? name : toAscii(name);
		return (name == null || name.isEmpty() || name.startsWith(".") || hasForeignCharacter(name)) ? null
				: name.toLowerCase(Locale.ROOT);
	}

	/** A domain as a caller writes it, where a leading dot is customary. */
	static String require(String domain) {
		String canonical = canonical(withoutLeadingDot(domain));
		if (canonical == null) {
			throw new IllegalArgumentException("'" + domain + "' cannot be the domain of a cookie: it is no host name");
		}
		return canonical;
	}

	/** A domain to look for: never an error, only perhaps not found. */
	static String forLookup(String domain) {
		String canonical = canonical(withoutLeadingDot(domain));
		return (canonical != null) ? canonical : domain;
	}

	static String withoutLeadingDot(String domain) {
		return domain.startsWith(".") ? domain.substring(1) : domain;
	}

	/**
	 * Equal, or below it at the boundary of a label; addresses have nothing below them.
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

	private static boolean hasForeignCharacter(String name) {
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
