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

/**
 * Checks when the application starts that the instances which sessions name exist, and
 * that nothing is repeated by two retries at once.
 */
final class ResilienceChecks implements InitializingBean {

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
		Set<String> names = this.sessions.names();
		(names.isEmpty() ? Set.of(ConfiguredSessions.DEFAULT_NAME) : names).forEach(this::check);
	}

	private void check(String session) {
		SessionProperties properties = this.sessions.get(session);
		named(properties.resilience()).forEach((key, name) -> check(session, key, name));
		if (StringUtils.hasLength(properties.resilience().retry())) {
			refuseTwoRetries(session, "adapter", properties.adapter());
			properties.adapters()
				.forEach((prefix, adapter) -> refuseTwoRetries(session, "adapters[" + prefix + "]", adapter));
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
					this.library ? "There is no registry of Resilience4j for '" + name + "' in this application."
							: "Resilience4j is not on the class path.",
					"Add io.github.resilience4j:resilience4j-spring-boot4, which makes the instances of"
							+ " application.yml, or remove this key.",
					null);
		}
		if (!known.contains(name)) {
			throw this.sessions
				.mistake(session, "resilience." + key,
						"There is no instance '" + name + "' in Resilience4j's registry, only " + known + ".",
						"Configure resilience4j." + group(key) + ".instances." + name
								+ ", or correct the name. An instance with the defaults would be made otherwise.",
						null);
		}
	}

	/** How Resilience4j spells the key in its own properties. */
	private static String group(String key) {
		return key.replace("-", "");
	}

	private void refuseTwoRetries(String session, String place, AdapterProperties adapter) {
		AdapterProperties.Retry retries = adapter.maxRetries();
		if (retries == null || Integer.valueOf(0).equals(retries.total())) {
			return;
		}
		throw this.sessions.mistake(session, "resilience.retry",
				"The adapter of this session retries too (" + this.sessions.describe(session, place + ".max-retries")
						+ "), and the numbers would multiply.",
				"Keep one of them; 'max-retries: 0' switches an inherited one off.", null);
	}

	/**
	 * The names of the instances in the registries.
	 */
	@FunctionalInterface
	interface InstanceNames {

		/** For applications without the library. */
		InstanceNames NO_LIBRARY = (key) -> null;

		/**
		 * The instances that a key can name.
		 * @param key the key below {@code resilience}
		 * @return their names, or {@code null} if there is no registry for them
		 */
		@Nullable Set<String> of(String key);

	}

}
