package io.github.requests4j.spring.oauth2;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.requests4j.Session;
import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.CountingServer.Received;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.session.RegistrationAuths;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replicas of an application with {@code auth.store: redis}.
 */
@Timeout(120)
class SharedTokensTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private final AtomicInteger issued = new AtomicInteger();

	private final Set<String> rejected = ConcurrentHashMap.newKeySet();

	@AutoClose
	private final CountingServer login = new CountingServer((request) -> Answer.json(200, "{\"access_token\":\"t-"
			+ this.issued.incrementAndGet() + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));

	@AutoClose
	private final CountingServer server = new CountingServer(
			(request) -> Answer.of(this.rejected.contains(token(request)) ? 401 : 200));

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void stop() throws IOException {
		redis.restart();
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	private static String token(Received request) {
		return request.headers().getOrDefault("Authorization", "").replace("Bearer ", "");
	}

	private String[] properties() {
		return new String[] { "requests.sessions.s.base-url=" + this.server.url(),
				"requests.sessions.s.auth.registration-id=shop", "requests.sessions.s.auth.store=redis",
				Registrations.SHOP + "provider=own", Registrations.SHOP + "client-id=shop",
				Registrations.SHOP + "client-secret=w4res",
				Registrations.SHOP + "authorization-grant-type=client_credentials",
				"spring.security.oauth2.client.provider.own.token-uri=" + this.login.url() + "/token" };
	}

	private List<Session> start(String timeout) {
		List<Session> sessions = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties(redis.properties())
				.properties(properties())
				.properties("spring.main.banner-mode=off", "requests.redis.timeout=" + timeout)
				.registerShutdownHook(false)
				.application();
			ConfigurableApplicationContext context = application.run();
			this.contexts.add(context);
			await().atMost(Duration.ofSeconds(30))
				.until(() -> context.getBean(RedisAccess.class).unavailableSince() == null);
			sessions.add(context.getBean(Session.class));
		}
		return sessions;
	}

	private static List<Integer> call(List<Session> sessions) throws Exception {
		AtomicInteger next = new AtomicInteger();
		return Registrations.together(12,
				() -> sessions.get(next.getAndIncrement() % sessions.size()).get("/").statusCode());
	}

	@Test
	void threeReplicasRequestOneToken() throws Exception {
		List<Session> sessions = start("10s");
		assertThat(call(sessions)).containsOnly(200);
		assertThat(this.login.accepted()).isEqualTo(1);
		assertThat(this.server.requests()).extracting(SharedTokensTests::token).containsOnly("t-1");
	}

	@Test
	void manyResponsesWith401CauseOneRenewal() throws Exception {
		List<Session> sessions = start("10s");
		for (int i = 1; i <= 10; i++) {
			assertThat(call(sessions)).containsOnly(200);
			assertThat(this.login.accepted()).isEqualTo(i);
			this.rejected.add("t-" + i);
		}
	}

	@Test
	void pausedRedisDelaysNoCallForLongerThanItsTimeout() throws Exception {
		List<Session> sessions = start("3s");
		redis.pause();
		long start = System.nanoTime();
		assertThat(call(sessions)).containsOnly(200);
		assertThat(System.nanoTime() - start).isLessThan(2 * TimeUnit.SECONDS.toNanos(3));
		assertThat(this.login.accepted()).isEqualTo(3);
		assertThat(this.contexts)
			.allSatisfy((context) -> assertThat(context.getBean(RedisAccess.class).counts(RedisUse.TOKENS).fallbacks())
				.isEqualTo(1));
	}

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(OAuth2ClientAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
							RequestsAutoConfiguration.class, RequestsOAuth2AutoConfiguration.class))
			.withPropertyValues(redis.properties())
			.withPropertyValues(properties());
	}

	@Test
	void withoutSpringDataRedisTheStartNamesTheDependencyAndTheKey() {
		runner().withClassLoader(new FilteredClassLoader("org.springframework.data.", "org.springframework.boot.data."))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.store")
				.hasMessageContaining("org.springframework.boot:spring-boot-starter-data-redis"));
	}

	@Test
	void withoutConnectionsTheStartNamesTheMissingBean() {
		runner().run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("requests.sessions.s.auth.store")
			.hasMessageContaining("RedisConnectionFactory"));
	}

	@Test
	void beanOfTheApplicationThatKeepsTokensIsNotShared() {
		runner().withBean(RegistrationAuths.class, () -> (registration) -> new BearerAuth("own"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth.store")
				.hasMessageContaining("own bean of type RegistrationAuths"));
	}

	@Test
	void onlyOAuth2HasAStore() {
		runner().withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withPropertyValues("requests.sessions.other.auth.token=abc", "requests.sessions.other.auth.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.other.auth.store")
				.hasMessageContaining("belong to different types of authentication"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
			RequestsRedisAutoConfiguration.class, RequestsAutoConfiguration.class,
			RequestsOAuth2AutoConfiguration.class })
	static class Application {

	}

}
