package io.github.requests4j.spring.loadbalancer;

import java.io.IOException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Chooses instances of one service, and sends hops to them. Safe for many threads.
 */
final class InstanceChooser {

	/** How often the balancer is asked for an instance that was not tried yet. */
	private static final int MOST_LOOKS = 16;

	private final String service;

	private final LoadBalancerClient client;

	InstanceChooser(String service, LoadBalancerClient client) {
		this.service = service;
		this.client = client;
	}

	/**
	 * Chooses an instance.
	 * @param tried what was tried already, by {@link #nameOf}
	 * @return an instance that was not tried, or {@code null} if there is none left
	 * @throws ConnectionException if no instance is known at all
	 */
	@Nullable ServiceInstance choose(Set<String> tried) {
		for (int i = 0; i < MOST_LOOKS; i++) {
			@Nullable ServiceInstance instance = this.client.choose(this.service);
			if (instance == null) {
				throw new ConnectionException("The load balancer knows no instance of the service '" + this.service
						+ "'. Check the discovery, or spring.cloud.discovery.client.simple.instances." + this.service);
			}
			if (!tried.contains(nameOf(instance))) {
				return instance;
			}
		}
		return null;
	}

	static String nameOf(ServiceInstance instance) {
		return instance.getHost() + ":" + instance.getPort();
	}

	/** Sends a hop to an instance; the balancer's own statistics take part. */
	Response send(ServiceInstance instance, Adapter transport, PreparedRequest request, SendOptions options) {
		PreparedRequest copy = request.copy();
		copy.url(origin(instance) + request.pathUrl());
		try {
			return this.client.execute(this.service, instance, (chosen) -> transport.send(copy, options));
		}
		catch (IOException ex) {
			throw new ConnectionException("The load balancer failed for the service '" + this.service + "'", ex)
				.attach(request, null);
		}
	}

	private static String origin(ServiceInstance instance) {
		return (instance.isSecure() ? "https://" : "http://") + IpAddress.withBrackets(instance.getHost()) + ":"
				+ instance.getPort();
	}

	@Override
	public String toString() {
		return this.service;
	}

}
