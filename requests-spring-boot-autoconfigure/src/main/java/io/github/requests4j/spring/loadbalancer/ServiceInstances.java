package io.github.requests4j.spring.loadbalancer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

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

	/** The interval between searches for removed instances, in nanoseconds. */
	private static final long SWEEP = TimeUnit.MINUTES.toNanos(1);

	private final String service;

	private final LoadBalancerClient client;

	private final InstanceLists lists;

	private final Choice choice = new Choice();

	private final Map<String, Instance> known = new ConcurrentHashMap<>();

	private final LongSupplier clock;

	private final AtomicLong swept;

	ServiceInstances(String service, LoadBalancerClient client, InstanceLists lists) {
		this(service, client, lists, System::nanoTime);
	}

	ServiceInstances(String service, LoadBalancerClient client, InstanceLists lists, LongSupplier clock) {
		this.service = service;
		this.client = client;
		this.lists = lists;
		this.clock = clock;
		this.swept = new AtomicLong(clock.getAsLong());
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
		forgetGone(all);
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
			forgetGone(List.of(chosen));
			if (!tried.contains(chosen.instance().name())) {
				return chosen;
			}
		}
		return null;
	}

	/**
	 * Forgets instances that are not listed and have not been used for a long time. A
	 * list may only be valid for one request, for example because of a hint or a sticky
	 * cookie, so a missing instance may still exist.
	 */
	private void forgetGone(List<Listed> listed) {
		long now = this.clock.getAsLong();
		long last = this.swept.get();
		if (now - last < SWEEP || !this.swept.compareAndSet(last, now)) {
			return;
		}
		Set<Instance> current = listed.stream().map(Listed::instance).collect(Collectors.toSet());
		this.known.values().removeIf((instance) -> instance.isUnused() && !current.contains(instance));
	}

	private ConnectionException noInstances() {
		return new ConnectionException("The load balancer has no instances of the service '" + this.service
				+ "'. Check the service discovery, or spring.cloud.discovery.client.simple.instances." + this.service
				+ ".");
	}

	private Listed listed(ServiceInstance instance) {
		String name = instance.getHost() + ":" + instance.getPort();
		Instance seen = this.known.get(name);
		return new Listed(instance, (seen != null) ? seen : this.known.computeIfAbsent(name, this::unknown));
	}

	private Instance unknown(String name) {
		return new Instance(name, this.clock);
	}

	@Override
	public Collection<Instance> instances() {
		return this.known.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).toList();
	}

	@Override
	public void adopt(Collection<Instance> all) {
		all.forEach((instance) -> this.known.put(instance.name(), instance));
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
