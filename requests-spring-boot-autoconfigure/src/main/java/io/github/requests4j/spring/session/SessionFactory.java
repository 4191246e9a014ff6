package io.github.requests4j.spring.session;

import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.session.LiveSessions;

/**
 * Creates the session beans. It applies the properties and then the customizers in their
 * order.
 */
final class SessionFactory {

	private final SessionMapper mapper;

	private final CallsInFlight calls;

	private final LiveSessions live;

	private final ObjectProvider<SessionCustomizer> customizers;

	SessionFactory(SessionMapper mapper, CallsInFlight calls, LiveSessions live,
			ObjectProvider<SessionCustomizer> customizers) {
		this.mapper = mapper;
		this.calls = calls;
		this.live = live;
		this.customizers = customizers;
	}

	Session create(String name) {
		Session.Builder builder = this.mapper.map(name).interceptor(this.calls);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(name, builder));
		Session session = builder.build();
		try {
			this.mapper.requireAdapter(name, session);
		}
		catch (RuntimeException ex) {
			session.close();
			throw ex;
		}
		this.live.add(name, session);
		return session;
	}

}
