package io.github.requests4j.spring.guide;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.oauth2.RequestsOAuth2AutoConfiguration;
import io.github.requests4j.spring.oauth2.RequestsTokenRelayAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What callers are told if there is no token. The page about trouble shows the same.
 */
@Timeout(60)
class TokenMessageTests {

	private static final String PAGE = "docs/troubleshooting.md";

	@AutoClose
	private final CountingServer tokens = CountingServer.answering(200);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
				RequestsOAuth2AutoConfiguration.class, RequestsTokenRelayAutoConfiguration.class))
		.withPropertyValues("requests.sessions.pay.base-url=http://api.example.com:8080/");

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void noAuthentication() {
		assertShown(this.runner.withPropertyValues("requests.sessions.pay.auth.type=relay"));
	}

	@Test
	void noToken() {
		SecurityContextHolder.getContext()
			.setAuthentication(UsernamePasswordAuthenticationToken.authenticated("ann", "s3cr3t", List.of()));
		assertShown(this.runner.withPropertyValues("requests.sessions.pay.auth.type=relay"));
	}

	@Test
	void noTokenEndpoint() {
		this.tokens.close();
		assertShown(oauth2());
	}

	@Test
	void slowTokenEndpoint() {
		CompletableFuture<Answer> never = new CompletableFuture<>();
		this.tokens.handle((request) -> never.join());
		try {
			assertShown(oauth2().withPropertyValues("requests.defaults.read-timeout=200ms"));
		}
		finally {
			never.complete(Answer.NONE);
		}
	}

	@Test
	void rejectedClient() {
		this.tokens.handle((request) -> Answer.json(400, "{\"error\": \"invalid_client\"}"));
		assertShown(oauth2());
	}

	private ApplicationContextRunner oauth2() {
		String client = "spring.security.oauth2.client.";
		return this.runner.withPropertyValues("requests.sessions.pay.auth.registration-id=depot",
				client + "registration.depot.provider=login", client + "registration.depot.client-id=depot",
				client + "registration.depot.client-secret=s3cr3t",
				client + "registration.depot.authorization-grant-type=client_credentials",
				client + "provider.login.token-uri=" + this.tokens.url() + "/token");
	}

	private static void assertShown(ApplicationContextRunner runner) {
		runner.run((context) -> {
			RequestException failure = catchThrowableOfType(RequestException.class,
					() -> context.getBean(Session.class).get("items?key=s3cr3t"));
			assertThat(failure).hasMessageNotContaining("s3cr3t");
			String thread = "'" + Thread.currentThread().getName() + "'";
			assertThat(Files.readString(Path.of("..", PAGE))).contains("\n" + failure.getClass().getSimpleName() + ": "
					+ failure.getMessage().replace(thread, "'task-1'") + "\n");
		});
	}

}
