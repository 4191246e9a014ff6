package io.github.requests4j.spring.loadbalancer;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.Request;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.spring.internal.balancing.Choice;
import io.github.requests4j.spring.internal.balancing.Destination;
import io.github.requests4j.spring.internal.balancing.Destinations;
import io.github.requests4j.spring.internal.balancing.Instance;

/**
 * The instances of one service that Spring Cloud knows. Responses have the URL with the
 * name of the service, so that cookies, auth and redirects do not depend on the instance.
 * Thread-safe.
 */
final class ServiceInstances implements Destinations {

	/**
	 * The maximum number of requests to the application's own balancer for an instance
	 * that was not tried yet.
	 */
	private static final int MAX_CHOICES = 16;

	/** More than this many instances that are gone are forgotten. */
	private static final int MAX_GONE = 16;

	private final String service;

	private final LoadBalancerClient client;

	private final InstanceLists lists;

	private final Choice choice = new Choice();

	private final Map<String, Instance> known = new ConcurrentHashMap<>();

	ServiceInstances(String service, LoadBalancerClient client, InstanceLists lists) {
		this.service = service;
		this.client = client;
		this.lists = lists;
	}

	@Override
	public boolean serve(PreparedRequest request) {
		return true;
	}

	@Override
	public @Nullable Destination choose(PreparedRequest request, SendOptions options, Set<String> tried) {
		Request<?> described = this.lists.describe(this.service, request);
		InstanceLists.Listing listing = this.lists.list(this.service, described);
		return (listing != null) ? choose(listing, tried) : chooseByClient(described, tried);
	}

	private @Nullable Destination choose(InstanceLists.Listing listing, Set<String> tried) {
		if (listing.instances().isEmpty()) {
			throw noInstances();
		}
		List<Listed> all = listing.instances().stream().map(this::listed).toList();
		if (this.known.size() > all.size() + MAX_GONE) {
			Set<String> names = new HashSet<>();
			all.forEach((listed) -> names.add(listed.instance().name()));
			this.known.keySet().retainAll(names);
		}
		Listed chosen = this.choice.choose(all, tried);
		if (chosen != null) {
			listing.selected(chosen.listed);
		}
		return chosen;
	}

	private @Nullable Destination chooseByClient(Request<?> described, Set<String> tried) {
		for (int i = 0; i < MAX_CHOICES; i++) {
			@Nullable ServiceInstance instance = this.client.choose(this.service, described);
			if (instance == null) {
				throw noInstances();
			}
			Listed chosen = listed(instance);
			if (!tried.contains(chosen.instance().name())) {
				return chosen;
			}
		}
		return null;
	}

	private ConnectionException noInstances() {
		return new ConnectionException("The load balancer has no instances of the service '" + this.service
				+ "'. Check the service discovery, or spring.cloud.discovery.client.simple.instances." + this.service
				+ ".");
	}

	private Listed listed(ServiceInstance instance) {
		String name = instance.getHost() + ":" + instance.getPort();
		Instance seen = this.known.get(name);
		return new Listed(instance, (seen != null) ? seen : this.known.computeIfAbsent(name, Instance::new));
	}

	@Override
	public Collection<Instance> instances() {
		return this.known.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
	}

	@Override
	public String toString() {
		return this.service;
	}

	/**
	 * An instance in a list.
	 */
	private final class Listed implements Destination {

		private final ServiceInstance listed;

		private final Instance instance;

		Listed(ServiceInstance listed, Instance instance) {
			this.listed = listed;
			this.instance = instance;
		}

		@Override
		public Instance instance() {
			return this.instance;
		}

		/** Sends a request. The balancer records it in its own statistics. */
		@Override
		public Response send(PreparedRequest request, SendOptions options, Adapter transport) {
			PreparedRequest copy = request.copy();
			copy.url(origin() + request.pathUrl());
			Response response;
			try {
				response = ServiceInstances.this.client.execute(ServiceInstances.this.service, this.listed,
						(chosen) -> transport.send(copy, options));
			}
			catch (IOException ex) {
				throw new ConnectionException(
						"The load balancer failed for the service '" + ServiceInstances.this.service + "'.", ex)
					.attach(request, null);
			}
			response.request(request);
			return response;
		}

		private String origin() {
			return (this.listed.isSecure() ? "https://" : "http://") + IpAddress.withBrackets(this.listed.getHost())
					+ ":" + this.listed.getPort();
		}

	}

}
