package io.github.requests4j.spring.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.requests4j.Session;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.PromptRedisFailures;
import io.github.requests4j.spring.RedisServer;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.awaitility.Awaitility.await;

/**
 * One of several copies of an application whose session "shop" keeps responses in Redis.
 */
final class Replica implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final Session session;

	private Replica(ConfigurableApplicationContext context) {
		this.context = context;
		this.session = context.getBean(Session.class);
	}

	/** Starts a replica without a tier in memory, unless the properties say otherwise. */
	static Replica start(RedisServer redis, String url, String... properties) {
		List<String> defaults = new ArrayList<>(List.of("spring.application.name=depot", "requests.redis.timeout=10s",
				"requests.sessions.shop.base-url=" + url, "requests.sessions.shop.cache.store=redis",
				"requests.sessions.shop.cache.local-size=0B", "spring.main.banner-mode=off",
				"logging.level.root=warn"));
		defaults.addAll(List.of(redis.properties()));
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(defaults.toArray(String[]::new))
			.registerShutdownHook(false)
			.application();
		Replica replica = new Replica(
				application.run(Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new)));
		await().atMost(Duration.ofSeconds(60)).until(() -> replica.redis().unavailableSince() == null);
		return replica;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(PromptRedisFailures.class)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, RequestsRedisAutoConfiguration.class,
			RequestsAutoConfiguration.class, RequestsObservationAutoConfiguration.class })
	static class Application {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	Session session() {
		return this.session;
	}

	Response get(String path, String... headers) {
		return this.session.get(path, (request) -> {
			for (int i = 0; i < headers.length; i += 2) {
				request.header(headers[i], headers[i + 1]);
			}
		});
	}

	/** Calls, and returns whether the response came from the cache. */
	boolean hits(String path, String... headers) {
		return CacheStatus.of(get(path, headers)).hit();
	}

	RedisAccess redis() {
		return this.context.getBean(RedisAccess.class);
	}

	long calls() {
		return redis().counts(RedisUse.CACHE).calls();
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	void clear() {
		this.context.getBean(LiveSessions.class).cache("shop").clear();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
