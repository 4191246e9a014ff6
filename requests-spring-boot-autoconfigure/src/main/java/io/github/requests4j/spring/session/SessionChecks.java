package io.github.requests4j.spring.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SettingsCheck;
import io.github.requests4j.spring.internal.session.TokenSessions;

/**
 * Checks all configured sessions when the application starts or is refreshed, even those
 * that are not used yet. It builds each one, which makes no calls, and closes it again.
 */
final class SessionChecks implements InitializingBean, SmartInitializingSingleton, SettingsCheck {

	private final ConfiguredSessions sessions;

	private final SessionMapper mapper;

	/** Creates sessions with their customizers. */
	private final ObjectProvider<TokenSessions> created;

	/** The sessions whose base URL has no adapter unless a customizer mounts one. */
	private final Set<String> withoutAdapter = ConcurrentHashMap.newKeySet();

	SessionChecks(ConfiguredSessions sessions, SessionMapper mapper, ObjectProvider<TokenSessions> created) {
		this.sessions = sessions;
		this.mapper = mapper;
		this.created = created;
	}

	@Override
	public void afterPropertiesSet() {
		check();
	}

	/**
	 * Creates the sessions whose base URL requires an adapter of a customizer, so that a
	 * mistyped scheme is found before the first call.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.withoutAdapter.forEach((name) -> this.created.getObject().get(name));
	}

	@Override
	public void check() {
		this.withoutAdapter.clear();
		Set<String> names = this.sessions.names();
		(names.isEmpty() ? Set.of(ConfiguredSessions.DEFAULT_NAME) : names).forEach(this::check);
	}

	private void check(String name) {
		try (Session session = this.mapper.map(name, null).build()) {
			if (!this.mapper.hasAdapter(name, session)) {
				this.withoutAdapter.add(name);
			}
		}
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
