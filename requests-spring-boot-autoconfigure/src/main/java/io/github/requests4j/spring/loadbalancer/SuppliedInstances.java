package io.github.requests4j.spring.loadbalancer;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerProperties;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.SelectedInstanceCallback;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;

/**
 * Lists the instances that the supplier of Spring Cloud LoadBalancer selects by zone,
 * health, hint and so on. Only Spring Cloud's round robin is replaced. A balancer of
 * another type belongs to the application and makes the choice. Thread-safe.
 */
final class SuppliedInstances extends InstanceLists {

	private final LoadBalancerClientFactory factory;

	SuppliedInstances(LoadBalancerClientFactory factory) {
		this.factory = factory;
	}

	@Override
	String hint(String service) {
		LoadBalancerProperties properties = this.factory.getProperties(service);
		if (properties == null) {
			return super.hint(service);
		}
		String general = properties.getHint().getOrDefault("default", super.hint(service));
		return properties.getHint().getOrDefault(service, general);
	}

	@Override
	@Nullable Listing list(String service, Request<?> request) {
		Object balancer = this.factory.getInstance(service);
		if (balancer == null || balancer.getClass() != RoundRobinLoadBalancer.class) {
			return null;
		}
		ServiceInstanceListSupplier supplier = this.factory.getInstance(service, ServiceInstanceListSupplier.class);
		if (supplier == null) {
			return null;
		}
		List<ServiceInstance> instances = supplier.get(request).next().block();
		return new Supplied((instances != null) ? instances : List.of(), supplier);
	}

	/**
	 * A list, and the supplier that may record the chosen instance.
	 */
	private static final class Supplied extends Listing {

		private final ServiceInstanceListSupplier supplier;

		Supplied(List<ServiceInstance> instances, ServiceInstanceListSupplier supplier) {
			super(instances);
			this.supplier = supplier;
		}

		@Override
		void selected(ServiceInstance instance) {
			if (this.supplier instanceof SelectedInstanceCallback callback) {
				callback.selectedServiceInstance(instance);
			}
		}

	}

}
