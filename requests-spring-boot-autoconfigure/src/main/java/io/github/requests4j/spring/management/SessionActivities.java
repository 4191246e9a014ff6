package io.github.requests4j.spring.management;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

import io.github.requests4j.Session;
import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Adds counters to each session, outside of all other interceptors. Thread-safe.
 */
final class SessionActivities implements SessionCustomizer, Ordered {

	private final Map<String, SessionActivity> bySession = new ConcurrentHashMap<>();

	@Override
	public void customize(String name, Session.Builder builder) {
		// A session keeps its counters when it gets new settings
		SessionActivity activity = this.bySession.computeIfAbsent(name,
				(key) -> new SessionActivity(InstantSource.system()));
		builder.interceptor(activity).listener(activity);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Nullable SessionActivity of(String session) {
		return this.bySession.get(session);
	}

}
