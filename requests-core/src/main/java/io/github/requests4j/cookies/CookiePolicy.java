package io.github.requests4j.cookies;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Determines which cookies a {@link CookieJar} accepts from servers and which it sends.
 * The default is RFC 6265bis with limits like those of curl (CVE-2022-32205). Immutable
 * and thread-safe.
 * <p>
 * The limits and {@link Builder#accept(boolean)} apply to cookies that servers set. For
 * cookies that the caller adds to a jar, only the limits of the whole jar and of the
 * header apply. <pre>{@code
 * CookiePolicy own = CookiePolicy.builder().allowedDomains(List.of("example.com")).build();
 * Session session = Session.builder().cookies(new CookieJar(own)).build();
 * }</pre>
 *
 * @see CookieJar#CookieJar(CookiePolicy)
 */
public final class CookiePolicy {

	private static final CookiePolicy DEFAULTS = new CookiePolicy();

	private final boolean accept;

	private final boolean send;

	private final boolean publicSuffixes;

	private final Set<String> blockedDomains;

	private final @Nullable Set<String> allowedDomains;

	private final int maxPairOctets;

	private final int maxAttributeOctets;

	private final int maxPerResponse;

	private final int maxPerDomain;

	private final int maxCookies;

	private final int maxHeaderOctets;

	/** Creates the default policy. */
	private CookiePolicy() {
		this.accept = true;
		this.send = true;
		this.publicSuffixes = true;
		this.blockedDomains = Set.of();
		this.allowedDomains = null;
		this.maxPairOctets = 4096;
		this.maxAttributeOctets = 1024;
		this.maxPerResponse = 50;
		this.maxPerDomain = 50;
		this.maxCookies = 3000;
		this.maxHeaderOctets = 8190;
	}

	private CookiePolicy(Builder builder) {
		this.accept = builder.accept;
		this.send = builder.send;
		this.publicSuffixes = builder.publicSuffixes;
		this.blockedDomains = builder.blockedDomains;
		this.allowedDomains = builder.allowedDomains;
		this.maxPairOctets = builder.maxPairOctets;
		this.maxAttributeOctets = builder.maxAttributeOctets;
		this.maxPerResponse = builder.maxPerResponse;
		this.maxPerDomain = builder.maxPerDomain;
		this.maxCookies = builder.maxCookies;
		this.maxHeaderOctets = builder.maxHeaderOctets;
	}

	/**
	 * Returns the default policy, RFC 6265bis.
	 * @return the policy
	 */
	public static CookiePolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns a policy that neither accepts nor sends cookies.
	 * @return the policy
	 */
	public static CookiePolicy blockAll() {
		return builder().accept(false).send(false).build();
	}

	/**
	 * Returns a builder with the default settings.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder(DEFAULTS);
	}

	/**
	 * Returns a builder with the settings of this policy.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Returns whether cookies of servers are accepted.
	 * @return {@code true} by default
	 */
	public boolean accept() {
		return this.accept;
	}

	/**
	 * Returns whether cookies are sent.
	 * @return {@code true} by default
	 */
	public boolean send() {
		return this.send;
	}

	/**
	 * Returns whether domains of the public-suffix list are rejected (CVE-2023-46218).
	 * @return {@code true} by default
	 */
	public boolean publicSuffixes() {
		return this.publicSuffixes;
	}

	/**
	 * Returns the hosts whose cookies are neither accepted nor sent.
	 * @return host names, and domains with a leading dot; unmodifiable, empty by default
	 */
	public Set<String> blockedDomains() {
		return this.blockedDomains;
	}

	/**
	 * Returns the only hosts whose cookies are accepted and sent.
	 * @return host names, and domains with a leading dot; unmodifiable; {@code null}, the
	 * default, means every host
	 */
	public @Nullable Set<String> allowedDomains() {
		return this.allowedDomains;
	}

	/**
	 * Returns the maximum length of a name and value together.
	 * @return octets; 4,096 by default
	 */
	public int maxPairOctets() {
		return this.maxPairOctets;
	}

	/**
	 * Returns the maximum length of an attribute value. Longer attributes are ignored.
	 * @return octets; 1,024 by default
	 */
	public int maxAttributeOctets() {
		return this.maxAttributeOctets;
	}

	/**
	 * Returns the maximum number of cookies that one response may set.
	 * @return the number; 50 by default
	 */
	public int maxPerResponse() {
		return this.maxPerResponse;
	}

	/**
	 * Returns the maximum number of cookies that servers may set for one domain.
	 * @return the number; 50 by default
	 */
	public int maxPerDomain() {
		return this.maxPerDomain;
	}

	/**
	 * Returns the maximum number of cookies in the jar.
	 * @return the number; 3,000 by default
	 */
	public int maxCookies() {
		return this.maxCookies;
	}

	/**
	 * Returns the maximum length of the Cookie header, including its name.
	 * @return octets; 8,190 by default
	 */
	public int maxHeaderOctets() {
		return this.maxHeaderOctets;
	}

	boolean acceptsFrom(String host) {
		return this.accept && isAllowed(host);
	}

	boolean sendsTo(String host) {
		return this.send && isAllowed(host);
	}

	private boolean isAllowed(String host) {
		return (this.allowedDomains == null || contains(this.allowedDomains, host))
				&& (this.blockedDomains.isEmpty() || !contains(this.blockedDomains, host));
	}

	private static boolean contains(Set<String> domains, String host) {
		for (String domain : domains) {
			if (domain.startsWith(".") ? Domains.matches(host, domain.substring(1)) : domain.equals(host)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Builds a {@link CookiePolicy}. Not thread-safe.
	 */
	public static final class Builder {

		private boolean accept;

		private boolean send;

		private boolean publicSuffixes;

		private Set<String> blockedDomains;

		private @Nullable Set<String> allowedDomains;

		private int maxPairOctets;

		private int maxAttributeOctets;

		private int maxPerResponse;

		private int maxPerDomain;

		private int maxCookies;

		private int maxHeaderOctets;

		private Builder(CookiePolicy policy) {
			this.accept = policy.accept;
			this.send = policy.send;
			this.publicSuffixes = policy.publicSuffixes;
			this.blockedDomains = policy.blockedDomains;
			this.allowedDomains = policy.allowedDomains;
			this.maxPairOctets = policy.maxPairOctets;
			this.maxAttributeOctets = policy.maxAttributeOctets;
			this.maxPerResponse = policy.maxPerResponse;
			this.maxPerDomain = policy.maxPerDomain;
			this.maxCookies = policy.maxCookies;
			this.maxHeaderOctets = policy.maxHeaderOctets;
		}

		/**
		 * Sets whether cookies of servers are accepted.
		 * @param accept whether to accept them
		 * @return this builder
		 */
		public Builder accept(boolean accept) {
			this.accept = accept;
			return this;
		}

		/**
		 * Sets whether cookies are sent.
		 * @param send whether to send them
		 * @return this builder
		 */
		public Builder send(boolean send) {
			this.send = send;
			return this;
		}

		/**
		 * Sets whether the domains of the public-suffix list are rejected. Otherwise only
		 * domains of one label are rejected.
		 * @param publicSuffixes whether to use the list
		 * @return this builder
		 */
		public Builder publicSuffixes(boolean publicSuffixes) {
			this.publicSuffixes = publicSuffixes;
			return this;
		}

		/**
		 * Sets the hosts whose cookies are neither accepted nor sent.
		 * @param domains host names; {@code .example.com} includes its subdomains,
		 * {@code example.com} does not
		 * @return this builder
		 * @throws IllegalArgumentException if one is not a valid host name
		 */
		public Builder blockedDomains(Collection<String> domains) {
			this.blockedDomains = canonical(domains);
			return this;
		}

		/**
		 * Sets the only hosts whose cookies are accepted and sent.
		 * @param domains as in {@link #blockedDomains(Collection)}; {@code null} means
		 * every host
		 * @return this builder
		 * @throws IllegalArgumentException if one is not a valid host name
		 */
		public Builder allowedDomains(@Nullable Collection<String> domains) {
			this.allowedDomains = (domains != null) ? canonical(domains) : null;
			return this;
		}

		/**
		 * Sets the maximum length of a name and value together.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPairOctets(int octets) {
			this.maxPairOctets = positive("maxPairOctets", octets);
			return this;
		}

		/**
		 * Sets the maximum length of an attribute value.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxAttributeOctets(int octets) {
			this.maxAttributeOctets = positive("maxAttributeOctets", octets);
			return this;
		}

		/**
		 * Sets the maximum number of cookies that one response may set.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPerResponse(int cookies) {
			this.maxPerResponse = positive("maxPerResponse", cookies);
			return this;
		}

		/**
		 * Sets the maximum number of cookies that servers may set for one domain.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPerDomain(int cookies) {
			this.maxPerDomain = positive("maxPerDomain", cookies);
			return this;
		}

		/**
		 * Sets the maximum number of cookies in the jar. Cookies without a domain are
		 * never evicted.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxCookies(int cookies) {
			this.maxCookies = positive("maxCookies", cookies);
			return this;
		}

		/**
		 * Sets the maximum length of the Cookie header, including its name.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxHeaderOctets(int octets) {
			this.maxHeaderOctets = positive("maxHeaderOctets", octets);
			return this;
		}

		/**
		 * Builds the policy.
		 * @return the policy
		 */
		public CookiePolicy build() {
			return new CookiePolicy(this);
		}

		private static int positive(String name, int number) {
			if (number < 1) {
				throw new IllegalArgumentException(
						name + " must be at least 1, not " + number + ". Use accept(false) to accept no cookies.");
			}
			return number;
		}

		private static Set<String> canonical(Collection<String> domains) {
			Set<String> canonical = new TreeSet<>();
			for (String domain : domains) {
				canonical.add((domain.startsWith(".") ? "." : "") + Domains.require(domain));
			}
			return Set.copyOf(canonical);
		}

	}

}
