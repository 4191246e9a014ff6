package io.github.requests4j.spring.oauth2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The token of the caller, passed on to another service.
 */
@Timeout(60)
class RelayTests {

	@AutoClose
	private final CountingServer server = CountingServer.answering(200);

	@AutoClose
	private final CountingServer elsewhere = CountingServer.answering(200);

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					DefaultSessionAutoConfiguration.class, RequestsTokenRelayAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(),
					"requests.sessions.s.auth.type=relay");
	}

	private static Authentication jwt(String token) {
		return new JwtAuthenticationToken(Jwt.withTokenValue(token).header("alg", "RS256").subject("ann").build(),
				List.of());
	}

	private static Authentication opaque(String token) {
		return new BearerTokenAuthentication(
				new OAuth2IntrospectionAuthenticatedPrincipal("ann", Map.of("sub", "ann"), List.of()),
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, null, null), List.of());
	}

	private static String authorization(Received request) {
		return request.headers().get("Authorization");
	}

	@Test
	void eachCallCarriesTheTokenOfItsCaller() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			Registrations.as(jwt("one"), () -> session.get("/"));
			Registrations.as(opaque("two"), () -> session.post("/", (options) -> options.data("order")));
			assertThat(this.server.requests()).extracting(RelayTests::authorization)
				.containsExactly("Bearer one", "Bearer two");
			assertThat(session.auth()).hasToString("RelayAuth[session=s]");
		});
	}

	@Test
	void callersDoNotShareCookies() {
		this.server
			.handle((request) -> Answer.of(200).with("Set-Cookie", "who=" + authorization(request).substring(7)));
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			Registrations.as(jwt("one"), () -> session.get("/"));
			Registrations.as(jwt("two"), () -> session.get("/"));
			assertThat(this.server.requests().get(1).headers()).doesNotContainKey("Cookie");
			assertThat(session.cookies()).isEmpty();
		});
		runner().withPropertyValues("requests.sessions.s.cookies=session")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.cookies")
				.hasMessageContaining("Set cookies to call"));
	}

	@Test
	void onlyTheOriginOfTheBaseUrlAndTrustedOriginsReceiveTheToken() {
		try (CountingServer trusted = CountingServer.answering(200)) {
			runner().withPropertyValues("requests.sessions.s.trusted-origins=" + trusted.url()).run((context) -> {
				Session session = context.getBean(Session.class);
				for (CountingServer target : List.of(this.server, trusted, this.elsewhere)) {
					Registrations.as(jwt("one"), () -> session.get(target.url() + "/"));
				}
				assertThat(trusted.requests()).extracting(RelayTests::authorization).containsExactly("Bearer one");
				assertThat(this.server.requests()).extracting(RelayTests::authorization).containsExactly("Bearer one");
				assertThat(this.elsewhere.requests()).extracting(RelayTests::authorization)
					.containsExactly((String) null);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 307 })
	void aRedirectToAnotherOriginLosesTheToken(int status) {
		this.server.handle((request) -> Answer.of(status).with("Location", this.elsewhere.url() + "/"));
		runner().withPropertyValues("requests.sessions.s.trusted-origins=" + this.elsewhere.url()).run((context) -> {
			Response response = Registrations.as(jwt("one"), () -> context.getBean(Session.class).post("/"));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(this.elsewhere.requests()).extracting(RelayTests::authorization).containsExactly((String) null);
		});
	}

	@Test
	void aRedirectWithinTheOriginKeepsTheToken() {
		this.server.handle(
				(request) -> request.target().equals("/b") ? Answer.of(200) : Answer.of(302).with("Location", "/b"));
		runner().run((context) -> {
			Registrations.as(jwt("one"), () -> context.getBean(Session.class).get("/a"));
			assertThat(this.server.requests()).extracting(RelayTests::authorization)
				.containsExactly("Bearer one", "Bearer one");
		});
	}

	@Test
	void withoutATokenNothingIsSent() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(MissingTokenException.class).isThrownBy(() -> session.get("/a?key=hidden"))
				.withMessageStartingWith("GET " + this.server.url() + "/a: ")
				.withMessageContaining("session 's'")
				.withMessageContaining("auth.type: relay")
				.withMessageContaining("propagate the security context")
				.withMessageNotContaining("hidden")
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThatExceptionOfType(MissingTokenException.class)
				.isThrownBy(() -> Registrations.as(new AnonymousAuthenticationToken("key", "anonymousUser",
						AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")), () -> session.get("/")))
				.withMessageContaining("has no authentication");
			assertThatExceptionOfType(MissingTokenException.class)
				.isThrownBy(() -> Registrations.as(
						UsernamePasswordAuthenticationToken.authenticated("ann", "s3cr3t", List.of()),
						() -> session.get("/")))
				.withMessageContaining("UsernamePasswordAuthenticationToken contains no token")
				.withMessageNotContaining("s3cr3t");
		});
		assertThat(this.server.accepted()).isZero();
	}

	@Test
	void credentialsOfTheCallReplaceTheToken() {
		runner().run((context) -> {
			context.getBean(Session.class).get("/", (options) -> options.auth("ann", "pw"));
			assertThat(authorization(this.server.requests().get(0))).startsWith("Basic ");
		});
	}

	@Test
	void theTokenIsNotLogged() {
		try (LogCapture log = new LogCapture("io.github.requests4j", Level.DEBUG)) {
			runner().withPropertyValues("requests.sessions.s.logging.level=body")
				.run((context) -> Registrations.as(jwt("n0t-l0gged"), () -> context.getBean(Session.class).get("/")));
			assertThat(log.messages()).isNotEmpty().noneMatch((line) -> line.contains("n0t-l0gged"));
		}
	}

	@Test
	void aFutureOfAClientHasTheTokenOfItsCaller() {
		for (boolean virtual : List.of(false, true)) {
			runner()
				.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
						RequestsClientsAutoConfiguration.class))
				.withUserConfiguration(Clients.class)
				.withPropertyValues("spring.threads.virtual.enabled=" + virtual)
				.run((context) -> {
					Orders orders = context.getBean(Orders.class);
					List<CompletableFuture<Response>> calls = new ArrayList<>();
					for (int i = 0; i < 8; i++) {
						calls.add(Registrations.as(jwt("user-" + i), orders::later));
					}
					for (int i = 0; i < 8; i++) {
						assertThat(authorizationSent(calls.get(i).get(30, TimeUnit.SECONDS)))
							.isEqualTo("Bearer user-" + i);
					}
				});
		}
	}

	private static String authorizationSent(Response response) {
		return response.request().headers().get("Authorization");
	}

	@Test
	void anExecutorThatPropagatesTheSecurityContextHasTheToken() throws Exception {
		ExecutorService plain = Executors.newSingleThreadExecutor();
		ExecutorService propagating = new DelegatingSecurityContextExecutorService(plain);
		try {
			runner().run((context) -> {
				Session session = context.getBean(Session.class);
				Future<Response> carried = Registrations.as(jwt("one"),
						() -> propagating.submit(() -> session.get("/")));
				assertThat(authorizationSent(carried.get(30, TimeUnit.SECONDS))).isEqualTo("Bearer one");
				Future<Response> lost = Registrations.as(jwt("one"), () -> plain.submit(() -> session.get("/")));
				assertThat(lost).failsWithin(Duration.ofSeconds(30))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(MissingTokenException.class);
			});
		}
		finally {
			propagating.shutdownNow();
		}
	}

	@Test
	void missingBaseUrlOrSpringSecurityFailsTheStart() {
		runner().withPropertyValues("requests.sessions.s.base-url=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.type")
				.hasMessageContaining("requires a base-url"));
		runner().withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.type")
				.hasMessageContaining("spring-boot-starter-security-oauth2-resource-server"));
	}

	@Test
	void noOAuth2ClientIsNeeded() {
		runner().withClassLoader(new FilteredClassLoader("org.springframework.security.oauth2.client"))
			.run((context) -> {
				Registrations.as(jwt("one"), () -> context.getBean(Session.class).get("/"));
				assertThat(authorization(this.server.requests().get(0))).isEqualTo("Bearer one");
			});
	}

	@RequestsClient("s")
	interface Orders {

		@GetExchange("/later")
		CompletableFuture<Response> later();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRequestsClients(clients = Orders.class)
	static class Clients {

	}

}
