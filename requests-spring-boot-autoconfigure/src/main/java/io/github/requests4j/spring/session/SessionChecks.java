package io.github.requests4j.spring.session;

import java.util.Set;

import org.springframework.beans.factory.InitializingBean;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SettingsCheck;

/**
 * Checks all configured sessions when the application starts or is refreshed, even those
 * that are not used yet. It builds each one, which makes no calls, and closes it again.
 */
final class SessionChecks implements InitializingBean, SettingsCheck {

	private final ConfiguredSessions sessions;

	private final SessionMapper mapper;

	SessionChecks(ConfiguredSessions sessions, SessionMapper mapper) {
		this.sessions = sessions;
		this.mapper = mapper;
	}

	@Override
	public void afterPropertiesSet() {
		check();
	}

	@Override
	public void check() {
		Set<String> names = this.sessions.names();
		(names.isEmpty() ? Set.of(ConfiguredSessions.DEFAULT_NAME) : names).forEach(this::check);
	}

	private void check(String name) {
		this.mapper.map(name, null).build().close();
		rejectSecondPrimary(name);
	}

	private void rejectSecondPrimary(String name) {
		if (this.sessions.get(name).primary()) {
			this.sessions.names()
				.stream()
				.filter((other) -> !other.equals(name) && this.sessions.get(other).primary())
				.findFirst()
				.ifPresent((other) -> {
					throw this.sessions.mistake(name, "primary",
							"The session '" + other + "' is also primary. It is marked by "
									+ this.sessions.describe(other, "primary") + ".",
							"Keep only one primary session.", null);
				});
		}
	}

}
