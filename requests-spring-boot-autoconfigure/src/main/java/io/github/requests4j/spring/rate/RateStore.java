package io.github.requests4j.spring.rate;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.ThrottleStatistics;

/**
 * Creates permits that replicas of the application share. This type does not refer to
 * Spring Data Redis, which may be absent.
 */
interface RateStore {

	/**
	 * Returns the permits of a session.
	 * @param session the name of the session
	 * @param rate its settings
	 * @param limit its limit, or {@code null} to share only pauses
	 * @param deferrals receives the pauses that other replicas publish
	 * @param statistics counts requests that were decided without the store
	 */
	Permits permits(String session, SessionProperties.Rate rate, @Nullable RateLimit limit, Deferrals deferrals,
			ThrottleStatistics statistics);

}
