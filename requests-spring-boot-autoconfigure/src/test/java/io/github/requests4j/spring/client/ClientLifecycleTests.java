package io.github.requests4j.spring.client;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.ClientHttpMessageConvertersCustomizer;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

import io.github.requests4j.Session;
import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;
import io.github.requests4j.spring.observation.DefaultRequestsObservationConvention;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.observation.RequestsObservationConvention;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients during the life of an application: which beans can inject one, and when they
 * can call it.
 */
class ClientLifecycleTests {

	@AutoClose
	private final CountingServer server = new CountingServer((request) -> Answer.of(200));

	@Test
	void beansMayCallUntilTheyAreDestroyed() {
		runner().withUserConfiguration(Peers.class)
			.withBean(Departing.class)
			.withBean(Stopping.class)
			.run((context) -> context.getBean(Peer.class).call("started"));
		assertThat(targets()).containsExactly("/started", "/closed", "/stopped", "/destroyed");
	}

	@Test
	void beansMayCallTheOnlySessionUntilTheyAreDestroyed() {
		runner().withUserConfiguration(Unnamed.class)
			.withBean(DepartingUnnamed.class)
			.run((context) -> context.getBean(UnnamedPeer.class).call("started"));
		assertThat(targets()).containsExactly("/started", "/destroyed");
	}

	@Test
	void sessionsAreClosedLast() {
		Session[] session = new Session[1];
		runner().withUserConfiguration(Peers.class).withBean(Departing.class).run((context) -> {
			session[0] = context.getBean("sSession", Session.class);
			assertThat(session[0].isClosed()).isFalse();
		});
		assertThat(session[0].isClosed()).isTrue();
	}

	@Test
	void everyKindOfExtensionCanInjectAClient() {
		this.server.handle((request) -> request.target().equals("/bad") ? Answer.of(409) : Answer.of(200));
		runner().withUserConfiguration(Peers.class, Extensions.class)
			.withConfiguration(AutoConfigurations.of(RequestsObservationAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.auth.type=bean", "requests.sessions.s.auth.bean=signature")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(Peer.class).call("good");
				assertThatExceptionOfType(IllegalArgumentException.class)
					.isThrownBy(() -> context.getBean(Peer.class).call("bad"))
					.withMessage("mapped");
				context.getBean(SafePeer.class).versioned();
			});
		assertThat(targets()).containsExactly("/good", "/bad", "/from-mapper", "/versioned");
		assertThat(this.server.requests().get(3).headers()).containsEntry("X-Version", "1")
			.containsEntry("X-Signature", "s")
			.containsEntry("X-Customized", "s");
	}

	@Test
	void extensionsApplyWithLazyInitialization() {
		runner().withUserConfiguration(Peers.class, Extensions.class)
			.withPropertyValues("requests.sessions.s.auth.type=bean", "requests.sessions.s.auth.bean=signature")
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean(Peer.class).call("good");
			});
		assertThat(targets()).containsExactly("/good");
	}

	@Test
	void primaryStubReplacesAClientWithAFallback() {
		runner().withUserConfiguration(Peers.class, Stub.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(SafePeer.class).call("x")).isEqualTo("stub");
			assertThat(context.getBean(UsesSafePeer.class).peer().call("x")).isEqualTo("stub");
		});
		runner().withUserConfiguration(Peers.class)
			.withBean(SafePeerFallback.class)
			.run((context) -> assertThat(context.getBean(SafePeer.class)).as("the fallback is a bean too")
				.isNotInstanceOf(SafePeerFallback.class));
		assertThat(targets()).isEmpty();
	}

	@Test
	void childContextCallsItsOwnSessionsAndThoseOfItsParent() {
		runner().withUserConfiguration(Peers.class)
			.run((parent) -> new ApplicationContextRunner().withParent(parent)
				.withConfiguration(configurations())
				.withUserConfiguration(Children.class)
				.withBean(DepartingChild.class)
				.withPropertyValues("requests.sessions.t.base-url=" + this.server.url() + "/own/")
				.run((child) -> {
					assertThat(child).hasNotFailed();
					child.getBean(ChildPeer.class).call("child");
					child.getBean(OwnPeer.class).call("child");
					child.getBean(Peer.class).call("parent");
				}));
		assertThat(targets()).containsExactly("/child", "/own/child", "/parent", "/destroyed");
	}

	@Test
	void childContextWithoutSessionsCallsThoseOfItsParent() {
		runner().withUserConfiguration(Peers.class).withBean(Departing.class).run((parent) -> {
			new ApplicationContextRunner().withParent(parent).withBean(DepartingUser.class).run((child) -> {
				assertThat(child).hasNotFailed();
				child.getBean(Peer.class).call("child");
			});
			parent.getBean(Peer.class).call("after");
		});
		// Listeners of the parent also receive the close event of the child
		assertThat(targets()).containsExactly("/child", "/closed", "/destroyed", "/after", "/closed", "/destroyed");
	}

	@Test
	void contextsInTheSameJvmAreIndependent() {
		runner().withUserConfiguration(Peers.class).run((one) -> {
			runner().withUserConfiguration(Peers.class)
				.withPropertyValues("requests.sessions.s.headers.X-Context=two")
				.run((two) -> {
					two.getBean(Peer.class).call("two");
					one.getBean(Peer.class).call("one");
				});
			one.getBean(Peer.class).call("again");
			assertThat(this.server.requests()).extracting((request) -> request.headers().get("X-Context"))
				.containsExactly("two", null, null);
		});
		assertThat(targets()).containsExactly("/two", "/one", "/again");
	}

	private List<String> targets() {
		return this.server.requests().stream().map(Received::target).toList();
	}

	private static AutoConfigurations configurations() {
		return AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
				RequestsClientsAutoConfiguration.class, JacksonAutoConfiguration.class,
				HttpMessageConvertersAutoConfiguration.class);
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(configurations())
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url());
	}

	@EnableRequestsClients(clients = { Peer.class, SafePeer.class })
	static class Peers {

	}

	@EnableRequestsClients(clients = UnnamedPeer.class)
	static class Unnamed {

	}

	@EnableRequestsClients(clients = { ChildPeer.class, OwnPeer.class })
	static class Children {

	}

	@RequestsClient("s")
	interface Peer {

		@GetExchange("/{name}")
		String call(@PathVariable String name);

	}

	@RequestsClient
	interface UnnamedPeer {

		@GetExchange("/{name}")
		String call(@PathVariable String name);

	}

	@RequestsClient("s")
	interface ChildPeer {

		@GetExchange("/{name}")
		String call(@PathVariable String name);

	}

	@RequestsClient("t")
	interface OwnPeer {

		@GetExchange("{name}")
		String call(@PathVariable String name);

	}

	@RequestsClient(session = "s", fallback = SafePeerFallback.class)
	interface SafePeer {

		@GetExchange("/{name}")
		String call(@PathVariable String name);

		@GetExchange(url = "/versioned", version = "1")
		String versioned();

	}

	static class SafePeerFallback implements SafePeer {

		SafePeerFallback(Peer peer) {
			assertThat(peer).isNotNull();
		}

		@Override
		public String call(String name) {
			return "fallback";
		}

		@Override
		public String versioned() {
			return "fallback";
		}

	}

	/** Makes a call in every destruction callback. */
	static class Departing {

		private final Peer peer;

		Departing(Peer peer) {
			this.peer = peer;
		}

		@EventListener(ContextClosedEvent.class)
		void closed() {
			this.peer.call("closed");
		}

		@PreDestroy
		void destroyed() {
			this.peer.call("destroyed");
		}

	}

	static class DepartingUnnamed {

		private final UnnamedPeer peer;

		DepartingUnnamed(UnnamedPeer peer) {
			this.peer = peer;
		}

		@PreDestroy
		void destroyed() {
			this.peer.call("destroyed");
		}

	}

	static class DepartingChild {

		private final ChildPeer peer;

		DepartingChild(ChildPeer peer) {
			this.peer = peer;
		}

		@PreDestroy
		void destroyed() {
			this.peer.call("destroyed");
		}

	}

	static class DepartingUser {

		private final Peer peer;

		DepartingUser(Peer peer) {
			this.peer = peer;
		}

		@PreDestroy
		void destroyed() {
			this.peer.call("destroyed");
		}

	}

	/** Stops after everything else, and so after the sessions have drained. */
	static class Stopping implements SmartLifecycle {

		private final Peer peer;

		private volatile boolean running;

		Stopping(Peer peer) {
			this.peer = peer;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.peer.call("stopped");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE;
		}

	}

	record UsesSafePeer(SafePeer peer) {
	}

	@Configuration(proxyBeanMethods = false)
	@Import(UsesSafePeer.class)
	static class Stub {

		@Bean
		@Primary
		SafePeer stub() {
			return new SafePeer() {

				@Override
				public String call(String name) {
					return "stub";
				}

				@Override
				public String versioned() {
					return "stub";
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Extensions {

		@Bean
		ObservationRegistry observationRegistry() {
			return ObservationRegistry.create();
		}

		@Bean
		SessionCustomizer customizer(Peer peer) {
			return (name, session) -> session.header("X-Customized", name).hook((response, options) -> {
				assertThat(peer).isNotNull();
				return response;
			}).interceptor((request, options, chain) -> {
				assertThat(peer).isNotNull();
				return chain.proceed(request, options);
			});
		}

		@Bean
		ResponseErrorMapper mapper(Peer peer) {
			return (response, call) -> {
				peer.call("from-mapper");
				return new IllegalArgumentException("mapped");
			};
		}

		@Bean
		HttpServiceArgumentResolver resolver(Peer peer) {
			return (argument, parameter, values) -> {
				assertThat(peer).isNotNull();
				return false;
			};
		}

		@Bean
		ClientHttpMessageConvertersCustomizer converters(Peer peer) {
			return (builder) -> assertThat(peer).isNotNull();
		}

		@Bean
		JsonMapperBuilderCustomizer json(Peer peer) {
			return (builder) -> assertThat(peer).isNotNull();
		}

		@Bean
		ApiVersionInserter versions(Peer peer) {
			assertThat(peer).isNotNull();
			return ApiVersionInserter.useHeader("X-Version");
		}

		@Bean
		Auth signature(Peer peer) {
			assertThat(peer).isNotNull();
			return (request) -> {
				request.headers().put("X-Signature", "s");
				return request;
			};
		}

		@Bean
		RequestsObservationConvention convention(Peer peer) {
			assertThat(peer).isNotNull();
			return new DefaultRequestsObservationConvention(DefaultRequestsObservationConvention.DEFAULT_NAME);
		}

		@Bean
		SafePeerFallback fallback(Peer peer) {
			return new SafePeerFallback(peer);
		}

	}

}
