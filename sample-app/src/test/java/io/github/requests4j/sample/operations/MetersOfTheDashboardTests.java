package io.github.requests4j.sample.operations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import io.github.requests4j.Session;
import io.github.requests4j.sample.DepotApplication;
import io.github.requests4j.spring.internal.redis.RedisUse;
import io.github.requests4j.spring.internal.redis.StoreActivity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each query of the dashboard and of the alert rules names meters and tags of a running
 * Depot. Sessions have all capabilities with meters. One copy has no Redis, so the meters
 * of the shared store report fixed numbers here; the starter's tests compare them with a
 * real Redis.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=1ms", "depot.upstream.retry-after=0s", "depot.upstream.pace=0ms",
				"depot.upstream.station-time=0ms", "requests.observation.phases=true",
				"requests.sessions.balanced.base-url=http://one.example,http://two.example",
				"requests.sessions.catalog.concurrency=100", "requests.sessions.shipping.rate.retry-after-max=1s" })
class MetersOfTheDashboardTests {

	/** Prometheus adds these labels to what it reads. */
	private static final Set<String> ADDED = Set.of("job", "instance");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*\\}\\}");

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

	private static Scrape scrape;

	/** Some queries are for the names of Spring, and some for those of OpenTelemetry. */
	@BeforeAll
	static void useDepotWithBothConventions(@LocalServerPort int port) {
		try (ConfigurableApplicationContext other = new SpringApplicationBuilder(DepotApplication.class)
			.run("--server.port=0", "--requests.observation.conventions=otel", "--depot.upstream.retry-after=0s")) {
			int otherPort = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			scrape = useAndScrape(port).and(useAndScrape(otherPort));
		}
	}

	private static Scrape useAndScrape(int port) {
		try (Session browser = Session.builder().baseUrl("http://localhost:" + port).build()) {
			browser.get("/");
			browser.get("/");
			order(browser);
			trouble(browser, "catalog", "flaky");
			browser.get("/");
			trouble(browser, "catalog", "dead");
			browser.get("/");
			Scrape result = Scrape.of(browser.get("/actuator/prometheus").text());
			trouble(browser, "catalog", "none");
			return result;
		}
	}

	@Test
	void queriesNameMetersAndTagsThatExist() throws IOException {
		List<String> unknown = new ArrayList<>();
		Operations.queries().forEach((title, queries) -> queries.forEach((query) -> {
			assertThat(query.selectors()).as(title).isNotEmpty();
			query.selectors()
				.forEach((selector) -> unknown(selector).forEach((what) -> unknown.add(title + ": " + what)));
		}));
		assertThat(unknown).isEmpty();
	}

	@Test
	void legendsNameLabelsOfTheResults() throws IOException {
		for (JsonNode panel : Operations.panels()) {
			panel.path("targets").valueStream().forEach((target) -> {
				Matcher label = LEGEND.matcher(target.path("legendFormat").asString());
				Query query = new Query(target.path("expr").asString());
				Set<String> labels = query.selectors().get(0).groups();
				assertThat(label.results().map((result) -> result.group(1))).as(panel.path("title").asString())
					.isNotEmpty()
					.isSubsetOf(labels);
			});
		}
	}

	@Test
	void variablesNameMetersAndTagsThatExist() throws IOException {
		List<String> names = new ArrayList<>();
		Operations.dashboard().path("templating").path("list").valueStream().forEach((variable) -> {
			names.add(variable.path("name").asString());
			Matcher values = LABEL_VALUES.matcher(variable.path("definition").asString());
			if (values.matches()) {
				Query.Selector selector = new Query(values.group(1)).selectors().get(0);
				assertThat(unknown(selector)).isEmpty();
				assertThat(isLabel(selector, values.group(2))).as(variable.toString()).isTrue();
			}
		});
		assertThat(names).containsExactly("datasource", "job", "session", "client");
	}

	@Test
	void unknownNamesAreFound() {
		Query query = new Query("sum by (session, no_label) (rate(http_client_requests_seconds_count"
				+ "{session=~\"$session\", outcome=~\"SUCCESS|NO_OUTCOME\"}[5m])) / no_metric{no_label=\"x\"} > 0.5");
		List<Query.Selector> selectors = query.selectors();
		assertThat(selectors).extracting(Query.Selector::metrics)
			.containsExactly(List.of("http_client_requests_seconds_count"), List.of("no_metric"));
		assertThat(unknown(selectors.get(0))).containsExactlyInAnyOrder(
				"http_client_requests_seconds_count with outcome=NO_OUTCOME",
				"http_client_requests_seconds_count by no_label");
		assertThat(unknown(selectors.get(1))).containsExactly("no_metric");
	}

	@Test
	void unknownNamesAmongSeveralAreFound() {
		Query query = new Query(
				"rate({__name__=~\"http_client_requests_seconds_count|no_metric\", no_label!=\"x\"}[5m])");
		assertThat(query.selectors().stream().flatMap((selector) -> unknown(selector).stream()))
			.containsExactly("no_metric");
		query = new Query("rate({__name__=~\"http_client_requests_seconds_count"
				+ "|http_client_request_duration_seconds_count\", no_label!=\"x\"}[5m])");
		assertThat(query.selectors().stream().flatMap((selector) -> unknown(selector).stream())).containsExactly(
				"http_client_requests_seconds_count|http_client_request_duration_seconds_count with no_label");
	}

	/** Returns what a selector names and the scrapes do not have. */
	private static List<String> unknown(Query.Selector selector) {
		List<String> unknown = new ArrayList<>(
				selector.metrics().stream().filter((name) -> !scrape.has(name)).toList());
		if (!unknown.isEmpty()) {
			return unknown;
		}
		String metric = String.join("|", selector.metrics());
		Map<String, Set<String>> labels = scrape.labels(selector.metrics());
		selector.groups()
			.stream()
			.filter((label) -> !isLabel(selector, label))
			.forEach((label) -> unknown.add(metric + " by " + label));
		for (Query.Condition condition : selector.conditions()) {
			if (!isLabel(selector, condition.label())) {
				unknown.add(metric + " with " + condition.label());
			}
			Set<String> values = labels.getOrDefault(condition.label(), Set.of());
			condition.values()
				.stream()
				.filter((value) -> !values.contains(value))
				.forEach((value) -> unknown.add(metric + " with " + condition.label() + "=" + value));
		}
		return unknown;
	}

	private static boolean isLabel(Query.Selector selector, String label) {
		return ADDED.contains(label) || scrape.labels(selector.metrics()).containsKey(label);
	}

	private static void order(Session browser) {
		browser.post("/orders", (request) -> request.data(Map.of("item", "tea", "quantity", "1")));
	}

	private static void trouble(Session browser, String service, String trouble) {
		browser.post("/upstream/control", (request) -> request.data(Map.of("service", service, "trouble", trouble)));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class FixedStoreActivity {

		@Bean
		@Primary
		StoreActivity fixedStoreActivity() {
			return new StoreActivity() {

				@Override
				public Counts counts(RedisUse use) {
					return new Counts(3, 2, 1);
				}

				@Override
				public @Nullable Long unavailableSince() {
					return null;
				}

				@Override
				public Map<RedisUse, Counts> counts() {
					return Map.of();
				}

			};
		}

	}

}
