package io.github.requests4j.spring.session;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SecretSettings;

/**
 * Applies the settings of one session, and reports rejected settings with their property.
 */
final class SettingChecks {

	private final ConfiguredSessions sessions;

	private final String session;

	SettingChecks(ConfiguredSessions sessions, String session) {
		this.sessions = sessions;
		this.session = session;
	}

	/**
	 * Applies a value if it is set, and reports it with its property if the library
	 * rejects it.
	 */
	<T> void set(String key, @Nullable T value, Consumer<T> setter) {
		if (value != null) {
			check(key, () -> setter.accept(value));
		}
	}

	/**
	 * Runs an action with a setting, and reports the setting with its property if the
	 * library rejects it.
	 */
	void check(String key, Runnable action) {
		try {
			action.run();
		}
		catch (IllegalArgumentException | IllegalStateException | RequestException ex) {
			// The cause would show the value in a stack trace
			Throwable cause = SecretSettings.isSecretKey(key) ? null : ex;
			String problem = SecretSettings.masked(ex.getMessage());
			throw mistake(key, problem.matches(".*[.?!]") ? problem : problem + ".", "Correct the value.", cause);
		}
	}

	/** Returns whether a setting of the session or of the defaults is set. */
	boolean isSet(String key) {
		return this.sessions.find(this.session, key) != null;
	}

	/** Returns the name of the session. */
	String session() {
		return this.session;
	}

	/** Returns the full name of a property and where it was set. */
	String describe(String key) {
		return this.sessions.describe(this.session, key);
	}

	/**
	 * Returns the exception for a key that requires Redis in an application without it.
	 */
	RequestsConfigurationException redisMissing(String key) {
		return this.sessions.redisMissing(this.session, key);
	}

	RequestsConfigurationException mistake(String key, String problem, String fix) {
		return mistake(key, problem, fix, null);
	}

	RequestsConfigurationException mistake(String key, String problem, String fix, @Nullable Throwable cause) {
		return this.sessions.mistake(this.session, key, problem, fix, cause);
	}

}
