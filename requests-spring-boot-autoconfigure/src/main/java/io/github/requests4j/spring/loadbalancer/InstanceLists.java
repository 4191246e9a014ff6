package io.github.requests4j.spring.loadbalancer;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;

import io.github.requests4j.http.PreparedRequest;

/**
 * Lists the instances of services. This base class has no lists, so the load balancer of
 * the application chooses. Thread-safe.
 */
class InstanceLists {

	/**
	 * Returns the description of a request for the load balancer.
	 * @param service the name of the service
	 * @param request the request
	 */
	Request<?> describe(String service, PreparedRequest request) {
		return new DefaultRequest<>(new RequestDataContext(RequestDescription.of(request), hint(service)));
	}

	/** Returns the configured hint for a service. */
	String hint(String service) {
		return "default";
	}

	/**
	 * Returns the instances that a request may be sent to.
	 * @return the instances, or {@code null} if the application has its own load
	 * balancer, which must choose
	 */
	@Nullable Listing list(String service, Request<?> request) {
		return null;
	}

	/**
	 * The instances for one request.
	 */
	static class Listing {

		private final List<ServiceInstance> instances;

		Listing(List<ServiceInstance> instances) {
			this.instances = Objects.requireNonNull(instances);
		}

		List<ServiceInstance> instances() {
			return this.instances;
		}

		/** Called with the instance that was chosen. */
		void selected(ServiceInstance instance) {
		}

	}

}
