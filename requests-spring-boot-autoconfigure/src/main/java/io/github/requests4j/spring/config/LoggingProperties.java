package io.github.requests4j.spring.config;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the loggers io.github.requests4j.wire.SESSION tell of each exchange at level INFO.
 *
 * @param level How much of each exchange is logged.
 * @param maskedHeaders Names of headers whose values are masked, beside those that always
 * are.
 */
public record LoggingProperties(@DefaultValue("none") Level level, @DefaultValue List<String> maskedHeaders) {

	/**
	 * How much is logged.
	 */
	public enum Level {

		/** Nothing. */
		NONE,

		/** Method, URL without query, status and time. */
		BASIC,

		/** The headers too, secret ones masked. */
		HEADERS,

		/** The beginning of bodies too, unless they are streamed. */
		BODY

	}

}
