package io.github.requests4j.spring.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionBeanNames;
import io.github.requests4j.spring.internal.session.TokenSessions;

/**
 * Creates the session beans, and the sessions for tokens that are not configured. It
 * applies the properties and then the customizers in their order.
 */
final class SessionFactory implements TokenSessions, DisposableBean {

	private final SessionMapper mapper;

	private final CallsInFlight calls;

	private final LiveSessions live;

	private final ObjectProvider<SessionCustomizer> customizers;

	private final BeanFactory beans;

	private final Map<String, Session> forTokens = new ConcurrentHashMap<>();

	SessionFactory(SessionMapper mapper, CallsInFlight calls, LiveSessions live,
			ObjectProvider<SessionCustomizer> customizers, BeanFactory beans) {
		this.mapper = mapper;
		this.calls = calls;
		this.live = live;
		this.customizers = customizers;
		this.beans = beans;
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
