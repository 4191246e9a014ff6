package io.github.requests4j.spring.session;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;

/**
 * Creates the adapters of sessions whose base URL is {@code lb://service}. A bean of this
 * type is auto-configured with Spring Cloud LoadBalancer. Declare your own bean to choose
 * instances in another way.
 */
@FunctionalInterface
public interface ServiceBalancer {

	/**
	 * Returns the adapter that sends each hop to an instance of a service.
	 * @param service the name of the service, which is the host of the URLs
	 * @param transport sends the hops; it does not retry and is closed by the session
	 * @param retry the policy for sending a hop again, to another instance
	 * @return the adapter
	 */
	Adapter balance(String service, Adapter transport, Retry retry);

}
