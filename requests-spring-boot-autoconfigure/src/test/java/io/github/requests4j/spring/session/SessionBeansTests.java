package io.github.requests4j.spring.session;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionBeansTests {

	private final ApplicationContextRunner none = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class));

	private final ApplicationContextRunner two = this.none.withPropertyValues(
			"requests.sessions.github.base-url=http://gh", "requests.sessions.my-api.base-url=http://m");

	@Test
	void defaultSessionIsConfiguredWithoutSettings() {
		this.none.run((context) -> {
			assertThat(context).hasSingleBean(Session.class).hasBean("defaultSession");
			assertThat(context.getBean(Session.class).name()).isEqualTo("default");
		});
	}

	@Test
	void sessionOfTheApplicationReplacesTheDefaultOne() {
		this.none.withUserConfiguration(OwnSession.class)
			.run((context) -> assertThat(context).hasSingleBean(Session.class).doesNotHaveBean("defaultSession"));
	}

	@Test
	void singleSessionIsInjectedWithoutAName() {
		this.none.withPropertyValues("requests.sessions.github.base-url=http://gh").run((context) -> {
			assertThat(context).hasSingleBean(Session.class);
			assertThat(context.getBean(Session.class).name()).isEqualTo("github");
		});
	}

	@Test
	void sessionsAreNamedAndQualified() {
		this.two.withUserConfiguration(Consumer.class).run((context) -> {
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(consumer.qualified.name()).isEqualTo("github");
			assertThat(consumer.githubSession).isSameAs(consumer.qualified);
			assertThat(consumer.dashed.name()).isEqualTo("my-api");
			assertThat(consumer.all).containsOnlyKeys("githubSession", "my-apiSession");
		});
	}

	@Test
	void severalSessionsWithoutAPrimaryOneRequireAName() {
		this.two.run((context) -> assertThat(
				org.assertj.core.api.Assertions.catchThrowable(() -> context.getBean(Session.class)))
			.isInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	@Test
	void thePrimarySessionNeedsNoName() {
		this.two.withPropertyValues("requests.sessions.my-api.primary=true")
			.run((context) -> assertThat(context.getBean(Session.class).name()).isEqualTo("my-api"));
	}

	@Test
	void twoPrimarySessionsFailTheStart() {
		this.two.withPropertyValues("requests.sessions.my-api.primary=true", "requests.sessions.github.primary=true")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("is also primary"));
	}

	@Test
	void aBeanOfTheApplicationWithTheSameNameWins() {
		this.two.withUserConfiguration(OwnGithubSession.class)
			.run((context) -> assertThat(context.getBean("githubSession", Session.class).name()).isEqualTo("own"));
	}

	@Test
	void sessionsAreLazy() {
		AtomicReference<String> made = new AtomicReference<>("");
		this.two
			.withBean("customizer", SessionCustomizer.class,
					() -> (name, builder) -> made.accumulateAndGet(name, String::concat))
			.run((context) -> {
				assertThat(made).hasValue("");
				context.getBean("githubSession");
				assertThat(made).hasValue("github");
			});
	}

	@Test
	void sessionsAreClosedWithTheContext() {
		AtomicReference<Session> session = new AtomicReference<>();
		this.two.run((context) -> session.set(context.getBean("githubSession", Session.class)));
		assertThat(session.get().isClosed()).isTrue();
	}

	@Test
	void sessionsAreFrozen() {
		this.two.run((context) -> {
			Session session = context.getBean("githubSession", Session.class);
			assertThatIllegalStateException().isThrownBy(() -> session.update((builder) -> builder.header("A", "b")))
				.withMessageContaining("derive");
			try (Session derived = session.derive((builder) -> builder.header("A", "b"))) {
				assertThat(derived.headers().get("A")).isEqualTo("b");
			}
		});
	}

	@Test
	void customizersApplyInOrder() {
		this.two.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(context.getBean("githubSession", Session.class).headers().get("X-Order")).isEqualTo("second");
			assertThat(context.getBean("my-apiSession", Session.class).headers().get("X-Name")).isEqualTo("my-api");
		});
	}

	@Test
	void baseUrlWithoutAMountedAdapterIsRejected() {
		ApplicationContextRunner misspelt = this.none.withPropertyValues("requests.sessions.github.base-url=htps://gh");
		misspelt.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(RequestsConfigurationException.class)
			.hasMessageStartingWith("requests.sessions.github.base-url")
			.hasMessageContaining("No connection adapters were found for 'htps://gh'"));
		misspelt
			.withBean(SessionCustomizer.class,
					() -> (name, builder) -> builder.mount("htps://", HttpAdapter.builder().build()))
			.run((context) -> assertThat(context.getBean("githubSession")).isInstanceOf(Session.class));
	}

	@Test
	void nothingIsConfiguredWithoutTheLibrary() {
		this.two.withClassLoader(new FilteredClassLoader(Session.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionFactory.class));
	}

	static class Consumer {

		@Autowired
		@Qualifier("github")
		Session qualified;

		@Autowired
		Session githubSession;

		@Autowired
		@Qualifier("my-api")
		Session dashed;

		@Autowired
		Map<String, Session> all;

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSession {

		@Bean
		Session own() {
			return Session.builder().name("own").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnGithubSession {

		@Bean
		Session githubSession() {
			return Session.builder().name("own").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		SessionCustomizer second() {
			return (name, builder) -> builder.header("X-Order", "second");
		}

		@Bean
		@Order(1)
		SessionCustomizer first() {
			return (name, builder) -> builder.header("X-Order", "first").header("X-Name", name);
		}

	}

}
