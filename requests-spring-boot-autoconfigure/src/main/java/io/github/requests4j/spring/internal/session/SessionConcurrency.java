package io.github.requests4j.spring.internal.session;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Limits how many requests of a session are in progress. Implementations are thread-safe.
 */
public interface SessionConcurrency {

	/**
	 * Returns a function that wraps the adapters of a session with its limit, which they
	 * share.
	 * @param session the name of the session
	 * @param settings the settings of the session
	 * @return the function, which returns the adapter itself if the settings disable the
	 * limit
	 * @throws RequestsConfigurationException if a setting is wrong or a library is
	 * missing
	 */
	UnaryOperator<Adapter> of(String session, SessionProperties.Concurrency settings);

	/**
	 * Returns the state of the limit of a session.
	 * @param session the name of the session
	 * @return the state, or {@code null} if the session has no limit or was not created
	 * yet
	 */
	@Nullable State state(String session);

	/**
	 * The state of a limit.
	 *
	 * @param limit the current limit
	 * @param active how many requests are in progress
	 * @param rejected how many requests were rejected
	 */
	record State(int limit, int active, long rejected) {
	}

}
