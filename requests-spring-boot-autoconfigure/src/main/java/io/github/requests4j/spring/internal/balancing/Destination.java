package io.github.requests4j.spring.internal.balancing;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * An instance that a request can be sent to.
 */
public interface Destination {

	/**
	 * Returns what is known about the instance.
	 * @return the same object for each request
	 */
	Instance instance();

	/**
	 * Sends a request to this instance.
	 * @param request the request, which is not changed
	 * @param options how it is sent
	 * @param transport sends it
	 * @return the response
	 * @throws RequestException if there is no response
	 */
	Response send(PreparedRequest request, SendOptions options, Adapter transport);

}
