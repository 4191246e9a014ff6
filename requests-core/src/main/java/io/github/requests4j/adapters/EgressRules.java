package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.egress.EgressPolicy;

/**
 * Rules for where an adapter may connect to. They protect applications that call URLs
 * from untrusted sources (server-side request forgery, CWE-918). Immutable.
 * <p>
 * Entries are hosts ({@code api.example.com}; {@code *.example.com} for all names below
 * it), addresses, networks ({@code 10.0.0.0/8}, {@code fd00::/8}), or {@code *} for
 * everything. A host or address is denied
 * <ol>
 * <li>by the address filter, if it returns {@code false};</li>
 * <li>by an entry of {@code deny} that matches it;</li>
 * <li>by {@code denyPrivate} if it is loopback, private, link-local, the metadata service
 * of a cloud or otherwise not public, or by {@code deny("*")}, unless an entry of
 * {@code allow} matches it.</li>
 * </ol>
 * The rules apply to every hop, including redirects, and to every address that a name
 * resolves to. Only allowed addresses are connected to, so changing a DNS record between
 * the check and the connect (DNS rebinding) has no effect. IPv6 addresses that embed an
 * IPv4 address are checked as both. If a proxy resolves the name, the address that it
 * connects to is unknown. In that case, every address that the name resolves to on this
 * machine must be allowed, and a name that does not resolve here must be allowed by name.
 * The rules do not apply to the proxy itself. <pre>{@code
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
	 * Builds {@link EgressRules}. Not thread-safe.
	 */
	public static final class Builder {

		private final List<String> allow = new ArrayList<>();

		private final List<String> deny = new ArrayList<>();

		private boolean denyPrivate;

		private @Nullable Predicate<InetAddress> filter;

		private Builder() {
		}

		/**
		 * Sets whether addresses that are not public are denied.
		 * @param denyPrivate {@code true} to deny them; {@code false} if not set
		 * @return this builder
		 */
		public Builder denyPrivate(boolean denyPrivate) {
			this.denyPrivate = denyPrivate;
			return this;
		}

		/**
		 * Adds entries that are allowed even if they are private or everything else is
		 * denied.
		 * @param entries hosts, addresses or networks
		 * @return this builder
		 */
		public Builder allow(String... entries) {
			this.allow.addAll(List.of(entries));
			return this;
		}

		/**
		 * Adds entries that are denied.
		 * @param entries hosts, addresses or networks; {@code *} for everything that is
		 * not allowed
		 * @return this builder
		 */
		public Builder deny(String... entries) {
			this.deny.addAll(List.of(entries));
			return this;
		}

		/**
		 * Sets a filter that every address must also pass.
		 * @param filter returns whether an address is allowed; must be thread-safe
		 * @return this builder
		 */
		public Builder addressFilter(Predicate<InetAddress> filter) {
			this.filter = Objects.requireNonNull(filter, "filter");
			return this;
		}

		/**
		 * Builds the rules.
		 * @return the rules
		 * @throws IllegalArgumentException if an entry is not a host, address or network
		 */
		public EgressRules build() {
			return new EgressRules(this);
		}

	}

}
