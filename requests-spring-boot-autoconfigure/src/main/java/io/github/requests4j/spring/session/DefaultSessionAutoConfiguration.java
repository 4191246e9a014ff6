package io.github.requests4j.spring.session;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;

/**
 * Creates one session if none is configured or declared, so that an application can start
 * without any configuration.
 */
@AutoConfiguration(after = RequestsAutoConfiguration.class)
@ConditionalOnBean(SessionFactory.class)
public final class DefaultSessionAutoConfiguration {

	@Bean(destroyMethod = "close")
	@Lazy
	@Qualifier(ConfiguredSessions.DEFAULT_NAME)
	@ConditionalOnMissingBean(Session.class)
	Session defaultSession(SessionFactory factory) {
		return factory.create(ConfiguredSessions.DEFAULT_NAME);
	}

}
