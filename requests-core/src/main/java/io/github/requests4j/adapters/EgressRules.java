package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.egress.EgressPolicy;

/**
 * Where an adapter may connect to, for programs that call URLs which somebody else wrote
 * (server-side request forgery, CWE-918). Immutable.
 * <p>
 * Entries are hosts ({@code api.example.com}; {@code *.example.com} for all names below
 * it), addresses, networks ({@code 10.0.0.0/8}, {@code fd00::/8}), or {@code *} for
 * everything. A host or address is refused
 * <ol>
 * <li>by the address filter, if there is one and it says no;</li>
 * <li>by an entry of {@code deny} that names it;</li>
 * <li>unless an entry of {@code allow} names it: by {@code denyPrivate}, if it is
 * loopback, private, link-local, a cloud's metadata service or otherwise not of the
 * public internet, or by {@code deny("*")}.</li>
 * </ol>
 * The rules are asked at every hop, redirects included, for every address that a name has
 * when it is connected to; only addresses that passed are dialled, so that a name whose
 * address changes in between (DNS rebinding) gains nothing. Addresses of IPv6 that stand
 * for one of IPv4 are judged by both. Where a proxy looks the name up and dials, its
 * answer is not ours to see: there each address that the name has here must pass, and a
 * name without any must be allowed by name. The proxy itself is not judged. <pre>{@code
 * EgressRules rules = EgressRules.builder().denyPrivate(true).allow("10.1.2.0/24").deny("*.example.com").build();
 * HttpAdapter guarded = HttpAdapter.builder().egress(rules).build();
 * Session session = Session.builder().mount("https://", guarded).mount("http://", guarded).build();
 * }</pre>
 *
 * @see HttpAdapter.Builder#egress
 */
public final class EgressRules {

	private final EgressPolicy policy;

	private EgressRules(Builder builder) {
		this.policy = new EgressPolicy(builder.allow, builder.deny, builder.denyPrivate, builder.filter);
	}

	/**
	 * Starts with everything allowed.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	EgressPolicy policy() {
		return this.policy;
	}

	/**
	 * Builds {@link EgressRules}. For one thread.
	 */
	public static final class Builder {

		private final List<String> allow = new ArrayList<>();

		private final List<String> deny = new ArrayList<>();

		private boolean denyPrivate;

		private @Nullable Predicate<InetAddress> filter;

		private Builder() {
		}

		/**
		 * Sets whether addresses are refused that are not of the public internet.
		 * @param denyPrivate {@code true} to refuse them; {@code false} if not set
		 * @return this builder
		 */
		public Builder denyPrivate(boolean denyPrivate) {
			this.denyPrivate = denyPrivate;
			return this;
		}

		/**
		 * Adds what is allowed although it is private, or although everything is denied.
		 * @param entries hosts, addresses or networks
		 * @return this builder
		 */
		public Builder allow(String... entries) {
			this.allow.addAll(List.of(entries));
			return this;
		}

		/**
		 * Adds what is refused.
		 * @param entries hosts, addresses or networks; {@code *} for all that is not
		 * allowed
		 * @return this builder
		 */
		public Builder deny(String... entries) {
			this.deny.addAll(List.of(entries));
			return this;
		}

		/**
		 * Sets a filter that every address must pass as well.
		 * @param filter says whether an address is allowed; must be safe for many threads
		 * @return this builder
		 */
		public Builder addressFilter(Predicate<InetAddress> filter) {
			this.filter = Objects.requireNonNull(filter, "filter");
			return this;
		}

		/**
		 * Builds the rules.
		 * @return the rules
		 * @throws IllegalArgumentException if an entry is no host, address or network
		 */
		public EgressRules build() {
			return new EgressRules(this);
		}

	}

}
