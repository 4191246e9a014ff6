package io.github.requests4j.sample.watch;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.github.requests4j.spring.session.SessionCustomizer;

/**
 * Adds a listener to every session, and enables the sampling of meters.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WatchConfiguration {

	@Bean
	RecentExchanges recentExchanges() {
		return new RecentExchanges();
	}

	@Bean
	SessionCustomizer watched(RecentExchanges recentExchanges) {
		return (name, session) -> session.listener(recentExchanges);
	}

}
