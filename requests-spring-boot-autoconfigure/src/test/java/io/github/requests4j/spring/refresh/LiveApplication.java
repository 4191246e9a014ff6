package io.github.requests4j.spring.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadRefreshScopedRegistryAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerRefreshScopedRegistryAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterRefreshScopedRegistryAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryRefreshScopedRegistryAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.requests4j.Session;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionBeanNames;
import io.github.requests4j.spring.management.RequestsManagementAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.restclient.RequestsRestClientAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose configuration file changes while it runs, with the refresh of
 * Spring Cloud.
 */
final class LiveApplication implements AutoCloseable {

	private final Path file;

	private final ConfigurableApplicationContext context;

	LiveApplication(Path folder, String yaml, Class<?>... configurations) {
		this.file = folder.resolve("application.yml");
		write(yaml);
		this.context = new SpringApplicationBuilder(
				Stream.concat(Stream.of(Configuration.class), Stream.of(configurations)).toArray(Class<?>[]::new))
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "management.endpoints.web.exposure.include=*",
					"management.endpoints.jmx.exposure.include=*")
			.run("--spring.config.location=" + this.file.toUri());
	}

	private void write(String yaml) {
		try {
			Files.writeString(this.file, yaml);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Changes the file and refreshes, as {@code /actuator/refresh} does. */
	void refresh(String yaml) {
		write(yaml);
		bean(ContextRefresher.class).refresh();
	}

	/** Refreshes with settings that are valid. */
	void apply(String yaml) {
		refresh(yaml);
		assertThat(report().error()).isNull();
	}

	Session session(String name) {
		return this.context.getBean(SessionBeanNames.of(name), Session.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	RefreshReport report() {
		return Objects.requireNonNull(bean(RefreshReport.Last.class).get());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration({ SslAutoConfiguration.class, RefreshAutoConfiguration.class,
			ConfigurationPropertiesRebinderAutoConfiguration.class, CircuitBreakerAutoConfiguration.class,
			CircuitBreakerRefreshScopedRegistryAutoConfiguration.class, RetryAutoConfiguration.class,
			RetryRefreshScopedRegistryAutoConfiguration.class, RateLimiterAutoConfiguration.class,
			RateLimiterRefreshScopedRegistryAutoConfiguration.class, BulkheadAutoConfiguration.class,
			BulkheadRefreshScopedRegistryAutoConfiguration.class, RequestsAutoConfiguration.class,
			DefaultSessionAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
			RequestsRestClientAutoConfiguration.class, RequestsResilienceAutoConfiguration.class,
			RequestsRefreshAutoConfiguration.class, RequestsManagementAutoConfiguration.class })
	static class Configuration {

	}

}
