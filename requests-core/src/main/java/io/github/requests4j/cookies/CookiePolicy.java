package io.github.requests4j.cookies;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Which cookies a {@link CookieJar} takes from servers and which it sends. The default is
 * RFC 6265bis with the limits that curl has shown to be needed (CVE-2022-32205).
 * Immutable and safe for many threads.
 * <p>
 * The limits and {@link Builder#accept(boolean)} are about what servers set. What the
 * caller puts into a jar is the caller's own: of the limits only those of the whole jar
 * and of the header apply to it. <pre>{@code
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

	/** The defaults. */
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
	 * RFC 6265bis.
	 * @return the policy of a jar that is given none
	 */
	public static CookiePolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * No cookies at all: none is taken and none is sent.
	 * @return that policy
	 */
	public static CookiePolicy blockAll() {
		return builder().accept(false).send(false).build();
	}

	/**
	 * Starts from the defaults.
	 * @return a builder, for one thread
	 */
	public static Builder builder() {
		return new Builder(DEFAULTS);
	}

	/**
	 * Starts from this policy.
	 * @return a builder, for one thread
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Whether cookies of servers are taken.
	 * @return {@code true} by default
	 */
	public boolean accept() {
		return this.accept;
	}

	/**
	 * Whether cookies are sent.
	 * @return {@code true} by default
	 */
	public boolean send() {
		return this.send;
	}

	/**
	 * Whether domains of the public-suffix list are refused (CVE-2023-46218).
	 * @return {@code true} by default
	 */
	public boolean publicSuffixes() {
		return this.publicSuffixes;
	}

	/**
	 * The hosts that cookies are neither taken from nor sent to.
	 * @return host names, and domains with a leading dot; unmodifiable, empty by default
	 */
	public Set<String> blockedDomains() {
		return this.blockedDomains;
	}

	/**
	 * The only hosts that cookies are taken from and sent to.
	 * @return host names, and domains with a leading dot; unmodifiable; {@code null}, the
	 * default, means every host
	 */
	public @Nullable Set<String> allowedDomains() {
		return this.allowedDomains;
	}

	/**
	 * The longest name and value together.
	 * @return octets; 4,096 by default
	 */
	public int maxPairOctets() {
		return this.maxPairOctets;
	}

	/**
	 * The longest value of an attribute; a longer one is left out.
	 * @return octets; 1,024 by default
	 */
	public int maxAttributeOctets() {
		return this.maxAttributeOctets;
	}

	/**
	 * How many cookies one response may set.
	 * @return a number; 50 by default
	 */
	public int maxPerResponse() {
		return this.maxPerResponse;
	}

	/**
	 * How many cookies of one domain servers may fill the jar with.
	 * @return a number; 50 by default
	 */
	public int maxPerDomain() {
		return this.maxPerDomain;
	}

	/**
	 * How many cookies the jar holds.
	 * @return a number; 3,000 by default
	 */
	public int maxCookies() {
		return this.maxCookies;
	}

	/**
	 * The longest Cookie field, its name included.
	 * @return octets; 8,190 by default
	 */
	public int maxHeaderOctets() {
		return this.maxHeaderOctets;
	}

	boolean acceptsFrom(String host) {
		return this.accept && isOpenTo(host);
	}

	boolean sendsTo(String host) {
		return this.send && isOpenTo(host);
	}

	private boolean isOpenTo(String host) {
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
	 * Collects what makes a {@link CookiePolicy}. For one thread at a time.
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
		 * Sets whether cookies of servers are taken.
		 * @param accept whether to take them
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
		 * Sets whether the domains of the public-suffix list are refused. Without it only
		 * domains of one label are.
		 * @param publicSuffixes whether to ask the list
		 * @return this builder
		 */
		public Builder publicSuffixes(boolean publicSuffixes) {
			this.publicSuffixes = publicSuffixes;
			return this;
		}

		/**
		 * Sets the hosts that cookies are neither taken from nor sent to.
		 * @param domains {@code example.com} is that host alone, {@code .example.com} is
		 * it and all below it
		 * @return this builder
		 * @throws IllegalArgumentException if one is no host name
		 */
		public Builder blockedDomains(Collection<String> domains) {
			this.blockedDomains = canonical(domains);
			return this;
		}

		/**
		 * Sets the only hosts that cookies are taken from and sent to.
		 * @param domains as in {@link #blockedDomains(Collection)}; {@code null} means
		 * every host
		 * @return this builder
		 * @throws IllegalArgumentException if one is no host name
		 */
		public Builder allowedDomains(@Nullable Collection<String> domains) {
			this.allowedDomains = (domains != null) ? canonical(domains) : null;
			return this;
		}

		/**
		 * Sets the longest name and value together.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPairOctets(int octets) {
			this.maxPairOctets = positive("maxPairOctets", octets);
			return this;
		}

		/**
		 * Sets the longest value of an attribute.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxAttributeOctets(int octets) {
			this.maxAttributeOctets = positive("maxAttributeOctets", octets);
			return this;
		}

		/**
		 * Sets how many cookies one response may set.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPerResponse(int cookies) {
			this.maxPerResponse = positive("maxPerResponse", cookies);
			return this;
		}

		/**
		 * Sets how many cookies of one domain servers may fill the jar with.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxPerDomain(int cookies) {
			this.maxPerDomain = positive("maxPerDomain", cookies);
			return this;
		}

		/**
		 * Sets how many cookies the jar holds. Those without domain are never given up.
		 * @param cookies at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxCookies(int cookies) {
			this.maxCookies = positive("maxCookies", cookies);
			return this;
		}

		/**
		 * Sets the longest Cookie field, its name included.
		 * @param octets at least 1
		 * @return this builder
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder maxHeaderOctets(int octets) {
			this.maxHeaderOctets = positive("maxHeaderOctets", octets);
			return this;
		}

		/**
		 * Makes the policy.
		 * @return a policy with what was set so far
		 */
		public CookiePolicy build() {
			return new CookiePolicy(this);
		}

		private static int positive(String name, int number) {
			if (number < 1) {
				throw new IllegalArgumentException(
						name + " is " + number + ", but must be at least 1; use accept(false) to take no cookies");
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
