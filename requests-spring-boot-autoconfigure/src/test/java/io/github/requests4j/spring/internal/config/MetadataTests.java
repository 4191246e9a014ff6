package io.github.requests4j.spring.internal.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.convert.DurationStyle;

import io.github.requests4j.adapters.Retry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metadata of the keys for editors.
 */
class MetadataTests {

	private static final Set<String> OF_ONE_SESSION = Set.of("base-url", "primary", "auth.type", "auth.username",
			"auth.password", "auth.token", "auth.registration-id", "auth.session", "auth.store", "auth.bean");

	@Test
	void everyKeyIsDescribed() {
		Map<String, Metadata.Key> keys = new TreeMap<>(Metadata.all());
		for (Class<?> type : new Class<?>[] { SessionProperties.class, AdapterProperties.class,
				RequestsProperties.Client.class, RequestsProperties.Method.class, RequestsProperties.Redis.class,
				RequestsProperties.Observation.class }) {
			Metadata.of(type).forEach((name, key) -> keys.put(type.getSimpleName() + " " + name, key));
		}
		assertThat(keys).hasSizeGreaterThan(100)
			.allSatisfy((name, key) -> assertThat(key.description()).as(name).endsWith("."));
		assertThat(keys).allSatisfy((name, key) -> assertThat(key.type()).as(name).isNotEmpty());
	}

	@Test
	void defaultsHaveTheKeysOfASessionExceptIndividualOnes() {
		Set<String> expected = new TreeSet<>(Metadata.of(SessionProperties.class).keySet());
		expected.removeAll(OF_ONE_SESSION);
		expected.add("cert");
		expected.add("cache");
		expected.add("rate");
		expected.add("cookies");
		expected.add("concurrency");
		expected.add("hedge");
		expected.add("adapter.max-retries");
		Set<String> described = new TreeSet<>();
		Metadata.all()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith("requests.defaults."))
			.forEach((name) -> described.add(name.substring("requests.defaults.".length())));
		assertThat(described).isEqualTo(expected);
	}

	@Test
	void shortFormsAreDescribed() {
		assertThat(Metadata.all().get("requests.defaults.cert").description()).contains("Short for");
		assertThat(Metadata.all().get("requests.defaults.adapter.max-retries").type()).isEqualTo("java.lang.Integer");
		assertThat(Metadata.all().get("requests.defaults.verify").defaultValue()).isEqualTo("true");
	}

	@Test
	void defaultValuesMatchTheTransport() {
		Map<String, Metadata.Key> keys = Metadata.all();
		Retry retry = Retry.builder().build();
		assertThat(defaultOf(keys, "backoff-factor")).isEqualTo("0s");
		assertThat(retry.backoffFactor()).isZero();
		assertThat(defaultOf(keys, "backoff-jitter")).isEqualTo("0s");
		assertThat(retry.backoffJitter()).isZero();
		assertThat(DurationStyle.detectAndParse(defaultOf(keys, "backoff-max"))).isEqualTo(retry.backoffMax());
		assertThat(defaultOf(keys, "raise-on-status")).as("the starter returns the last response").isEqualTo("false");
		assertThat(defaultOf(keys, "respect-retry-after-header"))
			.isEqualTo(String.valueOf(retry.respectRetryAfterHeader()));
		assertThat(DurationStyle.detectAndParse(defaultOf(keys, "retry-after-max"))).isEqualTo(retry.retryAfterMax());
		assertThat(keys.get("requests.defaults.adapter.max-retries").defaultValue())
			.isEqualTo(String.valueOf(Retry.none().total()));
		assertThat(defaultOf(keys, "total")).isNull();
		assertThat(retry.total()).isEqualTo(10);
		assertThat(keys.get("requests.defaults.adapter.pool-maxsize").defaultValue()).isEqualTo("10");
		assertThat(keys.get("requests.defaults.egress.deny").description()).startsWith("Hosts that are denied");
	}

	private static String defaultOf(Map<String, Metadata.Key> keys, String key) {
		return keys.get("requests.defaults.adapter.max-retries." + key).defaultValue();
	}

	@Test
	void hintsReferToExistingKeys() {
		Set<String> names = Metadata.all().keySet();
		Set<String> hinted = new TreeSet<>();
		for (JsonNode hint : Metadata.tree("META-INF/spring-configuration-metadata.json").get("hints")) {
			String name = hint.get("name").asString();
			hinted.add(name);
			assertThat(names).contains(name.replaceAll("\\.(keys|values)$", ""));
		}
		assertThat(hinted).contains("requests.defaults.verify", "requests.defaults.proxies.keys",
				"requests.defaults.headers.keys", "requests.defaults.ssl.bundle", "requests.defaults.egress.deny",
				"requests.defaults.adapter.max-retries.allowed-methods", "requests.sessions.keys");
	}

}
