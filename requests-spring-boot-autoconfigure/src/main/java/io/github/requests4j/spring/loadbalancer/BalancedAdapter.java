package io.github.requests4j.spring.loadbalancer;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Sends each hop to an instance of a service. Responses belong to the URL with the
 * service's name, so that cookies, auth and redirects do not depend on the instance. Safe
 * for many threads.
 */
final class BalancedAdapter implements Adapter {

	private final InstanceChooser instances;

	private final Adapter transport;

	private final Retry policy;

	BalancedAdapter(InstanceChooser instances, Adapter transport, Retry policy) {
		this.instances = instances;
		this.transport = transport;
		this.policy = policy;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		try {
			return new BalancedHop(this.instances, this.transport, this.policy, request, options).run();
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			throw ex;
		}
	}

	@Override
	public Adapter delegate() {
		return this.transport;
	}

	/** The transport is mounted, and closed, by itself. */
	@Override
	public void close() {
	}

	@Override
	public String toString() {
		return "BalancedAdapter[" + this.instances + "]";
	}

}
