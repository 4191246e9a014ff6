package io.github.requests4j.benchmarks.compare;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * The program of a new virtual machine with a small Spring Boot application and one
 * interface client, which uses this project's starter or Spring's RestClient. It prints
 * the start time of its context in milliseconds.
 */
final class ContextStart {

	private ContextStart() {
	}

	/**
	 * Runs the program.
	 * @param args {@code requests4j} or {@code RestClient}
	 */
	public static void main(String[] args) {
		boolean ours = args[0].equals("requests4j");
		long begin = System.nanoTime();
		ConfigurableApplicationContext context = new SpringApplicationBuilder(
				ours ? OverSession.class : OverRestClient.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn",
					"requests.sessions.s.base-url=http://127.0.0.1:1",
					"spring.http.serviceclient.s.base-url=http://127.0.0.1:1")
			.run();
		Class<?> client = ours ? SessionApi.class : BenchmarkApi.class;
		context.getBeansOfType(client);
		Output.line((System.nanoTime() - begin) / 1_000_000.0);
		context.close();
	}

	@RequestsClient("s")
	interface SessionApi extends BenchmarkApi {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRequestsClients(clients = SessionApi.class)
	static class OverSession {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "s", types = BenchmarkApi.class)
	static class OverRestClient {

	}

}
