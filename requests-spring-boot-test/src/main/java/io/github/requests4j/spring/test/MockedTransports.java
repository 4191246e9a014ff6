package io.github.requests4j.spring.test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

import io.github.requests4j.Session;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Replaces adapters that the customizer cannot see, such as those of a load balancer or
 * of other customizers under longer prefixes, so that no configured session reaches the
 * network.
 */
final class MockedTransports implements BeanPostProcessor, Ordered {

	private final ObjectProvider<MockSessions> mocks;

	private final ObjectProvider<ConfiguredSessions> sessions;

	MockedTransports(ObjectProvider<MockSessions> mocks, ObjectProvider<ConfiguredSessions> sessions) {
		this.mocks = mocks;
		this.sessions = sessions;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof Session session && isConfigured(session) && !isMocked(session)) ? mocked(session)
				: bean;
	}

	private boolean isConfigured(Session session) {
		String name = session.name();
		return name != null && session.adapters().values().stream().anyMatch(MockAdapter.class::isInstance)
				&& this.sessions.stream().anyMatch((configured) -> configured.contains(name));
	}

	private static boolean isMocked(Session session) {
		return session.adapters().values().stream().allMatch(MockAdapter.class::isInstance);
	}

	private Session mocked(Session session) {
		Adapter mock = new MockAdapter(this.mocks.getObject().of(String.valueOf(session.name())));
		return session.derive((builder) -> {
			session.adapters().keySet().forEach((prefix) -> builder.mount(prefix, mock));
			builder.frozen(true);
		});
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
