package io.github.requests4j.spring.session;

import java.util.List;

import io.github.requests4j.spring.config.EgressProperties;
import io.github.requests4j.spring.config.SessionProperties;

/**
 * Refuses keys that are known but have no effect in this version: a guard that is
 * configured and does not guard is worse than an application that does not start.
 */
final class PendingKeys {

	private static final EgressProperties NO_EGRESS = new EgressProperties(false, List.of(), List.of());

	private PendingKeys() {
	}

	static void refuse(SessionProperties properties, SettingChecks checks) {
		refuseIf(!properties.egress().equals(NO_EGRESS), "egress", checks);
	}

	private static void refuseIf(boolean set, String key, SettingChecks checks) {
		if (set) {
			throw checks.mistake(key, "This key has no effect in this version.", "Remove it.");
		}
	}

}
