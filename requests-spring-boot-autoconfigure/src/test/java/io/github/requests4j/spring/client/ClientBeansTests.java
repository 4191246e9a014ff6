package io.github.requests4j.spring.client;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.github.requests4j.Session;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.elsewhere.EnabledClient;
import io.github.requests4j.spring.client.scanned.ScannedClient;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(MockServers.class)
class ClientBeansTests {

	private final MockWebServer server = new MockWebServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
				RequestsClientsAutoConfiguration.class, JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class));

	@BeforeEach
	void enqueue() {
		this.server.enqueue(new MockResponse.Builder().body("hello").build());
	}

	private ApplicationContextRunner withSession() {
		return this.runner.withPropertyValues("requests.sessions.s.base-url=" + this.server.url("/"));
	}

	@Test
	void interfacesInApplicationPackagesAreFound() {
		withSession().withUserConfiguration(ScannedClient.Application.class).run((context) -> {
			assertThat(context).hasBean("scannedClient").doesNotHaveBean(ScannedClient.Unmarked.class);
			assertThat(context.getBean(ScannedClient.class).get()).isEqualTo("hello");
			assertThat(this.server.takeRequest().getTarget()).isEqualTo("/scanned");
		});
	}

	@Test
	void otherPackagesCanBeScanned() {
		withSession().withUserConfiguration(Enabled.class).run((context) -> {
			assertThat(context).doesNotHaveBean(ScannedClient.class);
			assertThat(context.getBean(EnabledClient.class).get()).isEqualTo("hello");
		});
		withSession().withUserConfiguration(EnabledByClass.class, ScannedClient.Application.class)
			.run((context) -> assertThat(context).hasSingleBean(EnabledClient.class)
				.hasSingleBean(ScannedClient.class));
		withSession().withUserConfiguration(Listed.class)
			.run((context) -> assertThat(context).hasSingleBean(EnabledClient.class));
	}

	@Test
	void aBeanOfTheApplicationWithTheSameNameWins() {
		withSession().withUserConfiguration(ScannedClient.Application.class, OwnClient.class)
			.run((context) -> assertThat(context.getBean(ScannedClient.class).get()).isEqualTo("own"));
	}

	@Test
	void unknownSessionFailsTheStart() {
		this.runner.withPropertyValues("requests.sessions.other.base-url=http://o")
			.withUserConfiguration(ScannedClient.Application.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(ScannedClient.class.getName())
				.hasMessageContaining("no session named 's'")
				.hasMessageContaining("[other]")
				.hasMessageContaining("requests.sessions.s"));
	}

	@Test
	void unknownSessionFailsTheStartEvenIfLazy() {
		this.runner.withPropertyValues("requests.sessions.other.base-url=http://o")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(ScannedClient.Application.class)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void sessionBeanOfTheApplicationCanBeReferenced() {
		this.runner
			.withBean("sSession", Session.class,
					() -> Session.builder().name("s").baseUrl(this.server.url("/").toString()).build())
			.withUserConfiguration(ScannedClient.Application.class)
			.run((context) -> assertThat(context.getBean(ScannedClient.class).get()).isEqualTo("hello"));
	}

	@Test
	void onlySessionNeedsNoName() {
		withSession().withUserConfiguration(EnabledUnnamed.class)
			.run((context) -> assertThat(context.getBean(Unnamed.class).get()).isEqualTo("hello"));
	}

	@Test
	void clientsLeaveSessionsLazy() {
		withSession().withUserConfiguration(ScannedClient.Application.class)
			.withBean(SessionCustomizer.class, () -> (name, builder) -> {
				throw new IllegalStateException("made");
			})
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void invalidInterfaceFailsTheStart() {
		withSession().withUserConfiguration(EnabledBroken.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining(Broken.class.getName())
				.hasMessageContaining("only one is allowed"));
	}

	@Test
	void toStringShowsClientAndSession() {
		withSession().withUserConfiguration(ScannedClient.Application.class)
			.run((context) -> assertThat(context.getBean(ScannedClient.class))
				.hasToString("ScannedClient using session 's'"));
	}

	@Test
	void withoutSpringWebOnlySessionsAreConfigured() {
		withSession().withClassLoader(new FilteredClassLoader(HttpServiceProxyFactory.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Session.class)
				.doesNotHaveBean(RequestsClientFactory.class));
	}

	@Test
	void withoutBootConvertersThoseOfSpringAreUsed() {
		withSession().withUserConfiguration(ScannedClient.Application.class)
			.withClassLoader(new FilteredClassLoader(ClientHttpMessageConvertersCustomizer.class))
			.run((context) -> assertThat(context.getBean(ScannedClient.class).get()).isEqualTo("hello"));
	}

	@EnableRequestsClients("io.github.requests4j.spring.client.elsewhere")
	static class Enabled {

	}

	@EnableRequestsClients(basePackageClasses = EnabledClient.class)
	static class EnabledByClass {

	}

	@EnableRequestsClients(clients = EnabledClient.class)
	static class Listed {

	}

	@EnableRequestsClients(clients = Unnamed.class)
	static class EnabledUnnamed {

	}

	@RequestsClient
	interface Unnamed {

		@GetExchange("/")
		String get();

	}

	@EnableRequestsClients(clients = Broken.class)
	static class EnabledBroken {

	}

	@RequestsClient("s")
	interface Broken {

		@GetExchange("/a")
		@PostExchange("/b")
		String twice();

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		ScannedClient scannedClient() {
			return () -> "own";
		}

	}

}
