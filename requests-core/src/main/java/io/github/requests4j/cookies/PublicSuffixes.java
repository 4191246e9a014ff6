package io.github.requests4j.cookies;

import org.apache.hc.client5.http.psl.DomainType;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * The public-suffix list: domains that have many owners, and so must not have a cookie.
 */
final class PublicSuffixes {

	private PublicSuffixes() {
	}

	static boolean contains(String domain) {
		return Holder.MATCHER.matches(domain) || isPrivateSuffix(domain);
	}

	/**
	 * The matcher leaves out the wildcards of the private section
	 * ({@code *.uberspace.de}) unless it is asked for that section; then a name right
	 * below a suffix is the root of its domain.
	 */
	private static boolean isPrivateSuffix(String domain) {
		String below = "x." + domain;
		return below.equals(Holder.MATCHER.getDomainRoot(below, DomainType.PRIVATE));
	}

	/** Read when the first Domain attribute needs it: parsing takes some 50 ms. */
	private static final class Holder {

		static final PublicSuffixMatcher MATCHER = PublicSuffixMatcherLoader.getDefault();

	}

}
