package io.github.requests4j.spring.client;

import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Makes the interfaces of an {@code @ImportHttpServices} group call the session with the
 * name of the group. This configurer runs last, so that it replaces the configuration of
 * other configurers for RestClient groups.
 */
final class SessionGroups implements RestClientHttpServiceGroupConfigurer, Ordered {

	private final RequestsClientFactory factory;

	SessionGroups(RequestsClientFactory factory) {
		this.factory = factory;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.filter(this::isSession)
			.forEachProxyFactory(
					(group, builder) -> this.factory.configure(group.name(), group.httpServiceTypes(), builder));
	}

	private boolean isSession(HttpServiceGroup group) {
		return this.factory.isSession(group.name());
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
