package io.github.requests4j.spring.internal.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Commands for Redis that belong together.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface RedisAction<T> {

	/**
	 * Runs the commands on another thread than that of the caller, which may no longer be
	 * waiting.
	 * @param connection the connection, which the action does not close
	 * @return the result, or {@code null}
	 */
	@Nullable T run(RedisConnection connection);

}
