package io.github.requests4j.spring;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;

import io.github.requests4j.Session;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions work without any of the optional libraries.
 */
class AbsentClassesTests {

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "io.micrometer.core", "io.micrometer.observation",
			"org.springframework.boot.micrometer", "org.springframework.boot.actuate",
			"org.springframework.boot.actuate.autoconfigure", "org.springframework.boot.health",
			"org.springframework.boot.jackson", "org.springframework.boot.http", "org.springframework.boot.restclient",
			"io.github.resilience4j", "org.springframework.boot.security", "org.springframework.security",
			"io.micrometer.context", "com.github.benmanes", "org.springframework.data", "org.springframework.boot.data",
			"io.lettuce", "io.github.bucket4j", "org.springframework.cloud" })
	void sessionsWorkWithout(String packageName) throws Exception {
		try (MockWebServer server = new MockWebServer()) {
			server.start();
			server.enqueue(new MockResponse.Builder().body("{\"name\":\"tea\"}").build());
			new ApplicationContextRunner().withUserConfiguration(Application.class)
				.withClassLoader(new FilteredClassLoader(packageName + "."))
				.withPropertyValues("requests.sessions.shop.base-url=" + server.url("/"),
						"management.endpoints.web.exposure.include=*", "management.metrics.use-global-registry=false")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					assertThat(context.getBean(Session.class).get("/").json(Item.class)).isEqualTo(new Item("tea"));
					assertThat(context.containsBean("requestsEndpoint")).isEqualTo(!packageName.contains("actuate"));
					assertThat(context.containsBean("requestsHealthIndicator"))
						.isEqualTo(!packageName.contains("health"));
					assertThat(context.containsBean("requestsRefreshListener"))
						.isEqualTo(!packageName.contains("cloud"));
				});
		}
	}

	record Item(String name) {
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Ours.class)
	static class Application {

	}

	/** Named, not loaded, as Spring Boot itself finds them. */
	static class Ours implements DeferredImportSelector {

		@Override
		public String[] selectImports(AnnotationMetadata importing) {
			return ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
				.getCandidates()
				.stream()
				.filter((name) -> name.startsWith("io.github.requests4j."))
				.toArray(String[]::new);
		}

	}

}
