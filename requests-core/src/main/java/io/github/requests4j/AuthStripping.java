package io.github.requests4j;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * Decides whether credentials may travel from one URL to another (behaviour 157,
 * CVE-2018-18074).
 */
final class AuthStripping {

	private AuthStripping() {
	}

	static boolean mustStrip(String oldUrl, String newUrl, boolean strict) {
		return mustStrip(ParsedUrl.parse(oldUrl), ParsedUrl.parse(newUrl), strict);
	}

	static boolean mustStrip(Url from, Url to, boolean strict) {
		if (from.host() == null || to.host() == null || !from.host().equalsIgnoreCase(to.host())) {
			return true;
		}
		if (!strict && isUpgrade(from, to)) {
			return false;
		}
		return !from.sameOrigin(to);
	}

	/**
	 * From http to https, both on their default ports: requests allows it for backwards
	 * compatibility.
	 */
	private static boolean isUpgrade(Url from, Url to) {
		return !from.isSecure() && to.isSecure() && from.effectivePort() == 80 && to.effectivePort() == 443;
	}

}
