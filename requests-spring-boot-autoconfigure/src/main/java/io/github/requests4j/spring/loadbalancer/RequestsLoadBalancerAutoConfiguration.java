package io.github.requests4j.spring.loadbalancer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.context.annotation.Bean;

import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.ServiceBalancer;

/**
 * Enables base URLs of sessions with the names of services, using Spring Cloud
 * LoadBalancer.
 */
@AutoConfiguration(before = RequestsAutoConfiguration.class,
		afterName = "org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration")
@ConditionalOnClass(LoadBalancerClient.class)
public final class RequestsLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnBean(LoadBalancerClient.class)
	@ConditionalOnMissingBean(ServiceBalancer.class)
	ServiceBalancer requestsServiceBalancer(LoadBalancerClient client) {
		return (service, transport, retry) -> new BalancedAdapter(new InstanceChooser(service, client), transport,
				retry);
	}

}
