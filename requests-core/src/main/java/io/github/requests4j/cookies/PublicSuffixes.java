package io.github.requests4j.cookies;

import java.net.IDN;

import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * The public-suffix list: domains that have many owners, and so must not have a cookie.
 */
final class PublicSuffixes {

	private PublicSuffixes() {
	}

	static boolean contains(String domain) {
		return Holder.MATCHER.matches(domain) || (domain.contains("xn--") && Holder.MATCHER.matches(unicode(domain)));
	}

	/** The matcher itself does not decode scripts that are newer than its tables. */
	private static String unicode(String domain) {
		return IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
	}

	/** Read when the first Domain attribute needs it: parsing takes some 50 ms. */
	private static final class Holder {

		static final PublicSuffixMatcher MATCHER = PublicSuffixMatcherLoader.getDefault();

	}

}
