package io.github.requests4j.spring.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.cache.CacheStore;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.PromptRedisFailures;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.management.RequestsManagementAutoConfiguration;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * When and how an application gets access to Redis.
 */
class RedisStartTests {

	@RegisterExtension
	static final RedisServer redis = new RedisServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
				RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class,
				RequestsManagementAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues(redis.properties())
		.withPropertyValues("requests.sessions.shop.base-url=http://localhost/", "requests.redis.timeout=5s");

	@Test
	void nothingIsCreatedUnlessASessionUsesRedis() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(RedisAccess.class)
			.doesNotHaveBean("requestsStoreHealthIndicator"));
	}

	@Test
	void sessionThatUsesRedisHasAccess() {
		this.runner.withUserConfiguration(PromptRedisFailures.class)
			.withPropertyValues("requests.sessions.shop.cache.store=redis", "spring.application.name=My shop")
			.run((context) -> {
				RedisAccess access = context.getBean(RedisAccess.class);
				assertThat(new String(access.key(RedisUse.CACHE, "x"))).isEqualTo("requests:My_shop:cache:x");
				HealthIndicator health = context.getBean("requestsStoreHealthIndicator", HealthIndicator.class);
				await().atMost(Duration.ofSeconds(30)).until(() -> health.health().getStatus() == Status.UP);
				call(access);
				assertThat(calls(context.getBean(MeterRegistry.class), "fallbacks")).isZero();
				redis.kill();
				call(access);
				Health away = health.health();
				assertThat(away.getStatus().getCode()).isEqualTo("STORE_UNAVAILABLE");
				assertThat(away.getDetails()).containsKeys("unavailableSince", "tokens");
				assertThat(calls(context.getBean(MeterRegistry.class), "calls")).isEqualTo(2);
				assertThat(calls(context.getBean(MeterRegistry.class), "fallbacks")).isEqualTo(1);
			});
	}

	@Test
	void withoutSpringDataRedisTheStartNamesTheDependencyAndTheKey() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.data.", "org.springframework.boot.data."))
			.withPropertyValues("requests.sessions.shop.cache.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.shop.cache.store")
				.hasMessageContaining("test")
				.hasMessageContaining("Spring Data Redis, which is not on the class path")
				.hasMessageContaining("org.springframework.boot:spring-boot-starter-data-redis"));
	}

	@Test
	void withoutConnectionsTheStartNamesTheMissingBean() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsRedisAutoConfiguration.class, RequestsAutoConfiguration.class))
			.withPropertyValues("requests.defaults.cache.store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.defaults.cache.store")
				.hasMessageContaining("primary bean, of type RedisConnectionFactory"));
	}

	@Test
	void aBeanCanBeTheStore() {
		List<String> keys = new ArrayList<>();
		CacheStore store = mock();
		given(store.find(any())).willAnswer((call) -> {
			keys.add(call.getArgument(0));
			return List.of();
		});
		given(store.write(any(), any())).willReturn(mock());
		this.runner.withBean("own", CacheStore.class, () -> store)
			.withPropertyValues("requests.sessions.shop.cache.store=own")
			.run((context) -> {
				assertThatExceptionOfType(RequestException.class)
					.isThrownBy(() -> context.getBean(Session.class).get("http://127.0.0.1:1/item"));
				assertThat(keys).containsExactly("http://127.0.0.1:1/item");
				assertThat(context).doesNotHaveBean(RedisAccess.class);
			});
	}

	@ParameterizedTest
	@CsvSource({ "cache.store, nosuch", "cache.store, simpleMeterRegistry", "cache.local-size, -1B" })
	void wrongStoresStopTheStart(String key, String value) {
		this.runner
			.withPropertyValues("requests.sessions.shop.cache.store=redis",
					"requests.sessions.shop." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(key));
	}

	private static double calls(MeterRegistry meters, String name) {
		return meters.get("requests.store." + name).tag("use", "tokens").functionCounter().count();
	}

	private static void call(RedisAccess access) {
		try {
			access.call(RedisUse.TOKENS, (connection) -> connection.ping());
		}
		catch (RedisUnavailableException ex) {
			assertThat(ex).hasMessageNotContaining("Lettuce");
		}
	}

	@Test
	void startDoesNotRequireRedis() {
		redis.kill();
		this.runner.withPropertyValues("requests.defaults.cache.store=redis", "requests.redis.prefix=my:prefix:")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				RedisAccess access = context.getBean(RedisAccess.class);
				assertThat(new String(access.key(RedisUse.CACHE, "x"))).isEqualTo("my:prefix:cache:x");
				assertThat(access.unavailableSince()).isNotNull();
			});
	}

	@ParameterizedTest
	@CsvSource({ "prefix, a{b}", "encryption-key, short", "timeout, 100" })
	void wrongValuesStopTheStart(String key, String value) {
		this.runner.withPropertyValues("requests.defaults.cache.store=redis", "requests.redis." + key + "=" + value)
			.run((context) -> {
				assertThat(context).getFailure().rootCause().hasMessageContaining("requests.redis." + key);
				assertThat(key.equals("encryption-key") && context.getStartupFailure().toString().contains(value))
					.isFalse();
			});
	}

}
