package io.github.requests4j.spring.internal.balancing;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;

/**
 * The instances of a service. Implementations are thread-safe.
 */
public interface Destinations {

	/**
	 * Returns whether requests with a URL are balanced. Others are sent where their URL
	 * points.
	 * @param request the request
	 * @return {@code true} if any instance can respond
	 */
	boolean serve(PreparedRequest request);

	/**
	 * Chooses an instance that was not tried yet.
	 * @param request the request
	 * @param options how it is sent
	 * @param tried the names of the instances that were tried
	 * @return the instance, or {@code null} if none is left
	 * @throws ConnectionException if there are no instances at all
	 */
	@Nullable Destination choose(PreparedRequest request, SendOptions options, Set<String> tried);

	/**
	 * Returns the instances that are known.
	 * @return the instances; those that a request may be sent to now, and perhaps others
	 */
	Collection<Instance> instances();

	/**
	 * Uses what is already known about instances with the same names. Called before the
	 * first choice.
	 * @param known the instances; by default, they are ignored
	 */
	default void adopt(Collection<Instance> known) {
	}

}
