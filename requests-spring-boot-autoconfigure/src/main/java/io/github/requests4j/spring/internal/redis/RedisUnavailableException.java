package io.github.requests4j.spring.internal.redis;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if Redis has not run a command, for any reason. The exception is checked,
 * because every caller must be able to continue without Redis. It has no stack trace,
 * because it is frequent while Redis is unavailable.
 */
public final class RedisUnavailableException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	RedisUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
