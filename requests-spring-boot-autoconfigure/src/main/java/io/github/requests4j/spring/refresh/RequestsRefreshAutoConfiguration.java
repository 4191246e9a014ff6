package io.github.requests4j.spring.refresh;

import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SettingsCheck;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.SessionRebuilder;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Applies changed settings without a restart if Spring Cloud Context is on the class
 * path.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnClass(EnvironmentChangeEvent.class)
@ConditionalOnBean(ConfiguredSessions.class)
public final class RequestsRefreshAutoConfiguration {

	@Bean
	SettingsRefresh requestsSettingsRefresh(Environment environment, ConfiguredSessions configured, LiveSessions live,
			SessionRebuilder rebuilder, ObjectProvider<SettingsCheck> checks) {
		return new SettingsRefresh(environment, configured, live, rebuilder, checks, InstantSource.system());
	}

	@Bean
	RefreshListener requestsRefreshListener(SettingsRefresh refresh, ObjectProvider<ContextRefresher> refreshers) {
		return new RefreshListener(refresh, refreshers);
	}

}
