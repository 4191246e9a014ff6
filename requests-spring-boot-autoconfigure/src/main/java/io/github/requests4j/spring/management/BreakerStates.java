package io.github.requests4j.spring.management;

import java.util.Map;

/**
 * Reports the state of the circuit breakers of sessions. The endpoint and the health
 * contributor ask all beans of this type. Implementations must be safe for many threads.
 */
@FunctionalInterface
public interface BreakerStates {

	/**
	 * The circuit breakers that calls of a session pass through.
	 * @param session the name of the session
	 * @return the state by the name of the breaker, as Resilience4j names it:
	 * {@code CLOSED}, {@code OPEN}, {@code HALF_OPEN}, {@code FORCED_OPEN} and so on;
	 * empty if it has none
	 */
	Map<String, String> of(String session);

}
