package io.github.requests4j.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * An interface client of requests4j's starter, in an application of its own.
 */
final class InterfaceClient implements Client {

	private final ConfigurableApplicationContext context;

	private final Api api;

	InterfaceClient(Setup setup, boolean observed) {
		List<String> properties = new ArrayList<>(List.of("spring.main.banner-mode=off", "logging.level.root=warn",
				"requests.sessions.s.base-url=" + setup.base(), "requests.sessions.s.verify=" + setup.authority(),
				"requests.sessions.s.adapter.pool-maxsize=" + setup.connections()));
		this.context = new SpringApplicationBuilder(observed ? Observed.class : Bare.class).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run();
		this.api = this.context.getBean(Api.class);
	}

	@Override
	public int get(String url) {
		return BenchmarkApi.get(this.api, url).length;
	}

	@Override
	public Order post(String url, Order order) {
		return this.api.echo(order);
	}

	@Override
	public long download(String url) {
		return BenchmarkApi.get(this.api, url).length;
	}

	@Override
	public void close() {
		SpringApplication.exit(this.context);
	}

	@RequestsClient("s")
	interface Api extends BenchmarkApi {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
			ObservationAutoConfiguration.class })
	@EnableRequestsClients(clients = Api.class)
	static class Bare {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = Api.class)
	static class Observed {

	}

}
