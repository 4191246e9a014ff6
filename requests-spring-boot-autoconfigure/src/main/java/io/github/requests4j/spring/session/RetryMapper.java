package io.github.requests4j.spring.session;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.spring.internal.config.AdapterProperties;

/**
 * Makes the retry policy of an adapter.
 */
final class RetryMapper {

	private RetryMapper() {
	}

	/** The policy; none without properties. */
	static Retry policy(String key, AdapterProperties.@Nullable Retry properties, SettingChecks checks) {
		if (properties == null) {
			return Retry.none();
		}
		Retry.Builder retry = Retry.builder();
		checks.set(key + ".total", properties.total(), retry::total);
		checks.set(key + ".connect", properties.connect(), retry::connect);
		checks.set(key + ".read", properties.read(), retry::read);
		checks.set(key + ".redirect", properties.redirect(), retry::redirect);
		checks.set(key + ".status", properties.status(), retry::status);
		checks.set(key + ".other", properties.other(), retry::other);
		checks.set(key + ".allowed-methods", properties.allowedMethods(), retry::allowedMethods);
		checks.set(key + ".status-forcelist", properties.statusForcelist(), retry::statusForcelist);
		checks.set(key + ".backoff-factor", properties.backoffFactor(), retry::backoffFactor);
		checks.set(key + ".backoff-max", properties.backoffMax(), retry::backoffMax);
		checks.set(key + ".backoff-jitter", properties.backoffJitter(), retry::backoffJitter);
		checks.set(key + ".raise-on-status", properties.raiseOnStatus(), retry::raiseOnStatus);
		checks.set(key + ".respect-retry-after-header", properties.respectRetryAfterHeader(),
				retry::respectRetryAfterHeader);
		return retry.build();
	}

}
