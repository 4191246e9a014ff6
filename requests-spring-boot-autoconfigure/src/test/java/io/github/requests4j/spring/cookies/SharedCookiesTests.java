package io.github.requests4j.spring.cookies;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.requests4j.Session;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.PromptRedisFailures;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.redis.RequestsRedisAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Cookies that several replicas share in a real Redis, as their server receives them.
 */
@Timeout(300)
class SharedCookiesTests {

	private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	/** Sets the cookies that the query of a request consists of. */
	@AutoClose
	private final CountingServer server = new CountingServer((request) -> {
		Answer answer = Answer.of(200);
		int query = request.target().indexOf('?');
		if (query >= 0) {
			for (String cookie : request.target().substring(query + 1).split("&")) {
				answer = answer.with("Set-Cookie", cookie.replace("%3B", ";").replace("%20", " "));
			}
		}
		return answer;
	});

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@AfterEach
	void closeContexts() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	private List<Session> start(int count, String... properties) {
		List<Session> sessions = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.properties(redis.properties())
				.properties("spring.main.banner-mode=off", "requests.redis.timeout=5s",
						"requests.sessions.shop.base-url=" + this.server.url() + "/",
						"requests.sessions.shop.cookies.store=redis")
				.properties(properties)
				.run();
			this.contexts.add(context);
			sessions.add(context.getBean(Session.class));
		}
		return sessions;
	}

	/** Returns the Cookie header that the server receives from a session. */
	private @Nullable String sent(Session session, String path) {
		int before = this.server.requests().size();
		session.get(path);
		return this.server.requests().get(before).headers().get("Cookie");
	}

	@Test
	void oneLoginServesAllReplicas() {
		AtomicInteger logins = new AtomicInteger();
		this.server.handle((request) -> {
			if (request.target().equals("/login")) {
				return Answer.of(200).with("Set-Cookie", "sid=" + logins.incrementAndGet() + "; HttpOnly; Path=/");
			}
			return Answer.of(request.headers().containsKey("Cookie") ? 200 : 401);
		});
		List<Session> all = start(3);
		for (Session session : all) {
			if (session.get("orders").statusCode() == 401) {
				session.get("login");
			}
			assertThat(session.get("orders").statusCode()).isEqualTo(200);
		}
		assertThat(logins).hasValue(1);
		assertThat(all.get(2).cookies().get("sid")).isEqualTo("1");
		Cookie shared = all.get(2).cookies().cookies().get(0);
		assertThat(shared.httpOnly()).isTrue();
		assertThat(shared.hostOnly()).isTrue();
		assertThat(shared.domain()).isEqualTo("127.0.0.1");
	}

	@Test
	void cookiesFollowTheRulesOfAJarInMemory() {
		List<Session> all = start(2);
		all.get(0).get("a?plain=1&secret=2%3B%20Secure&deep=3%3B%20Path=/a/b&short=4%3B%20Max-Age=1000");
		assertThat(sent(all.get(1), "")).isEqualTo("plain=1; short=4");
		assertThat(sent(all.get(1), "a/b/c")).isEqualTo("deep=3; plain=1; short=4");
		all.get(1).get("?plain=5&short=x%3B%20Max-Age=0");
		assertThat(sent(all.get(0), "")).as("replaced and removed").isEqualTo("plain=5");
		all.get(0).cookies().set("theme", "dark");
		assertThat(sent(all.get(1), "")).isEqualTo("plain=5; theme=dark");
		all.get(1).cookies().clear();
		assertThat(sent(all.get(0), "")).isNull();
		try (CountingServer other = CountingServer.answering(200)) {
			all.get(0).get("?again=1");
			all.get(1).get("http://localhost:" + other.port() + "/");
			assertThat(other.requests().get(0).headers()).doesNotContainKey("Cookie");
		}
	}

	@Test
	void orderIsThatOfCreation() {
		List<Session> all = start(2);
		all.get(0).get("?b=1&a=2");
		all.get(1).get("?c=3");
		all.get(0).get("?b=4");
		assertThat(sent(all.get(1), "")).isEqualTo("b=4; a=2; c=3");
	}

	@Test
	void callWithItsOwnCredentialsSharesNothing() {
		List<Session> all = start(2);
		all.get(0).get("?mine=1");
		all.get(1).get("?other=2", (request) -> request.header("Authorization", "Bearer b"));
		assertThat(this.server.requests().get(1).headers()).doesNotContainKey("Cookie");
		assertThat(sent(all.get(0), "")).isEqualTo("mine=1");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void valuesCanBeEncrypted(boolean encrypted) throws IOException {
		List<Session> all = encrypted ? start(2, "requests.redis.encryption-key=" + KEY) : start(2);
		all.get(0).get("?sid=s3cr3t");
		assertThat(sent(all.get(1), "")).isEqualTo("sid=s3cr3t");
		String key = redis.keys().get(0);
		assertThat(key).endsWith(":cookies:{shop}");
		assertThat(String.join("\n", redis.fields(key)).contains("s3cr3t")).isEqualTo(!encrypted);
	}

	@Test
	void noneOfThousandConcurrentChangesIsLost() throws Exception {
		List<Session> all = start(3);
		ExecutorService threads = Executors.newFixedThreadPool(30);
		try {
			List<Future<?>> changes = new ArrayList<>();
			for (int i = 0; i < 1000; i++) {
				int number = i;
				Session session = all.get(i % 3);
				changes
					.add(threads.submit(() -> session.cookies().set("c" + number, "" + number, number + ".example")));
			}
			for (Future<?> change : changes) {
				change.get(240, TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
		Set<String> expected = IntStream.range(0, 1000).mapToObj((number) -> "c" + number).collect(Collectors.toSet());
		for (Session session : all) {
			session.get("");
			assertThat(session.cookies()).extracting(Cookie::name).containsExactlyInAnyOrderElementsOf(expected);
		}
	}

	@Test
	void withoutRedisEachReplicaGoesOnAloneAndNothingIsLost() throws IOException {
		List<Session> all = start(2);
		all.get(0).get("?sid=1");
		assertThat(sent(all.get(1), "")).isEqualTo("sid=1");
		redis.kill();
		all.get(0).get("?away=0");
		assertThat(sent(all.get(0), "")).isEqualTo("sid=1; away=0");
		assertThat(sent(all.get(1), "")).isEqualTo("sid=1");
		redis.restart();
		await().atMost(Duration.ofSeconds(60)).until(() -> {
			all.get(0).get("");
			return "sid=1; away=0".equals(sent(all.get(1), ""));
		});
	}

	@Test
	void foreignBytesAreIgnored() throws IOException {
		List<Session> all = start(2);
		all.get(0).get("?sid=1");
		String key = redis.keys().get(0);
		redis.command("HSET " + key + " c:0 nonsense c:1 1.1:nonsense c:2 9999999999999999999999.1:x");
		redis.command("HINCRBY " + key + " version 1");
		assertThat(sent(all.get(1), "")).isEqualTo("sid=1");
		assertThat(sent(all.get(0), "")).isEqualTo("sid=1");
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.data.redis, spring-boot-starter-data-redis, session",
			"nothing, RedisConnectionFactory, session", "nothing, scope, call" })
	void incompleteSettingsStopTheStart(String missing, String message, String scope) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
					RequestsRedisAutoConfiguration.class, RequestsCookiesAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing + "."))
			.withPropertyValues("requests.sessions.shop.cookies.scope=" + scope,
					"requests.sessions.shop.cookies.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(message)
				.hasStackTraceContaining("requests.sessions.shop.cookies.store"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(PromptRedisFailures.class)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
			RequestsAutoConfiguration.class, RequestsCookiesAutoConfiguration.class })
	static class Application {

	}

}
