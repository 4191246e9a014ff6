package io.github.requests4j.spring.internal.redis;

import java.util.Locale;

/**
 * What sessions keep in Redis. Calls are counted for each use.
 */
public enum RedisUse {

	/** Stored responses. */
	CACHE,

	/** Access tokens. */
	TOKENS,

	/** Rate limits. */
	RATE,

	/** Cookies. */
	COOKIES;

	/**
	 * Returns the name in keys and meters.
	 * @return the name in lower case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
