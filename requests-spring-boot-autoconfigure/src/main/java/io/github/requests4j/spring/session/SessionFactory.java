package io.github.requests4j.spring.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionBeanNames;
import io.github.requests4j.spring.internal.session.SessionRebuilder;
import io.github.requests4j.spring.internal.session.TokenSessions;

/**
 * Creates the session beans, and the sessions for tokens that are not configured. It
 * applies the properties and then the customizers in their order.
 */
final class SessionFactory implements TokenSessions, SessionRebuilder, DisposableBean {

	private final ConfiguredSessions configured;

	private final SessionMapper mapper;

	private final CallsInFlight calls;

	private final LiveSessions live;

	private final ObjectProvider<SessionCustomizer> customizers;

	private final BeanFactory beans;

	private final Map<String, Session> forTokens = new ConcurrentHashMap<>();

	SessionFactory(ConfiguredSessions configured, SessionMapper mapper, CallsInFlight calls, LiveSessions live,
			ObjectProvider<SessionCustomizer> customizers, BeanFactory beans) {
		this.configured = configured;
		this.mapper = mapper;
		this.calls = calls;
		this.live = live;
		this.customizers = customizers;
		this.beans = beans;
	}

	Session create(String name) {
		return this.configured.withCurrent(() -> {
			Object settings = this.configured.version();
			Session session = build(name, null);
			this.live.add(name, session);
			catchUp(name, settings);
			return session;
		});
	}

	/**
	 * Applies the settings of a refresh that did not see the session, because it was
	 * still being created.
	 */
	private void catchUp(String name, Object settings) {
		Object known = settings;
		while (known != this.configured.version()) {
			Object seen = this.configured.version();
			Session candidate = rebuild(name);
			this.live.replace(Set.of(name), Map.of(name, candidate), () -> {
			});
			known = seen;
		}
	}

	@Override
	public Session rebuild(String name) {
		return build(name, this.live.get(name));
	}

	private Session build(String name, @Nullable Session existing) {
		Session.Builder builder = this.mapper.map(name, existing).interceptor(this.calls);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(name, builder));
		Session session = builder.build();
		try {
			this.mapper.requireAdapter(name, session);
		}
		catch (RuntimeException ex) {
			if (existing != null) {
				this.live.discard(name, session);
			}
			else {
				session.close();
			}
			throw ex;
		}
		return session;
	}

	@Override
	public Session get(String name) {
		String bean = SessionBeanNames.of(name);
		return this.beans.containsBean(bean) ? this.beans.getBean(bean, Session.class)
				: this.forTokens.computeIfAbsent(name, this::create);
	}

	@Override
	public void destroy() {
		this.forTokens.values().forEach(Session::close);
	}

}
