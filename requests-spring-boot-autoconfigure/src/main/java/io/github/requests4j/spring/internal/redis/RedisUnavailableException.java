package io.github.requests4j.spring.internal.redis;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if Redis did not do what it was asked, whatever the reason. It is checked
 * because every caller has to go on without Redis, and has no stack trace because it is
 * frequent while Redis is away.
 */
public final class RedisUnavailableException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	RedisUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
