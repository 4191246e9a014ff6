package io.github.requests4j.spring.restclient;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import io.github.requests4j.Session;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans that {@code rest-client: true} makes.
 */
@ExtendWith(MockServers.class)
class RestClientBeansTests {

	private final MockWebServer server = new MockWebServer();

	private ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsRestClientAutoConfiguration.class, RequestsObservationAutoConfiguration.class,
					RestClientAutoConfiguration.class, RestClientObservationAutoConfiguration.class,
					HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
					JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
					ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
			.withPropertyValues("management.metrics.use-global-registry=false",
					"requests.sessions.shop.base-url=" + this.server.url("/v1"),
					"requests.sessions.shop.headers.X-Team=depot")
			.withPropertyValues(properties);
	}

	@Test
	void restClientIsNotConfiguredByDefault() {
		runner().run((context) -> {
			assertThat(context).hasSingleBean(Session.class).doesNotHaveBean(RestClient.class);
			assertThat(context.getBeanNamesForType(RestClientFactory.class)).isEmpty();
		});
	}

	@Test
	void restClientIsConfiguredOnRequest() {
		runner("requests.sessions.shop.rest-client=true", "requests.sessions.other.base-url=http://other.example")
			.withBean(Shop.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(RestClient.class).hasBean("shopRestClient");
				assertThat(get(context.getBean(Shop.class).client)).isEqualTo("tea");
				RecordedRequest request = this.server.takeRequest(10, TimeUnit.SECONDS);
				assertThat(request.getTarget()).isEqualTo("/v1/items/7?q=x");
				assertThat(request.getHeaders().get("X-Team")).isEqualTo("depot");
			});
	}

	@Test
	void sessionsCanOptOutOfTheDefault() {
		runner("requests.defaults.rest-client=true", "requests.sessions.other.base-url=http://other.example",
				"requests.sessions.mute.rest-client=false")
			.run((context) -> assertThat(context.getBeanNamesForType(RestClient.class))
				.containsExactlyInAnyOrder("shopRestClient", "otherRestClient"));
	}

	@Test
	void restClientOfThePrimarySessionIsPrimary() {
		runner("requests.defaults.rest-client=true", "requests.sessions.shop.primary=true",
				"requests.sessions.other.base-url=http://other.example")
			.run((context) -> assertThat(get(context.getBean(RestClient.class))).isEqualTo("tea"));
	}

	@Test
	void aBeanOfTheApplicationWithTheSameNameWins() {
		runner("requests.sessions.shop.rest-client=true").withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).hasSingleBean(RestClient.class)
				.getBean("shopRestClient")
				.isSameAs(context.getBean(Own.class).client));
	}

	@Test
	void sessionIsCreatedTogetherWithItsRestClient() {
		runner("requests.sessions.shop.rest-client=true").run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("shopSession")).isFalse();
			context.getBean(RestClient.class);
			assertThat(context.getBeanFactory().containsSingleton("shopSession")).isTrue();
		});
	}

	@Test
	void customizersAndConvertersOfTheApplicationApply() throws Exception {
		runner("requests.sessions.shop.rest-client=true").withUserConfiguration(Customized.class).run((context) -> {
			assertThat(post(context.getBean(RestClient.class))).isEqualTo("{\"full_name\":\"tea\"}");
			assertThat(this.server.takeRequest(10, TimeUnit.SECONDS).getHeaders().get("X-Custom")).isEqualTo("yes");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.restclient", "org.springframework.boot.http" })
	void restClientWorksWithoutOptionalModulesOfSpringBoot(String packageName) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsRestClientAutoConfiguration.class, JacksonAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(packageName + "."))
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/"),
					"requests.sessions.shop.rest-client=true")
			.run((context) -> assertThat(post(context.getBean(RestClient.class))).isEqualTo("{\"fullName\":\"tea\"}"));
	}

	@Test
	void convertersOfTheApplicationApplyWithoutABuilder() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsRestClientAutoConfiguration.class,
							JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
			.withUserConfiguration(SnakeCase.class)
			.withPropertyValues("requests.sessions.shop.base-url=" + this.server.url("/"),
					"requests.sessions.shop.rest-client=true")
			.run((context) -> assertThat(post(context.getBean(RestClient.class))).isEqualTo("{\"full_name\":\"tea\"}"));
	}

	@Test
	void eachExchangeIsObservedOnceWithItsUriTemplate() {
		runner("requests.sessions.shop.rest-client=true").run((context) -> {
			get(context.getBean(RestClient.class));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.find("http.client.requests").timers()).hasSize(1);
			assertThat(meters.get("http.client.requests")
				.tag("uri", "/v1/items/{id}")
				.tag("session", "shop")
				.tag("status", "200")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void credentialsOfABaseUrlAreNotShown() {
		String base = this.server.url("/").toString().replace("http://", "http://ann:s3cret@");
		runner("requests.sessions.shop.base-url=" + base, "requests.sessions.shop.rest-client=true").run((context) -> {
			RestClient client = context.getBean(RestClient.class);
			assertThat(get(client)).isEqualTo("tea");
			assertThat(this.server.takeRequest(10, TimeUnit.SECONDS).getHeaders().get("Authorization"))
				.startsWith("Basic ");
			this.server.close();
			String message = "";
			try {
				client.get().uri("/items").retrieve().toBodilessEntity();
			}
			catch (RuntimeException ex) {
				message = String.valueOf(ex.getMessage());
			}
			assertThat(message).contains("/items").doesNotContain("s3cret");
		});
	}

	private String get(RestClient client) {
		this.server.enqueue(new MockResponse.Builder().body("tea").addHeader("Content-Type", "text/plain").build());
		return client.get().uri("/items/{id}?q=x", 7).retrieve().body(String.class);
	}

	private String post(RestClient client) {
		this.server.enqueue(new MockResponse.Builder().code(204).build());
		StringBuilder sent = new StringBuilder();
		client.mutate().requestInterceptor((request, body, execution) -> {
			sent.append(new String(body, StandardCharsets.UTF_8));
			return execution.execute(request, body);
		})
			.build()
			.post()
			.uri("/items")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Item("tea"))
			.retrieve()
			.toBodilessEntity();
		return sent.toString();
	}

	record Item(String fullName) {
	}

	static class Shop {

		private final RestClient client;

		Shop(@Qualifier("shop") RestClient client) {
			this.client = client;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		private final RestClient client = RestClient.create();

		@Bean
		RestClient shopRestClient() {
			return this.client;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SnakeCase {

		@Bean
		JsonMapperBuilderCustomizer snakeCase() {
			return (builder) -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customized extends SnakeCase {

		@Bean
		RestClientCustomizer header() {
			return (builder) -> builder.defaultHeader("X-Custom", "yes");
		}

	}

}
