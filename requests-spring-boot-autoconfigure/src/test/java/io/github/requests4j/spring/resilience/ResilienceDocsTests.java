package io.github.requests4j.spring.resilience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.concurrency.RequestsConcurrencyAutoConfiguration;
import io.github.requests4j.spring.deadline.RequestsDeadlineAutoConfiguration;
import io.github.requests4j.spring.loadbalancer.RequestsLoadBalancerAutoConfiguration;
import io.github.requests4j.spring.oauth2.RequestsOAuth2AutoConfiguration;
import io.github.requests4j.spring.rate.RequestsRateAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of docs/resilience.md, here and in the sample.
 */
class ResilienceDocsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("^```(yaml|java)\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Path TESTS = ROOT.resolve("requests-spring-boot-autoconfigure/src/test");

	@Test
	void snippetsComeFromSources() {
		List<String> sources = List.of(read(TESTS.resolve("resources/resilience.yml")),
				read(TESTS.resolve("resources/resilience-recipes.yml")),
				read(ROOT.resolve("sample-app/src/main/resources/application.yml")),
				read(TESTS.resolve("java/io/github/requests4j/spring/resilience/ResilienceDocsTests.java")),
				read(TESTS.resolve("java/io/github/requests4j/spring/resilience/AnnotatedClientsTests.java")));
		List<String> snippets = FENCE.matcher(read(ROOT.resolve("docs/resilience.md")))
			.results()
			.map((fence) -> fence.group(2))
			.toList();
		assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
		assertThat(snippets).allSatisfy((snippet) -> assertThat(sources).as(snippet)
			.anyMatch((source) -> unindented(source).contains(unindented(snippet))));
	}

	@Test
	void allExamplesWorkTogether() {
		CountingServer tokens = new CountingServer((request) -> Answer.json(200,
				"{\"access_token\":\"t1\",\"token_type\":\"Bearer\",\"expires_in\":600}"));
		CountingServer first = CountingServer.answering(503);
		CountingServer second = CountingServer.answering(200);
		try (tokens; first; second) {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(UtilAutoConfiguration.class, SimpleDiscoveryClientAutoConfiguration.class,
								CompositeDiscoveryClientAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
								BlockingLoadBalancerClientAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
								CircuitBreakerAutoConfiguration.class, RetryAutoConfiguration.class,
								RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
				.withConfiguration(AutoConfigurations.of(RequestsOAuth2AutoConfiguration.class,
						RequestsLoadBalancerAutoConfiguration.class, RequestsAutoConfiguration.class,
						DefaultSessionAutoConfiguration.class, RequestsResilienceAutoConfiguration.class))
				.withPropertyValues("orders.secret=s", "orders.token-uri=" + tokens.url() + "/token",
						"orders.first=" + first.url(), "orders.second=" + second.url())
				.withInitializer(
						(context) -> yaml("resilience").forEach(context.getEnvironment().getPropertySources()::addLast))
				.run((context) -> {
					Session session = context.getBean(Session.class);
					assertThat(session.interceptors())
						.extracting((interceptor) -> interceptor.getClass().getSimpleName())
						.containsExactly("CallsInFlight", "RetryStep", "BreakerStep", "LimiterStep", "BulkheadStep");
					for (int i = 0; i < 4; i++) {
						assertThat(session.get("items").statusCode()).isEqualTo(200);
					}
					assertThat(first.accepted()).isPositive();
					assertThat(second.requests()).hasSize(4).allSatisfy((request) -> {
						assertThat(request.target()).isEqualTo("/v1/items");
						assertThat(request.headers()).containsEntry("Authorization", "Bearer t1");
					});
					assertThat(tokens.accepted()).isEqualTo(1);
					context.getBean(CircuitBreakerRegistry.class).circuitBreaker("orders").transitionToOpenState();
					assertThat(stock(session)).isEqualTo("unknown, orders is unavailable");
				});
		}
	}

	@Test
	void recipesStart() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
					RetryAutoConfiguration.class, RateLimiterAutoConfiguration.class, BulkheadAutoConfiguration.class))
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsResilienceAutoConfiguration.class, RequestsRateAutoConfiguration.class,
					RequestsConcurrencyAutoConfiguration.class, RequestsDeadlineAutoConfiguration.class))
			.withInitializer((context) -> yaml("resilience-recipes")
				.forEach(context.getEnvironment().getPropertySources()::addLast))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeansOfType(Session.class)).hasSize(3).allSatisfy((name, session) -> {
					assertThat(session.adapters()).isNotEmpty();
					assertThat(session.name()).isIn("inventory", "partner", "crm");
				});
			});
	}

	private static String stock(Session session) {
		try {
			return session.get("stock").raiseForStatus().text();
		}
		catch (ConnectionException ex) {
			if (ex.getCause() instanceof CallNotPermittedException) {
				return "unknown, orders is unavailable";
			}
			throw ex;
		}
	}

	private static List<PropertySource<?>> yaml(String name) {
		try {
			return new YamlPropertySourceLoader().load(name, new ClassPathResource(name + ".yml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String unindented(String text) {
		return text.replaceAll("(?m)^\\s+", "");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
