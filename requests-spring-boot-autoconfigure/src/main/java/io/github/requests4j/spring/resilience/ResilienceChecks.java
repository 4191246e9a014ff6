package io.github.requests4j.spring.resilience;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.util.StringUtils;

import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.config.SettingsCheck;

/**
 * Checks when the application starts or is refreshed that the instances of sessions
 * exist, and that calls are not repeated by two retries at the same time.
 */
final class ResilienceChecks implements InitializingBean, SettingsCheck {

	private final ConfiguredSessions sessions;

	private final InstanceNames instances;

	private final boolean library;

	ResilienceChecks(ConfiguredSessions sessions, InstanceNames instances) {
		this.sessions = sessions;
		this.instances = instances;
		this.library = instances != InstanceNames.NO_LIBRARY;
	}

	@Override
	public void afterPropertiesSet() {
		check();
	}

	@Override
	public void check() {
		Set<String> names = this.sessions.names();
		(names.isEmpty() ? Set.of(ConfiguredSessions.DEFAULT_NAME) : names).forEach(this::check);
	}

	private void check(String session) {
		SessionProperties properties = this.sessions.get(session);
		named(properties.resilience()).forEach((key, name) -> check(session, key, name));
		if (StringUtils.hasLength(properties.resilience().retry())) {
			rejectTwoRetries(session, "adapter", properties.adapter());
			properties.adapters()
				.forEach((prefix, adapter) -> rejectTwoRetries(session, "adapters[" + prefix + "]", adapter));
		}
	}

	private static Map<String, @Nullable String> named(SessionProperties.Resilience names) {
		Map<String, @Nullable String> named = new LinkedHashMap<>();
		named.put("retry", names.retry());
		named.put("circuit-breaker", names.circuitBreaker());
		named.put("rate-limiter", names.rateLimiter());
		named.put("bulkhead", names.bulkhead());
		return named;
	}

	private void check(String session, String key, @Nullable String name) {
		if (!StringUtils.hasLength(name)) {
			return;
		}
		Set<String> known = this.instances.of(key);
		if (known == null) {
			throw this.sessions.mistake(session, "resilience." + key,
					this.library ? "The application has no Resilience4j registry for '" + name + "'."
							: "Resilience4j is not on the class path.",
					"Add io.github.resilience4j:resilience4j-spring-boot4, which creates the instances in"
							+ " application.yml, or remove this key.",
					null);
		}
		if (!known.contains(name)) {
			throw this.sessions.mistake(session, "resilience." + key,
					"Resilience4j has no instance named '" + name + "'. Its instances are " + known + ".",
					"Configure resilience4j." + group(key) + ".instances." + name
							+ ", or correct the name. Otherwise, Resilience4j would create an instance with its defaults.",
					null);
		}
	}

	/** Returns the spelling of a key in Resilience4j's own properties. */
	private static String group(String key) {
		return key.replace("-", "");
	}

	private void rejectTwoRetries(String session, String place, AdapterProperties adapter) {
		AdapterProperties.Retry retries = adapter.maxRetries();
		if (retries == null || Integer.valueOf(0).equals(retries.total())) {
			return;
		}
		throw this.sessions.mistake(session, "resilience.retry",
				"The adapter of this session also retries, and the numbers of attempts would multiply. Its retries are set by "
						+ this.sessions.describe(session, place + ".max-retries") + ".",
				"Keep one of them. 'max-retries: 0' disables inherited retries.", null);
	}

	/**
	 * Provides the names of the instances in the registries.
	 */
	@FunctionalInterface
	interface InstanceNames {

		/** The names in an application without the library. */
		InstanceNames NO_LIBRARY = (key) -> null;

		/**
		 * Returns the names of the instances for a key.
		 * @param key the key under {@code resilience}
		 * @return their names, or {@code null} if there is no registry for them
		 */
		@Nullable Set<String> of(String key);

	}

}
