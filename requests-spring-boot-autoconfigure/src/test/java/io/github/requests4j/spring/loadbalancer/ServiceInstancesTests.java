package io.github.requests4j.spring.loadbalancer;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.Request;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.spring.internal.balancing.Destination;
import io.github.requests4j.spring.internal.balancing.Instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Which instances of a service are known, with a clock of their own.
 */
class ServiceInstancesTests {

	private final LoadBalancerClient client = mock();

	private long now;

	private @Nullable List<ServiceInstance> listed;

	private final ServiceInstances instances = new ServiceInstances("orders", this.client, new InstanceLists() {

		@Override
		@Nullable Listing list(String service, Request<?> request) {
			List<ServiceInstance> current = ServiceInstancesTests.this.listed;
			return (current != null) ? new Listing(current) : null;
		}

	}, () -> this.now);

	private static ServiceInstance instance(int number) {
		return new DefaultServiceInstance("orders-" + number, "orders", "10.0.0." + number, 8080, false);
	}

	private static List<ServiceInstance> instances(int from, int to) {
		return IntStream.range(from, to).mapToObj(ServiceInstancesTests::instance).toList();
	}

	private Instance choose() {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod("GET");
		request.prepareUrl("http://orders/items", null);
		Destination chosen = this.instances.choose(request, SendOptions.DEFAULTS, Set.of());
		assertThat(chosen).isNotNull();
		return chosen.instance();
	}

	@Test
	void listOfOneRequestDoesNotForgetTheOtherInstances() {
		this.listed = instances(0, 40);
		Instance first = choose();
		for (int i = 0; i < 5; i++) {
			this.now += TimeUnit.MINUTES.toNanos(1);
			this.listed = instances(39, 40);
			choose();
		}
		assertThat(this.instances.instances()).hasSize(40).contains(first);
	}

	@Test
	void instancesThatAreGoneAreForgotten() {
		this.listed = instances(0, 3);
		choose();
		this.now += TimeUnit.MINUTES.toNanos(10);
		this.listed = instances(2, 5);
		choose();
		assertThat(this.instances.instances()).extracting(Instance::name)
			.containsExactly("10.0.0.2:8080", "10.0.0.3:8080", "10.0.0.4:8080");
	}

	@Test
	void instancesThatABalancerOfTheApplicationChoseAreForgotten() {
		for (int i = 0; i < 100; i++) {
			given(this.client.choose(eq("orders"), any(Request.class))).willReturn(instance(i));
			choose();
			this.now += TimeUnit.MINUTES.toNanos(1);
		}
		assertThat(this.instances.instances()).hasSizeLessThan(15);
	}

}
