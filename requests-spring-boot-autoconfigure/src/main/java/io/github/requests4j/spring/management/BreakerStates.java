package io.github.requests4j.spring.management;

import java.util.Map;

/**
 * Reports the state of the circuit breakers of sessions. The endpoint and the health
 * indicator use all beans of this type. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface BreakerStates {

	/**
	 * Returns the states of the circuit breakers of a session.
	 * @param session the name of the session
	 * @return the states of Resilience4j by the name of the breaker, such as
	 * {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN} or {@code FORCED_OPEN}; empty if
	 * there are no breakers
	 */
	Map<String, String> of(String session);

}
