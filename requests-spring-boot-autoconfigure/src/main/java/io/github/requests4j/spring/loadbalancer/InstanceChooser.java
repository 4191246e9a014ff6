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
 * Chooses instances of one service, and sends hops to them. Thread-safe.
 */
final class InstanceChooser {

	/**
	 * The maximum number of requests to the balancer for an instance that was not tried
	 * yet.
	 */
	private static final int MAX_CHOICES = 16;

	private final String service;

	private final LoadBalancerClient client;

	InstanceChooser(String service, LoadBalancerClient client) {
		this.service = service;
		this.client = client;
	}

	/**
	 * Chooses an instance that was not tried yet.
	 * @param tried the instances that were already tried, by {@link #nameOf}
	 * @return the instance, or {@code null} if none is left
	 * @throws ConnectionException if the service has no instances
	 */
	@Nullable ServiceInstance choose(Set<String> tried) {
		for (int i = 0; i < MAX_CHOICES; i++) {
			@Nullable ServiceInstance instance = this.client.choose(this.service);
			if (instance == null) {
				throw new ConnectionException("The load balancer has no instances of the service '" + this.service
						+ "'. Check the service discovery, or spring.cloud.discovery.client.simple.instances."
						+ this.service + ".");
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

	/** Sends a hop to an instance. The balancer records it in its own statistics. */
	Response send(ServiceInstance instance, Adapter transport, PreparedRequest request, SendOptions options) {
		PreparedRequest copy = request.copy();
		copy.url(origin(instance) + request.pathUrl());
		try {
			return this.client.execute(this.service, instance, (chosen) -> transport.send(copy, options));
		}
		catch (IOException ex) {
			throw new ConnectionException("The load balancer failed for the service '" + this.service + "'.", ex)
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
