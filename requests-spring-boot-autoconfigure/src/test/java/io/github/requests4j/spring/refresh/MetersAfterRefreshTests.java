package io.github.requests4j.spring.refresh;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.Session;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.concurrency.RequestsConcurrencyAutoConfiguration;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.rate.RequestsRateAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of sessions whose settings change while the application runs.
 */
@ExtendWith(MockServers.class)
class MetersAfterRefreshTests {

	private final MockWebServer server = new MockWebServer();

	@TempDir
	Path folder;

	@BeforeEach
	void answerLate() {
		this.server.setDispatcher(new Dispatcher() {
			@Override
			public MockResponse dispatch(RecordedRequest request) {
				return new MockResponse.Builder().headersDelay(200, TimeUnit.MILLISECONDS).build();
			}
		});
	}

	private String yaml(String settings) {
		return """
				requests:
				  sessions:
				    s:
				""" + settings.replace("SERVER", "http://localhost:" + this.server.getPort()).indent(6);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			value = { "`{base-url: SERVER, hedge: 1m}`, requests.hedges",
					"`{base-url: SERVER, rate: 100/s}`, requests.rate.waits",
					"`{base-url: SERVER, concurrency: 5}`, requests.concurrency.limit",
					"`{base-url: SERVER, cache: 1MB}`, cache.gets",
					"`{base-url: [SERVER, \"http://127.0.0.1:1\"]}`, requests.balancer.instances" })
	void featureThatARefreshAddsHasMeters(String settings, String meter) {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("base-url: SERVER"), Metrics.class)) {
			SimpleMeterRegistry registry = application.bean(SimpleMeterRegistry.class);
			application.session("s").get("/");
			assertThat(registry.find(meter).meters()).isEmpty();
			application.apply(yaml(settings));
			assertThat(registry.find(meter).tag("session", "s").meters().size()
					+ registry.find(meter).tag("cache", "s").meters().size())
				.isPositive();
		}
	}

	@Test
	void hedgesOfReplacedTransportsStayCounted() {
		String hedged = "base-url: SERVER\nhedge: 1ms\n";
		try (LiveApplication application = new LiveApplication(this.folder, yaml(hedged), Metrics.class)) {
			Session session = application.session("s");
			session.get("/");
			double before = hedges(application);
			assertThat(before).isPositive();
			application.apply(yaml(hedged + "adapter: {pool-maxsize: 3}"));
			assertThat(hedges(application)).isEqualTo(before);
			session.get("/");
			assertThat(hedges(application)).isGreaterThan(before);
			application.apply(yaml(hedged + "read-timeout: 20s\nadapter: {pool-maxsize: 3}"));
			double kept = hedges(application);
			application.apply(yaml("base-url: SERVER\nhedge: off"));
			assertThat(hedges(application)).isEqualTo(kept);
		}
	}

	private static double hedges(LiveApplication application) {
		return application.bean(SimpleMeterRegistry.class).get("requests.hedges").functionCounter().count();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ RequestsObservationAutoConfiguration.class, RequestsRateAutoConfiguration.class,
			RequestsConcurrencyAutoConfiguration.class })
	static class Metrics {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

}
