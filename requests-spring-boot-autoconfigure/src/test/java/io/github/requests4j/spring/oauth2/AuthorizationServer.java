package io.github.requests4j.spring.oauth2;

import java.security.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.source.JWKSource;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;

/**
 * Spring's own authorization server in this JVM, with a client, one whose tokens end
 * soon, one for the tokens of users, and the times of the requests for tokens, which can
 * be held up.
 */
public final class AuthorizationServer implements AutoCloseable {

	static final String CLIENT = "spring.security.oauth2.authorizationserver.client.";

	private final ConfigurableApplicationContext context;

	public AuthorizationServer(String... properties) {
		this(Application.class, properties);
	}

	private AuthorizationServer(Class<?> application, String... properties) {
		this.context = new SpringApplicationBuilder(application).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.jmx.enabled=false")
			.properties(client("depot", "s3cr3t", "10m"))
			.properties(client("hasty", "hurry", "4s"))
			.properties(client("shop", "w4res", "10m"))
			.properties(
					CLIENT + "shop.registration.authorization-grant-types=authorization_code,refresh_token,"
							+ AuthorizationGrantType.TOKEN_EXCHANGE.getValue(),
					CLIENT + "shop.registration.redirect-uris=http://127.0.0.1/login")
			.properties(properties)
			.run();
	}

	/** A server that knows the clients of a bean, over TLS. */
	static AuthorizationServer secure(Class<?> clients, String... properties) {
		return new AuthorizationServer(clients, properties);
	}

	/** The properties of a client whose tokens are valid for so long. */
	public static String[] client(String id, String secret, String lifetime) {
		String client = CLIENT + id + ".";
		return new String[] { client + "registration.client-id=" + id,
				client + "registration.client-secret={noop}" + secret,
				client + "registration.client-authentication-methods=client_secret_basic",
				client + "registration.authorization-grant-types=client_credentials",
				client + "registration.scopes=orders", client + "token.access-token-time-to-live=" + lifetime };
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public String tokenUri() {
		return "http://127.0.0.1:" + port() + "/oauth2/token";
	}

	/** Logs a user in with the client shop, without a browser. */
	UserLogin login(String user) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Jwt access = new NimbusJwtEncoder(this.context.getBean(JWKSource.class))
			.encode(JwtEncoderParameters.from(JwtClaimsSet.builder()
				.subject(user)
				.id(UUID.randomUUID().toString())
				.issuedAt(now)
				.expiresAt(now.plusSeconds(600))
				.build()));
		OAuth2RefreshToken refresh = new OAuth2RefreshToken(UUID.randomUUID().toString(), now, now.plusSeconds(3600));
		OAuth2AccessToken token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, access.getTokenValue(), now,
				access.getExpiresAt(), Set.of("orders"));
		Authentication principal = UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
		this.context.getBean(OAuth2AuthorizationService.class)
			.save(OAuth2Authorization
				.withRegisteredClient(this.context.getBean(RegisteredClientRepository.class).findByClientId("shop"))
				.principalName(user)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.authorizedScopes(Set.of("orders"))
				.attribute(Principal.class.getName(), principal)
				.token(token, (metadata) -> {
					metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, access.getClaims());
					metadata.put(OAuth2TokenFormat.class.getName(), OAuth2TokenFormat.SELF_CONTAINED.getValue());
				})
				.refreshToken(refresh)
				.build());
		return new UserLogin(access, token, refresh);
	}

	record UserLogin(Jwt jwt, OAuth2AccessToken access, OAuth2RefreshToken refresh) {
	}

	/** The number of token requests. */
	public int asked() {
		return this.context.getBean(Arrivals.class).nanos.size();
	}

	/** The times of the token requests, on the clock of {@link System#nanoTime()}. */
	public List<Long> askedAt() {
		return List.copyOf(this.context.getBean(Arrivals.class).nanos);
	}

	/** Lets token requests wait until they are released. */
	public void hold() {
		this.context.getBean(Arrivals.class).gate = new CountDownLatch(1);
	}

	/** Ends a hold. */
	public void release() {
		this.context.getBean(Arrivals.class).gate.countDown();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** The token requests that have arrived, and what holds them up. */
	static final class Arrivals {

		private static final long LIMIT_SECONDS = 60;

		private final List<Long> nanos = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch gate = new CountDownLatch(0);

		void arrive() {
			this.nanos.add(System.nanoTime());
			try {
				this.gate.await(LIMIT_SECONDS, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Arrivals arrivals() {
			return new Arrivals();
		}

		@Bean
		OAuth2AuthorizationService authorizations() {
			return new InMemoryOAuth2AuthorizationService();
		}

		@Bean
		FilterRegistrationBean<Filter> counting(Arrivals arrivals) {
			FilterRegistrationBean<Filter> counting = new FilterRegistrationBean<>((request, response, chain) -> {
				if (((HttpServletRequest) request).getRequestURI().equals("/oauth2/token")) {
					arrivals.arrive();
				}
				chain.doFilter(request, response);
			});
			counting.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return counting;
		}

	}

}
