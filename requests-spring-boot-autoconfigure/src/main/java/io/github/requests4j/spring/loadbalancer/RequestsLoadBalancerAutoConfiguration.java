package io.github.requests4j.spring.loadbalancer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.blocking.client.BlockingLoadBalancerClient;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.spring.internal.balancing.BalancedAdapter;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.ServiceBalancer;

/**
 * Enables base URLs that name a service, such as {@code lb://orders}, with Spring Cloud
 * LoadBalancer.
 */
@AutoConfiguration(before = RequestsAutoConfiguration.class,
		afterName = "org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration")
@ConditionalOnClass(LoadBalancerClient.class)
public final class RequestsLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnBean(LoadBalancerClient.class)
	@ConditionalOnMissingBean(ServiceBalancer.class)
	ServiceBalancer requestsServiceBalancer(LoadBalancerClient client, ObjectProvider<InstanceLists> lists) {
		InstanceLists used = lists.getIfAvailable(InstanceLists::new);
		return (service, transport, retry) -> new BalancedAdapter(new ServiceInstances(service, client, used),
				transport, retry);
	}

	/**
	 * Lists instances, unless the application has its own load balancer client.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(BlockingLoadBalancerClient.class)
	static final class SuppliedInstancesConfiguration {

		@Bean
		@ConditionalOnBean({ LoadBalancerClientFactory.class, LoadBalancerClient.class })
		InstanceLists requestsInstanceLists(LoadBalancerClientFactory factory, LoadBalancerClient client) {
			return (client instanceof BlockingLoadBalancerClient) ? new SuppliedInstances(factory)
					: new InstanceLists();
		}

	}

}
