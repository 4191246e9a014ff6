package io.github.requests4j.spring.oauth2;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RegistrationAuths;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tokens from Spring's authorization server for a server that requires them.
 */
@Timeout(120)
class OAuth2Tests {

	private static AuthorizationServer authorization;

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	@AutoClose
	private final CountingServer server = new CountingServer(this::answer);

	private int askedBefore;

	@BeforeAll
	static void startAuthorization() {
		authorization = new AuthorizationServer();
	}

	@AfterAll
	static void stopAuthorization() {
		authorization.close();
	}

	@BeforeEach
	void count() {
		this.askedBefore = authorization.asked();
	}

	private Answer answer(Received request) {
		String token = token(request);
		return (token == null || this.refused.contains(token))
				? Answer.of(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\"") : Answer.of(200);
	}

	private static String token(Received request) {
		String header = request.headers().get("Authorization");
		return (header != null && header.startsWith("Bearer ")) ? header.substring(7) : null;
	}

	private int asked() {
		return authorization.asked() - this.askedBefore;
	}

	@Test
	void tokenIsFetchedOnceAndSentEachTime() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(session.get("/a").statusCode()).isEqualTo(200);
			assertThat(session.get("/b").statusCode()).isEqualTo(200);
			assertThat(asked()).isEqualTo(1);
			assertThat(claims(token(this.server.requests().get(0)))).contains("\"orders\"", "\"depot\"");
			assertThat(session.auth()).hasToString("TokenAuth[registration=depot]");
		});
	}

	@Test
	void nothingIsFetchedBeforeTheFirstCall() {
		runner().run((context) -> {
			context.getBean(Session.class);
			assertThat(asked()).isZero();
		});
	}

	@Test
	void tokenIsRenewedOnceAfter401() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			this.refused.add(token(this.server.requests().get(0)));
			Response response = session.post("/", (options) -> options.data("order"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.history()).singleElement()
				.satisfies((refusal) -> assertThat(refusal.statusCode()).isEqualTo(401));
			assertThat(this.server.requests()).hasSize(3);
			assertThat(this.server.requests().subList(1, 3)).extracting(Received::body)
				.containsExactly("order", "order");
			assertThat(asked()).isEqualTo(2);
			session.get("/");
			assertThat(asked()).isEqualTo(2);
		});
	}

	@Test
	void renewalStopsIfEveryTokenIsRejected() {
		this.server.handle((request) -> Answer.of(401));
		runner().run((context) -> {
			Response response = context.getBean(Session.class).get("/");
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(this.server.accepted()).isEqualTo(2);
			assertThat(asked()).isEqualTo(2);
		});
	}

	@Test
	void unrewindableBodyReturnsThe401AndRenewsTheTokenForTheNextCall() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("/");
			this.refused.add(token(this.server.requests().get(0)));
			Iterable<String> once = List.of("once");
			assertThat(session.post("/", (options) -> options.data(Body.of(once.iterator()))).statusCode())
				.isEqualTo(401);
			assertThat(this.server.accepted()).isEqualTo(2);
			assertThat(session.get("/").statusCode()).isEqualTo(200);
			assertThat(this.server.accepted()).isEqualTo(3);
		});
	}

	@Test
	void concurrentCallsRenewTheTokenOnce() throws Exception {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(together(session)).containsOnly(200);
			assertThat(asked()).isEqualTo(1);
			this.server.requests().forEach((request) -> this.refused.add(token(request)));
			assertThat(together(session)).containsOnly(200);
			assertThat(asked()).isEqualTo(2);
			Set<String> tokens = new HashSet<>();
			this.server.requests().forEach((request) -> tokens.add(token(request)));
			assertThat(tokens).hasSize(2);
		});
	}

	@Test
	void tokenIsRenewedBeforeItExpires() {
		this.server.handle((request) -> {
			long end = JsonMapper.shared().readTree(claims(token(request))).get("exp").asLong();
			return Answer.of((request.atMillis() < end * 1000) ? 200 : 401);
		});
		runner()
			.withPropertyValues("spring.security.oauth2.client.registration.depot.client-id=hasty",
					"spring.security.oauth2.client.registration.depot.client-secret=hurry")
			.run((context) -> {
				Session session = context.getBean(Session.class);
				await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() -> {
					assertThat(session.get("/").history()).isEmpty();
					return asked() == 3;
				});
				assertThat(this.server.requests().size()).isGreaterThan(3);
			});
	}

	@Test
	void sessionsOfTheSameRegistrationShareItsToken() {
		runner()
			.withPropertyValues("requests.sessions.t.base-url=" + this.server.url(),
					"requests.sessions.t.auth.registration-id=depot")
			.run((context) -> {
				context.getBean("sSession", Session.class).get("/");
				context.getBean("tSession", Session.class).get("/");
				assertThat(asked()).isEqualTo(1);
			});
	}

	@Test
	void redirectToAnotherOriginCarriesNoToken() {
		try (CountingServer elsewhere = CountingServer.answering(401)) {
			this.server.handle((request) -> Answer.of(302).with("Location", elsewhere.url() + "/"));
			runner().run((context) -> {
				assertThat(context.getBean(Session.class).get("/").statusCode()).isEqualTo(401);
				assertThat(elsewhere.requests()).singleElement()
					.satisfies((request) -> assertThat(request.headers()).doesNotContainKey("Authorization"));
				assertThat(asked()).isEqualTo(1);
			});
		}
	}

	@Test
	void unreachableTokenEndpointIsAConnectionException() {
		CountingServer gone = CountingServer.answering(200);
		gone.close();
		runner(gone.url() + "/token").run((context) -> {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/"))
				.withMessageContaining("client registration 'depot'")
				.withMessageContaining("could not be reached")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(this.server.accepted()).isZero();
		});
	}

	@Test
	@DisplayName("fault: a token endpoint that hangs ends the call in time, before deadline and breaker")
	void hangingTokenEndpointTimesOut() {
		CompletableFuture<Answer> never = new CompletableFuture<>();
		try (CountingServer hanging = new CountingServer((request) -> never.join())) {
			runner(hanging.url() + "/token")
				.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class,
						RequestsResilienceAutoConfiguration.class))
				.withPropertyValues("requests.defaults.read-timeout=300ms", "requests.sessions.s.deadline=20ms",
						"requests.sessions.s.resilience.circuit-breaker=s",
						"resilience4j.circuitbreaker.instances.s.sliding-window-size=2")
				.run((context) -> {
					Session session = context.getBean(Session.class);
					for (int i = 1; i <= 2; i++) {
						assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> session.get("/"))
							.withMessageContaining("the client registration 'depot'")
							.withMessageContaining("the token endpoint did not respond in time.")
							.withMessageContaining("the session 'depot-tokens'")
							.satisfies((ex) -> assertThat(ex.request()).isNotNull());
						assertThat(hanging.accepted()).isEqualTo(i);
					}
					assertThat(this.server.accepted()).isZero();
					assertThat(context.getBean(CircuitBreakerRegistry.class)
						.circuitBreaker("s")
						.getMetrics()
						.getNumberOfFailedCalls()).isZero();
				});
		}
		finally {
			never.complete(Answer.NONE);
		}
	}

	@Test
	void brokenTokenResponseIsAConnectionExceptionForAllWaitingCalls() {
		try (CountingServer broken = new CountingServer((request) -> Answer.NONE)) {
			runner(broken.url() + "/token").run((context) -> {
				Session session = context.getBean(Session.class);
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get("/"));
				assertThat(this.server.accepted()).isZero();
			});
		}
	}

	@Test
	void errorOfTheAuthorizationServerIsReported() {
		runner().withPropertyValues("spring.security.oauth2.client.registration.depot.client-secret=wrong")
			.run((context) -> assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("/"))
				.withMessageContaining("returned 'status 401'")
				.withMessageContaining("client-secret")
				.withMessageNotContaining("wrong")
				.withStackTraceContaining("invalid_client"));
	}

	@Test
	void unknownRegistrationFailsTheStart() {
		runner().withPropertyValues("requests.sessions.s.auth.registration-id=depto")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("no client registration named 'depto'. Did you mean 'depot'?")
				.hasMessageContaining("The registrations are depot."));
		runner().withPropertyValues("requests.sessions.s.auth.registration-id=typo")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("no client registration named 'typo'"));
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OAuth2ClientAutoConfiguration.class,
					RequestsAutoConfiguration.class, RequestsOAuth2AutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.auth.registration-id=depot")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOf(RequestsConfigurationException.class)
				.hasMessageContaining("requests.sessions.s.auth.registration-id")
				.hasMessageContaining("spring.security.oauth2.client.registration.depot"));
	}

	@Test
	void registrationWithAnotherGrantFailsTheStart() {
		String registration = "spring.security.oauth2.client.registration.depot.";
		runner().withPropertyValues(registration + "authorization-grant-type=password")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'password'")
				.hasMessageContaining("only supports client_credentials, token-exchange"));
	}

	@Test
	void missingLibraryFailsTheStartAndIsNamed() {
		runner().withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.registration-id")
				.hasMessageContaining("spring-boot-starter-security-oauth2-client"));
	}

	@Test
	void tokensCanBeFetchedByABeanOfTheApplication() {
		runner().withBean(RegistrationAuths.class, () -> (id) -> (request) -> {
			request.headers().put("Authorization", "Bearer own-" + id);
			return request;
		}).run((context) -> {
			context.getBean(Session.class).get("/");
			assertThat(token(this.server.requests().get(0))).isEqualTo("own-depot");
		});
	}

	static String claims(String jwt) {
		return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
	}

	private static List<Integer> together(Session session) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(64);
		CyclicBarrier start = new CyclicBarrier(64);
		try {
			List<Future<Integer>> calls = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				calls.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					return session.get("/").statusCode();
				}));
			}
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> call : calls) {
				statuses.add(call.get(60, TimeUnit.SECONDS));
			}
			return statuses;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private ApplicationContextRunner runner() {
		return runner(authorization.tokenUri());
	}

	private ApplicationContextRunner runner(String tokenUri) {
		String registration = "spring.security.oauth2.client.registration.depot.";
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(OAuth2ClientAutoConfiguration.class, RequestsAutoConfiguration.class,
							DefaultSessionAutoConfiguration.class, RequestsOAuth2AutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(),
					"requests.sessions.s.auth.type=oauth2", "requests.sessions.s.auth.registration-id=depot",
					registration + "provider=own", registration + "client-id=depot",
					registration + "client-secret=s3cr3t", registration + "scope=orders",
					registration + "authorization-grant-type=client_credentials",
					"spring.security.oauth2.client.provider.own.token-uri=" + tokenUri);
	}

}
