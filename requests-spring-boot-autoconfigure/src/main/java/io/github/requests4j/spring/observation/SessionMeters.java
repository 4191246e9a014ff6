package io.github.requests4j.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Meters of the sessions that have some feature. A session may get the feature by a
 * refresh, which builds the session again. Thread-safe.
 */
abstract class SessionMeters implements SmartInitializingSingleton {

	private final ConfiguredSessions configured;

	/** A second registration would be ignored with a warning. */
	private final Set<String> registered = ConcurrentHashMap.newKeySet();

	SessionMeters(ConfiguredSessions configured) {
		this.configured = configured;
	}

	@Override
	public final void afterSingletonsInstantiated() {
		this.configured.names().forEach(this::registerIfUsed);
	}

	/**
	 * Registers the meters of a session if it has the feature and no meters yet.
	 * @param session the name
	 */
	final void registerIfUsed(String session) {
		if (isUsed(this.configured.get(session)) && this.registered.add(session)) {
			register(session);
		}
	}

	/** Returns whether a session has the feature. */
	abstract boolean isUsed(SessionProperties settings);

	/** Registers the meters of a session, once. */
	abstract void register(String session);

}
