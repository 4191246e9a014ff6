package io.github.requests4j.spring.internal.session;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.adapters.Throttle;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Provides the throttles of sessions. Implementations are thread-safe.
 */
public interface SessionThrottles {

	/**
	 * Returns the throttle that all transports of a session share.
	 * @param session the name of the session
	 * @param rate the settings of the session
	 * @return the throttle, or {@code null} if the settings disable it
	 * @throws RequestsConfigurationException if a setting is wrong or a library is
	 * missing
	 */
	@Nullable Throttle of(String session, SessionProperties.Rate rate);

	/**
	 * Returns what the throttle of a session has counted.
	 * @param session the name of the session
	 * @return the statistics, which are zero before the first request
	 */
	ThrottleStatistics statistics(String session);

}
