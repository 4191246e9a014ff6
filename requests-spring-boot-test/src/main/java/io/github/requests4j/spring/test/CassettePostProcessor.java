package io.github.requests4j.spring.test;

import org.springframework.beans.factory.config.BeanPostProcessor;

import io.github.requests4j.Session;

/**
 * Inserts the player between all sessions of the application and their transports,
 * including sessions that the application creates itself.
 */
final class CassettePostProcessor implements BeanPostProcessor {

	private final CassettePlayer player;

	CassettePostProcessor(CassettePlayer player) {
		this.player = player;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (!(bean instanceof Session session)) {
			return bean;
		}
		return session.derive((builder) -> {
			session.adapters()
				.forEach((prefix, transport) -> builder.mount(prefix, new CassetteAdapter(this.player, transport)));
		});
	}

}
