package io.github.requests4j.spring.internal.session;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a refresh of the settings did. Immutable.
 *
 * @param time when it ended
 * @param applied whether the new settings are used
 * @param sessions the sessions with new settings, by name
 * @param clients the clients with new settings, by name
 * @param restart the keys whose changes need a restart
 * @param error why nothing was applied, with the property and its origin, or {@code null}
 */
public record RefreshReport(Instant time, boolean applied, List<String> sessions, List<String> clients,
		List<String> restart, @Nullable String error) {

	/**
	 * Supplies the report of the last refresh, or {@code null} if there was none.
	 */
	@FunctionalInterface
	public interface Last extends Supplier<@Nullable RefreshReport> {

	}

}
