package io.github.requests4j.spring.config;

import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What editors are told of the keys.
 */
class MetadataTests {

	@Test
	void everyKeyOfTheDefaultsIsDescribed() throws Exception {
		List<String> names = new ArrayList<>();
		List<String> undescribed = new ArrayList<>();
		for (JsonNode property : metadata().get("properties")) {
			String name = property.get("name").asString();
			names.add(name);
			if (property.path("description").asString("").isEmpty()) {
				undescribed.add(name);
			}
		}
		assertThat(names).contains("requests.sessions", "requests.clients", "requests.defaults.connect-timeout",
				"requests.defaults.headers", "requests.defaults.verify", "requests.defaults.cert.certificate",
				"requests.defaults.ssl.bundle", "requests.defaults.redirect.strip-headers",
				"requests.defaults.adapter.pool-maxsize", "requests.defaults.adapter.max-retries",
				"requests.defaults.adapter.max-retries.total", "requests.defaults.limits.max-body",
				"requests.defaults.egress.deny-private", "requests.defaults.resilience.circuit-breaker",
				"requests.defaults.logging.level");
		assertThat(names).doesNotContain("requests.defaults.auth", "requests.defaults.base-url");
		assertThat(undescribed).isEmpty();
	}

	/** Other modules have a file of this name too. */
	private static JsonNode metadata() throws Exception {
		URL classes = RequestsProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try (InputStream in = new URL(classes, "META-INF/spring-configuration-metadata.json").openStream()) {
			return JsonMapper.shared().readTree(in);
		}
	}

}
