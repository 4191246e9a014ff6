package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every key is bound, for a session and for the defaults, with the same value. The tests
 * of sessions, certificates, logs and so on show its effect on the wire.
 */
class EveryKeyTests {

	static final Map<String, String> SAMPLES = new LinkedHashMap<>();

	static final Set<String> OF_ONE_SESSION = Set.of("base-url", "primary", "auth.type", "auth.username",
			"auth.password", "auth.token", "auth.registration-id", "auth.session", "auth.store", "auth.bean");

	static {
		sample("base-url", "http://a.example/", "primary", "true", "rest-client", "true", "auth.type", "digest",
				"auth.username", "u", "auth.password", "p", "auth.token", "t", "auth.registration-id", "r",
				"auth.session", "login", "auth.store", "redis", "auth.bean", "b");
		sample("trusted-origins", "http://b.example", "deadline", "7s", "connect-timeout", "3s", "read-timeout", "4s");
		sample("headers[X-A]", "a", "params[q]", "a,b", "proxies[http]", "http://p:1", "no-proxy", "localhost");
		sample("verify", "false", "cert", "c.pem", "cert.certificate", "c.pem", "cert.private-key", "k.pem",
				"cert.password", "p", "ssl.bundle", "b");
		sample("max-redirects", "3", "allow-redirects", "false", "redirect.strip-headers", "X-A", "redirect.strict",
				"true", "stream", "true", "trust-env", "true", "cookies", "none", "cookies.scope", "call",
				"cookies.store", "redis", "idempotency-key", "auto", "compress.coding", "gzip", "compress.min-size",
				"1KB");
		sample("adapter.pool-connections", "3", "adapter.pool-maxsize", "4", "adapter.pool-block", "true",
				"adapter.pool-timeout", "2s", "adapter.pool-idle-timeout", "5s", "adapter.pool-time-to-live", "6s",
				"adapter.proxy-verify", "false", "adapter.max-retries", "2");
		sample("adapter.max-retries.total", "3", "adapter.max-retries.connect", "1", "adapter.max-retries.read", "1",
				"adapter.max-retries.redirect", "1", "adapter.max-retries.status", "1", "adapter.max-retries.other",
				"1", "adapter.max-retries.allowed-methods", "GET,POST", "adapter.max-retries.status-forcelist",
				"502,503");
		sample("adapter.max-retries.backoff-factor", "1s", "adapter.max-retries.backoff-max", "9s",
				"adapter.max-retries.backoff-jitter", "1ms", "adapter.max-retries.raise-on-status", "false",
				"adapter.max-retries.respect-retry-after-header", "false", "adapter.max-retries.retry-after-max", "1m");
		sample("adapters[http://f.example/].pool-maxsize", "2", "limits.max-header-bytes", "32KB", "limits.max-body",
				"1MB", "limits.max-decoded", "2MB", "limits.max-decode-ratio", "100", "limits.max-line", "2MB",
				"limits.max-event", "3MB");
		sample("cache", "1MB", "cache.size", "2MB", "cache.store", "redis", "cache.local-size", "1MB",
				"cache.heuristic", "true", "cache.stale-if-error", "1m", "cache.stale-while-revalidate", "10s",
				"cache.collapse", "true", "cache.key-headers", "X-Tenant");
		sample("rate", "100/s", "rate.limit", "600/m", "rate.burst", "20", "rate.wait", "1s", "rate.retry-after-max",
				"1m", "rate.store", "redis", "rate.replicas", "3", "rate.when-unavailable", "fail");
		sample("concurrency", "10", "concurrency.limit", "adaptive", "concurrency.wait", "1s");
		sample("hedge", "200ms", "hedge.after", "p99", "hedge.max", "2");
		sample("retry-budget", "50%", "egress.deny-private", "true", "egress.allow", "10.0.0.1", "egress.deny",
				"evil.example");
		sample("resilience.circuit-breaker", "a", "resilience.rate-limiter", "b", "resilience.bulkhead", "c",
				"resilience.retry", "d", "logging.level", "basic", "logging.format", "fields", "logging.masked-headers",
				"X-A", "logging.shown-headers", "X-B");
	}

	private static void sample(String... keysAndValues) {
		for (int i = 0; i < keysAndValues.length; i += 2) {
			SAMPLES.put(keysAndValues[i], keysAndValues[i + 1]);
		}
	}

	@Test
	void everyKeyHasASample() {
		Set<String> tried = new TreeSet<>();
		SAMPLES.keySet().forEach((key) -> tried.add(key.replaceAll("\\[.*", "")));
		Set<String> known = new TreeSet<>(Metadata.of(SessionProperties.class).keySet());
		known.add("cert");
		known.add("cache");
		known.add("rate");
		known.add("cookies");
		known.add("concurrency");
		known.add("hedge");
		known.add("adapter.max-retries");
		assertThat(tried).isEqualTo(known);
	}

	@ParameterizedTest
	@MethodSource("samples")
	void keyAppliesToASessionAndToTheDefaults(String key, String value) {
		SessionProperties plain = read(Map.of("requests.sessions.s.params[x]", "")).get("s");
		ConfiguredSessions own = read(Map.of("requests.sessions.s." + key, value, "requests.sessions.s.params[x]", ""));
		assertThat(own.get("s")).as("has an effect").isNotEqualTo(plain);
		assertThat(own.find("s", key).getName()).hasToString("requests.sessions.s." + key);
		assertThat(EffectiveSettings.of(own, "s").values())
			.anyMatch((setting) -> ("requests.sessions.s." + key).equals(setting.property()));
		if (!OF_ONE_SESSION.contains(key)) {
			ConfiguredSessions inherited = read(
					Map.of("requests.defaults." + key, value, "requests.sessions.s.params[x]", ""));
			assertThat(inherited.get("s")).isEqualTo(own.get("s"));
			assertThat(inherited.find("s", key).getName()).hasToString("requests.defaults." + key);
		}
	}

	@ParameterizedTest
	@MethodSource("samples")
	void keyCanBeWrittenWithUnderscores(String key, String value) {
		String relaxed = key.contains("[") ? key : key.replace('-', '_');
		assertThat(read(Map.of("requests.sessions.s." + relaxed, value)).get("s"))
			.isEqualTo(read(Map.of("requests.sessions.s." + key, value)).get("s"));
	}

	@Test
	void everyKeyOfAClientAndOfAMethodIsRead() {
		Map<String, String> samples = new LinkedHashMap<>(Map.of("read-timeout", "1s", "connect-timeout", "2s",
				"deadline", "3s", "allow-redirects", "false", "idempotency-key", "auto", "cache", "false"));
		SAMPLES.forEach((key, value) -> {
			String own = key.startsWith("adapter.max-retries.") ? key.substring("adapter.".length()) : key;
			if (own.startsWith("max-retries.") || own.startsWith("resilience.")) {
				samples.put(own, value);
			}
		});
		assertThat(samples.keySet()).isEqualTo(Metadata.of(RequestsProperties.Method.class).keySet());
		samples.forEach((key, value) -> {
			RequestsProperties.Method plain = client(Map.of()).common();
			RequestsProperties.Method whole = client(Map.of("requests.clients.C." + key, value)).common();
			assertThat(whole).as(key).isNotEqualTo(plain);
			assertThat(client(Map.of("requests.clients.C.methods.get." + key, value)).methods().get("get"))
				.isEqualTo(whole);
		});
	}

	@Test
	void retriesOfClientsAndMethodsHaveAShortForm() {
		for (String place : List.of("requests.clients.C.", "requests.clients.C.methods.get.")) {
			assertThat(client(Map.of(place + "max-retries", "2")))
				.isEqualTo(client(Map.of(place + "max-retries.total", "2")));
			assertThat(client(Map.of(place + "max-retries", "off")))
				.isEqualTo(client(Map.of(place + "max-retries.total", "0")));
			assertThat(client(Map.of(place + "resilience", "", place + "cache", "true")))
				.isEqualTo(client(Map.of(place + "cache", "true")));
		}
	}

	private static RequestsProperties.Client client(Map<String, Object> properties) {
		Map<String, Object> all = new LinkedHashMap<>(properties);
		all.put("requests.clients.C.methods.other.deadline", "1s");
		return read(all).clients().get("C");
	}

	@Test
	void everyKeyOfRedisIsReadAndOnlyTheEncryptionKeyIsSecret() {
		Map<String, String> samples = Map.of("timeout", "1s", "prefix", "p", "encryption-key", "k");
		assertThat(samples.keySet()).isEqualTo(Metadata.of(RequestsProperties.Redis.class).keySet());
		Map<String, Object> properties = new LinkedHashMap<>();
		samples.forEach((key, value) -> properties.put("requests.redis." + key, value));
		RequestsProperties.Redis redis = read(properties).redis();
		assertThat(redis).isEqualTo(new RequestsProperties.Redis(Duration.ofSeconds(1), "p", "k"));
		assertThat(redis.toString()).doesNotContain("k]");
		samples.forEach((key,
				value) -> assertThat(SecretSettings.isSecret(ConfigurationPropertyName.of("requests.redis." + key)))
					.as(key)
					.isEqualTo(key.equals("encryption-key")));
		assertThat(read(Map.of()).redis().timeout()).isEqualTo(Duration.ofMillis(250));
		assertThat(SecretSettings.ofVariable("REQUESTS_REDIS_ENCRYPTIONKEY"))
			.hasToString("requests.redis.encryption-key");
	}

	@Test
	void everyKeyOfObservationIsReadAndHarmless() {
		Map<String, String> samples = Map.of("conventions", "otel", "phases", "true");
		assertThat(samples.keySet()).isEqualTo(Metadata.of(RequestsProperties.Observation.class).keySet());
		Map<String, Object> properties = new LinkedHashMap<>();
		samples.forEach((key, value) -> properties.put("requests.observation." + key, value));
		assertThat(read(properties).observation())
			.isEqualTo(new RequestsProperties.Observation(RequestsProperties.Conventions.OTEL, true));
		assertThat(read(Map.of()).observation())
			.isEqualTo(new RequestsProperties.Observation(RequestsProperties.Conventions.SPRING, false));
		samples.keySet()
			.forEach((key) -> assertThat(
					SecretSettings.isSecret(ConfigurationPropertyName.of("requests.observation." + key)))
				.as(key)
				.isFalse());
		assertThat(SecretSettings.ofVariable("REQUESTS_OBSERVATION_PHASES")).hasToString("requests.observation.phases");
	}

	static Stream<Object[]> samples() {
		return SAMPLES.entrySet().stream().map((sample) -> new Object[] { sample.getKey(), sample.getValue() });
	}

	private static ConfiguredSessions read(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return new ConfiguredSessions(environment);
	}

}
