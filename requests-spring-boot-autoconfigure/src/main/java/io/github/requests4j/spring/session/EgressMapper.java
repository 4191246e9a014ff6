package io.github.requests4j.spring.session;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Creates the rules for the addresses that a session may connect to.
 */
final class EgressMapper {

	private final AddressFilter filter;

	EgressMapper(AddressFilter filter) {
		this.filter = filter;
	}

	/** Returns the rules, or {@code null} if everything is allowed. */
	@Nullable EgressRules rules(SessionProperties.Egress properties, SettingChecks checks) {
		if (!properties.denyPrivate() && properties.deny().isEmpty() && this.filter.allows() == null) {
			requireNothingToAllow(properties, checks);
			return null;
		}
		EgressRules.Builder rules = EgressRules.builder().denyPrivate(properties.denyPrivate());
		add("egress.allow", properties.allow(), rules::allow, checks);
		add("egress.deny", properties.deny(), rules::deny, checks);
		if (this.filter.allows() != null) {
			rules.addressFilter(this.filter.allows());
		}
		return rules.build();
	}

	/**
	 * Rejects a list of allowed hosts without effect, because it suggests that all other
	 * hosts are denied.
	 */
	private static void requireNothingToAllow(SessionProperties.Egress properties, SettingChecks checks) {
		if (!properties.allow().isEmpty()) {
			throw checks.mistake("egress.allow", "This has no effect, because nothing is denied.",
					"Set deny-private to true, or set deny to \"*\" to deny everything else.");
		}
	}

	private static void add(String key, List<String> entries, Consumer<String> rule, SettingChecks checks) {
		for (int i = 0; i < entries.size(); i++) {
			checks.set(key + "[" + i + "]", entries.get(i), (entry) -> {
				EgressRules.builder().allow(entry).build();
				rule.accept(entry);
			});
		}
	}

	/**
	 * The application's own address filter, if it has one. It wraps Spring Boot's type,
	 * which may be absent from the class path.
	 *
	 * @param allows returns whether connecting to an address is allowed, or {@code null}
	 */
	record AddressFilter(@Nullable Predicate<InetAddress> allows) {

		static final AddressFilter NONE = new AddressFilter(null);

	}

}
