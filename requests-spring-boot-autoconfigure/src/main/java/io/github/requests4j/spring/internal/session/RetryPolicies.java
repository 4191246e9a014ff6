package io.github.requests4j.spring.internal.session;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.spring.internal.config.AdapterProperties;

/**
 * Creates the retry policies of transports and of single calls.
 */
public final class RetryPolicies {

	private RetryPolicies() {
	}

	/**
	 * Returns the retry policy, which is {@link Retry#none()} without properties or with
	 * a total of 0. Unlike in requests, the last response is returned by default when the
	 * retries for a status are exhausted, so that error mappers, fallbacks and callers
	 * get its status and body.
	 * @param key the key of the properties
	 * @param properties the properties, or {@code null}
	 * @param budget the budget of the session, or {@code null}
	 * @param checks sets one property, and reports it if the library rejects it
	 * @return the policy
	 */
	public static Retry of(String key, AdapterProperties.@Nullable Retry properties, @Nullable RetryBudget budget,
			Checks checks) {
		if (properties == null) {
			return Retry.none();
		}
		Retry.Builder retry = Retry.builder().raiseOnStatus(false).budget(budget);
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
		checks.set(key + ".retry-after-max", properties.retryAfterMax(), retry::retryAfterMax);
		Retry policy = retry.build();
		return Integer.valueOf(0).equals(policy.total()) ? Retry.none() : policy;
	}

	/**
	 * Sets properties, and reports those that the library rejects.
	 */
	@FunctionalInterface
	public interface Checks {

		/**
		 * Sets a property.
		 * @param <T> the type of the value
		 * @param key the key of the property
		 * @param value the value; {@code null} if it is not set, in which case nothing
		 * happens
		 * @param setter sets the value
		 */
		<T> void set(String key, @Nullable T value, Consumer<T> setter);

	}

}
