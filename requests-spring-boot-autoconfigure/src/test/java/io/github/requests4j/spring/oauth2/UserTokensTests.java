package io.github.requests4j.spring.oauth2;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Grants that require a user: token exchange, JWT bearer and authorization code.
 */
@Timeout(120)
class UserTokensTests {

	private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

	private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

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
		return Answer.of((token(request) == null || this.refused.contains(token(request))) ? 401 : 200);
	}

	private static String token(Received request) {
		String header = request.headers().get("Authorization");
		return (header != null && header.startsWith("Bearer ")) ? header.substring(7) : null;
	}

	private int asked() {
		return authorization.asked() - this.askedBefore;
	}

	private ApplicationContextRunner runner(String grant) {
		return Registrations.runner(this.server.url(), authorization.tokenUri(), grant);
	}

	private static Session session(ApplicationContext context) {
		return context.getBean("sSession", Session.class);
	}

	private static JwtAuthenticationToken user(String name) {
		return new JwtAuthenticationToken(authorization.login(name).jwt(), List.of(), name);
	}

	@Test
	void tokenExchangeSendsATokenForTheCaller() {
		runner(EXCHANGE).run((context) -> {
			JwtAuthenticationToken ann = user("ann");
			for (int i = 0; i < 2; i++) {
				assertThat(Registrations.as(ann, () -> session(context).get("/")).statusCode()).isEqualTo(200);
			}
			assertThat(asked()).isEqualTo(1);
			assertThat(this.server.requests()).allSatisfy((request) -> {
				assertThat(token(request)).isNotEqualTo(ann.getToken().getTokenValue());
				assertThat(claims(token(request))).contains("\"ann\"", "\"shop\"");
			});
			assertThat(session(context).auth()).hasToString("CallerTokenAuth[registration=shop]");
		});
	}

	@Test
	void usersAndTokensDoNotShareExchangedTokens() {
		runner(EXCHANGE).run((context) -> {
			for (Authentication user : List.of(user("ann"), user("bob"), user("ann"))) {
				Registrations.as(user, () -> session(context).get("/"));
			}
			assertThat(asked()).isEqualTo(3);
			assertThat(this.server.requests()).extracting(UserTokensTests::token).doesNotHaveDuplicates();
			assertThat(claims(token(this.server.requests().get(1)))).contains("\"bob\"");
		});
	}

	@Test
	void concurrentCallsOfOneUserShareOneExchangeAndOneRenewal() {
		runner(EXCHANGE).run((context) -> {
			Session session = session(context);
			JwtAuthenticationToken ann = user("ann");
			assertThat(Registrations.together(64, () -> Registrations.as(ann, () -> session.get("/").statusCode())))
				.containsOnly(200);
			assertThat(asked()).isEqualTo(1);
			this.refused.add(token(this.server.requests().get(0)));
			assertThat(Registrations.together(64, () -> Registrations.as(ann, () -> session.get("/").statusCode())))
				.containsOnly(200);
			assertThat(asked()).isEqualTo(2);
		});
	}

	@Test
	void anOpaqueTokenIsExchanged() {
		try (CountingServer tokens = new CountingServer(UserTokensTests::issue)) {
			Registrations.runner(this.server.url(), tokens.url() + "/token", EXCHANGE).run((context) -> {
				Registrations.as(opaque("ann", "0paque"), () -> session(context).get("/"));
				assertThat(form(tokens.requests().get(0))).containsEntry("subject_token", "0paque")
					.containsEntry("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
					.containsEntry("grant_type", EXCHANGE);
			});
		}
	}

	@Test
	void onlyTheMostRecentUsersAreKept() {
		AtomicInteger issued = new AtomicInteger();
		try (CountingServer tokens = new CountingServer((request) -> {
			issued.incrementAndGet();
			return issue(request);
		})) {
			Registrations.runner(this.server.url(), tokens.url() + "/token", EXCHANGE).run((context) -> {
				Session session = session(context);
				for (int i = 0; i <= CallerTokenAuth.MAX_USERS; i++) {
					String name = "user-" + i;
					Registrations.as(opaque(name, name), () -> session.get("/"));
				}
				int before = issued.get();
				Registrations.as(opaque("user-1", "user-1"), () -> session.get("/"));
				assertThat(issued).hasValue(before);
				Registrations.as(opaque("user-0", "user-0"), () -> session.get("/"));
				assertThat(issued).hasValue(before + 1);
			});
		}
	}

	@Test
	void aProviderOfTheApplicationFindsSubjectAndActor() {
		try (CountingServer tokens = new CountingServer(UserTokensTests::issue)) {
			Registrations.runner(this.server.url(), tokens.url() + "/token", EXCHANGE)
				.withBean(OAuth2AuthorizedClientProvider.class, () -> {
					TokenExchangeOAuth2AuthorizedClientProvider provider = new TokenExchangeOAuth2AuthorizedClientProvider();
					provider.setSubjectTokenResolver((user) -> bearer("subject-of-" + user.getPrincipal().getName()));
					provider.setActorTokenResolver((user) -> bearer("actor"));
					return provider;
				})
				.run((context) -> {
					Authentication ann = UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of());
					for (int i = 0; i < 2; i++) {
						assertThat(Registrations.as(ann, () -> session(context).get("/")).statusCode()).isEqualTo(200);
					}
					assertThat(tokens.requests()).hasSize(1);
					assertThat(form(tokens.requests().get(0))).containsEntry("subject_token", "subject-of-ann")
						.containsEntry("actor_token", "actor");
				});
		}
	}

	@Test
	void withoutAUserTheCallFailsBeforeAnythingIsSent() {
		for (String grant : List.of(EXCHANGE, JWT_BEARER)) {
			runner(grant).run((context) -> {
				assertThatExceptionOfType(MissingTokenException.class)
					.isThrownBy(() -> session(context).get("/a?key=hidden"))
					.withMessageStartingWith("GET " + this.server.url() + "/a: ")
					.withMessageContaining("client registration 'shop'")
					.withMessageContaining("has no authentication")
					.withMessageNotContaining("hidden")
					.satisfies((ex) -> assertThat(ex.request()).isNotNull());
				assertThatExceptionOfType(MissingTokenException.class)
					.isThrownBy(() -> Registrations.as(
							UsernamePasswordAuthenticationToken.authenticated("ann", "pw", List.of()),
							() -> session(context).get("/")))
					.withMessageContaining("UsernamePasswordAuthenticationToken contains no token");
			});
		}
		assertThat(this.server.accepted()).isZero();
		assertThat(asked()).isZero();
	}

	@Test
	void aSubjectTokenThatTheServerRejectsIsReported() {
		runner(EXCHANGE).run((context) -> assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> Registrations.as(opaque("ann", "unknown"), () -> session(context).get("/")))
			.withMessageContaining("client registration 'shop'")
			.withMessageContaining("returned 'invalid_grant'")
			.withMessageContaining("the token of the user"));
	}

	@Test
	void jwtBearerPresentsTheTokenOfTheCaller() {
		try (CountingServer tokens = new CountingServer(UserTokensTests::issue)) {
			Registrations.runner(this.server.url(), tokens.url() + "/token", JWT_BEARER).run((context) -> {
				JwtAuthenticationToken ann = user("ann");
				for (int i = 0; i < 2; i++) {
					assertThat(Registrations.as(ann, () -> session(context).get("/")).statusCode()).isEqualTo(200);
				}
				assertThat(tokens.requests()).hasSize(1);
				assertThat(form(tokens.requests().get(0))).containsEntry("grant_type", JWT_BEARER)
					.containsEntry("assertion", ann.getToken().getTokenValue())
					.containsEntry("scope", "orders");
				assertThatExceptionOfType(MissingTokenException.class)
					.isThrownBy(() -> Registrations.as(opaque("bob", "0paque"), () -> session(context).get("/")))
					.withMessageContaining("requires a JWT");
			});
		}
	}

	@Test
	void theTokenOfALoginIsUsedAndRefreshed() {
		login().run((context) -> {
			AuthorizationServer.UserLogin ann = authorization.login("ann");
			Authentication user = save(context, "ann", ann.access(), ann.refresh());
			Session session = session(context);
			assertThat(Registrations.as(user, () -> session.get("/")).statusCode()).isEqualTo(200);
			assertThat(asked()).isZero();
			assertThat(token(this.server.requests().get(0))).isEqualTo(ann.access().getTokenValue());
			this.refused.add(ann.access().getTokenValue());
			assertThat(Registrations.together(32, () -> Registrations.as(user, () -> session.get("/").statusCode())))
				.containsOnly(200);
			assertThat(asked()).isEqualTo(1);
			assertThat(context.getBean(OAuth2AuthorizedClientService.class)
				.<OAuth2AuthorizedClient>loadAuthorizedClient("shop", "ann")
				.getAccessToken()
				.getTokenValue()).isNotEqualTo(ann.access().getTokenValue());
		});
	}

	@Test
	void anExpiredTokenOfALoginIsRefreshed() {
		login().run((context) -> {
			AuthorizationServer.UserLogin ann = authorization.login("ann");
			OAuth2AccessToken old = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "old",
					Instant.now().minusSeconds(60), Instant.now().minusSeconds(1));
			Authentication user = save(context, "ann", old, ann.refresh());
			assertThat(Registrations.as(user, () -> session(context).get("/")).statusCode()).isEqualTo(200);
			assertThat(asked()).isEqualTo(1);
			assertThat(claims(token(this.server.requests().get(0)))).contains("\"ann\"");
		});
	}

	@Test
	void loginThatCannotBeRefreshedRequiresANewLogin() {
		login().run((context) -> {
			Authentication user = save(context, "ann", authorization.login("ann").access(), null);
			Session session = session(context);
			Registrations.as(user, () -> session.get("/"));
			this.refused.add(token(this.server.requests().get(0)));
			assertThatExceptionOfType(MissingTokenException.class)
				.isThrownBy(() -> Registrations.as(user, () -> session.get("/")))
				.withMessageContaining("/oauth2/authorization/shop");
		});
	}

	@Test
	void userWithoutALoginIsSentToTheLogin() {
		login().run((context) -> assertThatExceptionOfType(MissingTokenException.class)
			.isThrownBy(() -> Registrations.as(user("ann"), () -> session(context).get("/")))
			.withMessageContaining("/oauth2/authorization/shop")
			.withCauseInstanceOf(ClientAuthorizationRequiredException.class));
		assertThat(this.server.accepted()).isZero();
	}

	private ApplicationContextRunner login() {
		return runner("authorization_code").withPropertyValues(
				Registrations.SHOP + "redirect-uri=http://127.0.0.1/login",
				"spring.security.oauth2.client.provider.own.authorization-uri=http://127.0.0.1/authorize");
	}

	private static Authentication save(ApplicationContext context, String name, OAuth2AccessToken access,
			OAuth2RefreshToken refresh) {
		Authentication user = UsernamePasswordAuthenticationToken.authenticated(name, null, List.of());
		context.getBean(OAuth2AuthorizedClientService.class)
			.saveAuthorizedClient(new OAuth2AuthorizedClient(
					context.getBean(ClientRegistrationRepository.class).findByRegistrationId("shop"), name, access,
					refresh), user);
		return user;
	}

	private static OAuth2AccessToken bearer(String value) {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value, null, null);
	}

	private static Authentication opaque(String name, String token) {
		return new BearerTokenAuthentication(
				new OAuth2IntrospectionAuthenticatedPrincipal(name, Map.of("sub", name), List.of()), bearer(token),
				List.of());
	}

	/** Issues a token that names what it was issued for. */
	private static Answer issue(Received request) {
		return Answer.json(200, "{\"access_token\": \"issued-%s\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
			.formatted(Integer.toHexString(request.body().hashCode())));
	}

	private static Map<String, String> form(Received request) {
		Map<String, String> form = new TreeMap<>();
		for (String pair : request.body().split("&")) {
			String[] parts = pair.split("=", 2);
			form.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
					URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		return form;
	}

	private static String claims(String jwt) {
		return OAuth2Tests.claims(jwt);
	}

}
