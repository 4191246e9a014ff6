package io.github.requests4j.spring.config;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code requests} as it was written, before defaults are merged into
 * sessions.
 *
 * @param defaults Settings of every session unless it has its own.
 * @param sessions Sessions by name. Each is a bean "nameSession", qualified by its name.
 * @param clients Settings of interface clients, by the name of the interface or of its
 * session.
 * @see ConfiguredSessions
 */
@ConfigurationProperties("requests")
public record RequestsProperties(@NestedConfigurationProperty @DefaultValue SessionProperties defaults,
		@DefaultValue Map<String, SessionProperties> sessions, @DefaultValue Map<String, ClientProperties> clients) {

	/** The common beginning of all keys. */
	static final String PREFIX = "requests";

}
