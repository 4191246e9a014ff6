package io.github.requests4j.spring.session;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;

/**
 * Makes the adapters of sessions whose base URL is {@code lb://service}. There is a bean
 * of this type when Spring Cloud LoadBalancer is set up; declare another one to choose
 * instances in another way.
 */
@FunctionalInterface
public interface ServiceBalancer {

	/**
	 * Makes the adapter that sends each hop to an instance of a service.
	 * @param service the name of the service, which is the host of the URLs
	 * @param transport carries the hops; retries nothing and is closed by the session
	 * @param retry how often a hop is repeated, on another instance
	 * @return the adapter
	 */
	Adapter balance(String service, Adapter transport, Retry retry);

}
