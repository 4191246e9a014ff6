package io.github.requests4j.spring.resilience;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.util.StringUtils;

import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.RequestsProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.config.SettingsCheck;

/**
 * Checks when the application starts or is refreshed that the instances of sessions and
 * clients exist, and that calls are not repeated by two retries at the same time.
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
		this.sessions.clients().forEach((client, settings) -> {
			check(client, "", settings.common());
			settings.methods().forEach((method, own) -> check(client, method, own));
		});
	}

	private void check(String session) {
		SessionProperties properties = this.sessions.get(session);
		check(properties.resilience(),
				(key, problem, fix) -> this.sessions.mistake(session, "resilience." + key, problem, fix, null));
		if (StringUtils.hasLength(properties.resilience().retry())) {
			rejectTwoRetries(session, "adapter", properties.adapter());
			properties.adapters()
				.forEach((prefix, adapter) -> rejectTwoRetries(session, "adapters[" + prefix + "]", adapter));
		}
	}

	private void check(String client, String method, RequestsProperties.Method settings) {
		SessionProperties.Resilience names = settings.resilience();
		if (names == null) {
			return;
		}
		Mistakes mistakes = (key, problem, fix) -> this.sessions.clientMistake(client, method, "resilience." + key,
				problem, fix);
		check(names, mistakes);
		if (StringUtils.hasLength(names.retry()) && settings.maxRetries() != null && !settings.maxRetries().isOff()) {
			throw mistakes.of("retry",
					"'max-retries' beside it also retries, and the numbers of attempts would multiply.",
					"Keep one of them.");
		}
	}

	private void check(SessionProperties.Resilience names, Mistakes mistakes) {
		names.byKey().forEach((key, name) -> {
			if (StringUtils.hasLength(name)) {
				check(key, name, mistakes);
			}
		});
	}

	private void check(String key, String name, Mistakes mistakes) {
		Set<String> known = this.instances.of(key);
		if (known == null) {
			throw mistakes.of(key,
					this.library ? "The application has no Resilience4j registry for '" + name + "'."
							: "Resilience4j is not on the class path.",
					"Add io.github.resilience4j:resilience4j-spring-boot4, which creates the instances in"
							+ " application.yml, or remove this key.");
		}
		if (!known.contains(name)) {
			throw mistakes.of(key,
					"Resilience4j has no instance named '" + name + "'. Its instances are " + known + ".",
					"Configure resilience4j." + group(key) + ".instances." + name
							+ ", or correct the name. Otherwise, Resilience4j would create an instance with its defaults.");
		}
	}

	/**
	 * Creates the exception for a mistake in the names of a session or a client method.
	 */
	@FunctionalInterface
	private interface Mistakes {

		/** Returns the exception to throw. */
		RequestsConfigurationException of(String key, String problem, String fix);

	}

	/** Returns the spelling of a key in Resilience4j's own properties. */
	private static String group(String key) {
		return key.replace("-", "");
	}

	private void rejectTwoRetries(String session, String place, AdapterProperties adapter) {
		AdapterProperties.Retry retries = adapter.maxRetries();
		if (retries == null || retries.isOff()) {
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
