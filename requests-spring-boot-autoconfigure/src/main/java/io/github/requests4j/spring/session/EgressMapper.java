package io.github.requests4j.spring.session;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Makes the rules of where a session may connect to.
 */
final class EgressMapper {

	private final AddressFilter filter;

	EgressMapper(AddressFilter filter) {
		this.filter = filter;
	}

	/** The rules, or {@code null} when nothing is forbidden. */
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

	/** Somebody who lists what is allowed may think that all else is not. */
	private static void requireNothingToAllow(SessionProperties.Egress properties, SettingChecks checks) {
		if (!properties.allow().isEmpty()) {
			throw checks.mistake("egress.allow", "This has no effect, as nothing is denied.",
					"Set deny-private to true, or deny to \"*\" to deny everything else.");
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
	 * The application's own filter of addresses, if it has one. It is Boot's type that it
	 * hides, which need not be on the class path.
	 *
	 * @param allows says whether an address may be connected to, or {@code null}
	 */
	record AddressFilter(@Nullable Predicate<InetAddress> allows) {

		static final AddressFilter NONE = new AddressFilter(null);

	}

}
