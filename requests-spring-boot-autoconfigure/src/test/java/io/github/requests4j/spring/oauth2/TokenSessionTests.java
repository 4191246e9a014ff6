package io.github.requests4j.spring.oauth2;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.internal.config.CallDeadline;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.TokenSessions;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.refresh.RequestsRefreshAutoConfiguration;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The sessions that send the requests for tokens.
 */
@Timeout(60)
class TokenSessionTests {

	private static final String TOKEN = "{\"access_token\": \"t0k3n\", \"token_type\": \"Bearer\", \"expires_in\": 3600}";

	private static final String GATE = "spring.security.oauth2.client.registration.gate.";

	private static AuthorizationServer authorization;

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	@AutoClose
	private final CountingServer tokens = new CountingServer((request) -> Answer.json(200, TOKEN));

	@BeforeAll
	static void startAuthorization() {
		authorization = new AuthorizationServer();
	}

	@AfterAll
	static void stopAuthorization() {
		authorization.close();
	}

	private ApplicationContextRunner runner() {
		return Registrations.runner(this.server.url(), this.tokens.url() + "/token", "client_credentials");
	}

	private ApplicationContextRunner depot() {
		return Registrations.runner(this.server.url(), authorization.tokenUri(), "client_credentials")
			.withPropertyValues(Registrations.SHOP + "client-id=depot", Registrations.SHOP + "client-secret=s3cr3t");
	}

	private static Session session(ApplicationContext context) {
		return context.getBean("sSession", Session.class);
	}

	@Test
	void separateSessionSendsTheRequestsAndAppearsInTheMetrics() {
		depot().withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withConfiguration(AutoConfigurations.of(RequestsObservationAutoConfiguration.class))
			.run((context) -> {
				assertThat(context.getBeansOfType(Session.class)).hasSize(1);
				assertThat(context.getBean(LiveSessions.class).get("shop-tokens")).isNull();
				assertThat(session(context).get("/").statusCode()).isEqualTo(200);
				assertThat(context.getBean(MeterRegistry.class)
					.get("http.client.requests")
					.tags("session", "shop-tokens", "method", "POST", "status", "200")
					.timer()
					.count()).isEqualTo(1);
				assertThat(context.getBean(LiveSessions.class).names()).containsExactly("s", "shop-tokens");
			});
	}

	@Test
	void theSessionIsClosedWithTheContext() {
		Session[] used = new Session[1];
		runner().run((context) -> {
			session(context).get("/");
			used[0] = context.getBean(TokenSessions.class).get("shop-tokens");
			assertThat(used[0].isClosed()).isFalse();
		});
		assertThat(used[0].isClosed()).isTrue();
	}

	@Test
	void itInheritsTheTransportOfTheDefaultsOnly() {
		runner()
			.withPropertyValues("requests.defaults.connect-timeout=3s", "requests.defaults.read-timeout=4s",
					"requests.defaults.headers.X-Key=for-apis", "requests.defaults.params.key=for-apis",
					"requests.defaults.logging.level=body", "requests.defaults.adapter.pool-maxsize=7",
					"requests.defaults.egress.deny=metadata.internal", "requests.defaults.cache=1MB")
			.run((context) -> {
				SessionProperties derived = context.getBean(ConfiguredSessions.class).get("shop-tokens");
				assertThat(derived.connectTimeout()).hasSeconds(3);
				assertThat(derived.readTimeout()).hasSeconds(4);
				assertThat(derived.deadline()).isEqualTo(CallDeadline.of("15s"));
				assertThat(derived.adapter().poolMaxsize()).isEqualTo(7);
				assertThat(derived.egress().deny()).containsExactly("metadata.internal");
				assertThat(derived.auth()).isNull();
				assertThat(derived.cache()).isNull();
				assertThat(derived.logging().level()).isEqualTo(SessionProperties.Logging.Level.NONE);
				session(context).get("/");
				assertThat(this.tokens.requests()).singleElement().satisfies((request) -> {
					assertThat(request.headers()).doesNotContainKey("X-Key");
					assertThat(request.target()).isEqualTo("/token");
				});
				assertThat(this.server.requests().get(0).headers()).containsEntry("X-Key", "for-apis");
			});
	}

	@Test
	void aRefreshOfTheSettingsReachesIt() {
		Map<String, Object> settings = new HashMap<>(Map.of("requests.defaults.read-timeout", "4s"));
		runner().withConfiguration(AutoConfigurations.of(RequestsRefreshAutoConfiguration.class))
			.withPropertyValues(GATE + "provider=own", GATE + "client-id=gate", GATE + "client-secret=g4te",
					GATE + "authorization-grant-type=client_credentials")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("settings", settings)))
			.run((context) -> {
				session(context).get("/");
				Session derived = context.getBean(TokenSessions.class).get("shop-tokens");
				assertThat(derived.timeouts().read()).hasSeconds(4);
				settings.put("requests.defaults.read-timeout", "5s");
				context.publishEvent(new EnvironmentChangeEvent(context, settings.keySet()));
				assertThat(derived.timeouts().read()).hasSeconds(5);
				settings.put("requests.sessions.s.auth.registration-id", "gate");
				context.publishEvent(new EnvironmentChangeEvent(context, settings.keySet()));
				session(context).get("/");
				assertThat(this.tokens.requests()).hasSize(2);
				assertThat(context.getBean(LiveSessions.class).get("gate-tokens").timeouts().read()).hasSeconds(5);
			});
	}

	@ParameterizedTest
	@CsvSource({ "login, requests.sessions.s.auth.session=login", "shop-tokens, requests.sessions.s.primary=true" })
	void aConfiguredSessionSendsTheRequestsInstead(String name, String use) {
		runner().withPropertyValues(use, "requests.sessions." + name + ".headers.X-Tenant=depot").run((context) -> {
			session(context).get("/");
			assertThat(this.tokens.requests()).singleElement()
				.satisfies((request) -> assertThat(request.headers()).containsEntry("X-Tenant", "depot"));
			assertThat(context.getBean(TokenSessions.class).get(name)).isSameAs(context.getBean(name + "Session"));
		});
	}

	@Test
	void itsTimeoutsLimitTheRequest() {
		CompletableFuture<Answer> never = new CompletableFuture<>();
		this.tokens.handle((request) -> never.join());
		try {
			runner()
				.withPropertyValues("requests.sessions.s.auth.session=login",
						"requests.sessions.login.read-timeout=200ms")
				.run((context) -> assertThatExceptionOfType(RequestTimeoutException.class)
					.isThrownBy(() -> session(context).get("/"))
					.withMessageContaining("client registration 'shop'")
					.withMessageContaining("did not respond in time")
					.withMessageContaining("session 'login'"));
		}
		finally {
			never.complete(Answer.NONE);
		}
	}

	@Test
	void itsCircuitBreakerProtectsTheTokenEndpoint() {
		this.tokens.handle((request) -> Answer.NONE);
		runner()
			.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
					RequestsResilienceAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.auth.session=login",
					"requests.sessions.login.resilience.circuit-breaker=login",
					"requests.sessions.s.resilience.circuit-breaker=api",
					"resilience4j.circuitbreaker.instances.api.sliding-window-size=2",
					"resilience4j.circuitbreaker.instances.login.sliding-window-size=2",
					"resilience4j.circuitbreaker.instances.login.minimum-number-of-calls=2")
			.run((context) -> {
				for (int i = 0; i < 2; i++) {
					assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session(context).get("/"));
				}
				int sent = this.tokens.accepted();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session(context).get("/"))
					.withMessageContaining("client registration 'shop'")
					.withMessageContaining("the circuit breaker 'login', which is OPEN");
				assertThat(this.tokens.accepted()).isEqualTo(sent);
				assertThat(context.getBean(CircuitBreakerRegistry.class)
					.circuitBreaker("api")
					.getMetrics()
					.getNumberOfBufferedCalls()).isZero();
			});
	}

	@Test
	void credentialsDoNotFollowARedirect() {
		try (CountingServer elsewhere = new CountingServer((request) -> Answer.json(200, TOKEN))) {
			this.tokens.handle((request) -> Answer.of(307).with("Location", elsewhere.url() + "/token"));
			for (String session : new String[] { "shop-tokens", "login" }) {
				runner().withPropertyValues(Registrations.SHOP + "client-authentication-method=client_secret_post",
						"requests.sessions.s.auth.session=" + session, "requests.sessions." + session + ".stream=false")
					.run((context) -> assertThatExceptionOfType(RequestException.class)
						.isThrownBy(() -> session(context).get("/")));
			}
			assertThat(elsewhere.accepted()).isZero();
			assertThat(this.tokens.accepted()).isEqualTo(2);
		}
	}

	@Test
	void secretsAreNotLogged() {
		try (LogCapture log = new LogCapture("io.github.requests4j", Level.DEBUG)) {
			runner()
				.withPropertyValues(Registrations.SHOP + "client-authentication-method=client_secret_post",
						"requests.sessions.shop-tokens.logging.level=body")
				.run((context) -> session(context).get("/"));
			assertThat(log.messages()).anyMatch((line) -> line.contains("/token"))
				.noneMatch((line) -> line.contains("w4res") || line.contains("t0k3n"));
		}
	}

	@Test
	void unknownSessionFailsTheStart() {
		runner().withPropertyValues("requests.sessions.s.auth.session=typo")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.session")
				.hasMessageContaining("no session named 'typo'")
				.hasMessageContaining("requests.sessions.typo"));
	}

	@ParameterizedTest
	@CsvSource({ "requests.sessions.s.auth.session=s, s -> s",
			"requests.sessions.shop-tokens.auth.registration-id=shop, s -> shop-tokens -> shop-tokens" })
	void sessionThatRequiresItsOwnTokenFailsTheStart(String property, String path) {
		runner().withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("would need a token to request one")
				.hasMessageContaining(path)
				.hasMessageContaining("another session"));
	}

	@Test
	void sessionForTokensMayUseAnotherRegistration() {
		runner()
			.withPropertyValues("requests.sessions.s.auth.session=login",
					"requests.sessions.login.base-url=" + this.tokens.url(),
					"requests.sessions.login.auth.registration-id=gate",
					Registrations.SHOP + "client-authentication-method=client_secret_post", GATE + "provider=own",
					GATE + "client-id=gate", GATE + "client-secret=g4te",
					GATE + "authorization-grant-type=client_credentials")
			.run((context) -> {
				assertThat(session(context).get("/").statusCode()).isEqualTo(200);
				assertThat(this.tokens.requests()).hasSize(2);
				assertThat(this.tokens.requests().get(1).headers()).containsEntry("Authorization", "Bearer t0k3n");
			});
	}

}
