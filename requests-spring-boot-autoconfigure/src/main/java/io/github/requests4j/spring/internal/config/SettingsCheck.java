package io.github.requests4j.spring.internal.config;

/**
 * Checks settings when the application starts and before a refresh applies new ones. All
 * beans of this type are called.
 */
@FunctionalInterface
public interface SettingsCheck {

	/**
	 * Checks the settings that {@link ConfiguredSessions} returns to the current thread.
	 * @throws RequestsConfigurationException if a setting is wrong
	 */
	void check();

}
