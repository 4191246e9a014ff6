package io.github.requests4j.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * An interface client of requests4j's starter in a separate application.
 */
final class InterfaceClient implements Client {

	private final ConfigurableApplicationContext context;

	private final Api api;

	private InterfaceClient(Class<?> application, Setup setup, String... more) {
		List<String> properties = new ArrayList<>(List.of("spring.main.banner-mode=off", "logging.level.root=warn",
				"requests.sessions.s.base-url=" + setup.base(),
				"requests.sessions.s.verify=" + (setup.isSecure() ? setup.authority() : "true"),
				"requests.sessions.s.adapter.pool-maxsize=" + setup.connections(),
				"requests.sessions.s.adapter.pool-block=" + setup.shared()));
		properties.addAll(List.of(more));
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties(properties.toArray(String[]::new))
			.run();
		this.api = this.context.getBean(Api.class);
	}

	static InterfaceClient bare(Setup setup) {
		return new InterfaceClient(Bare.class, setup);
	}

	static InterfaceClient observed(Setup setup) {
		return new InterfaceClient(Observed.class, setup);
	}

	static InterfaceClient phases(Setup setup) {
		return new InterfaceClient(Observed.class, setup, "requests.observation.phases=true");
	}

	/** The output is thrown away: how long a disk takes is not the question. */
	static InterfaceClient logged(Setup setup) {
		return new InterfaceClient(Bare.class, setup, "requests.sessions.s.logging.level=basic",
				"logging.level.io.github.requests4j.wire=info", "logging.threshold.console=off",
				"logging.file.name=/dev/null");
	}

	static InterfaceClient fields(Setup setup) {
		return new InterfaceClient(Bare.class, setup, "requests.sessions.s.logging.level=basic",
				"requests.sessions.s.logging.format=fields", "logging.level.io.github.requests4j.wire=info",
				"logging.threshold.console=off", "logging.file.name=/dev/null", "logging.structured.format.file=ecs");
	}

	static InterfaceClient resilient(Setup setup) {
		return new InterfaceClient(Bare.class, setup, "requests.sessions.s.resilience.circuit-breaker=s",
				"requests.sessions.s.resilience.retry=s",
				"resilience4j.circuitbreaker.instances.s.sliding-window-size=100",
				"resilience4j.retry.instances.s.max-attempts=3");
	}

	@Override
	public int get(String url) {
		return BenchmarkApi.get(this.api, url).length;
	}

	@Override
	public int get(String url, Map<String, String> headers) {
		return this.api.headers(headers).length;
	}

	@Override
	public Order post(String url, Order order) {
		return this.api.echo(order);
	}

	@Override
	public long download(String url) throws IOException {
		try (InputStream body = this.api.big()) {
			return Client.drain(body);
		}
	}

	@Override
	public void close() {
		SpringApplication.exit(this.context);
	}

	@RequestsClient("s")
	interface Api extends BenchmarkApi {

		@GetExchange("/big")
		InputStream big();

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
