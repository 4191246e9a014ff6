package io.github.requests4j.sample;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "depot.upstream.delay=1ms",
		"depot.upstream.retry-after=0s", "depot.upstream.pace=0ms", "depot.upstream.station-time=0ms" })
class DepotTests {

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port, @Autowired CircuitBreakerRegistry breakers) {
		this.browser = new Browser(port);
		// Other tests let payments fail intentionally.
		breakers.circuitBreaker("payments").reset();
	}

	@AfterEach
	void calmDown() throws Exception {
		for (String service : new String[] { "catalog", "payments", "shipping" }) {
			trouble(service, "none");
		}
	}

	@Test
	void pageShowsTheCatalog() throws Exception {
		HttpResponse<String> page = this.browser.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Green tea, 100 g", "6.40", "Page 1").doesNotContain("Lime honey");
		assertThat(page.body()).contains("CatalogClient", "PaymentsClient", "ShippingClient");
	}

	@Test
	void catalogIsPaged() throws Exception {
		assertThat(this.browser.get("/?page=2").body()).contains("Lime honey", "Page 2", "rel=\"prev\"",
				"rel=\"next\"");
		assertThat(this.browser.get("/?page=3").body()).contains("Storage tin", "rel=\"prev\"")
			.doesNotContain("rel=\"next\"");
	}

	@Test
	void unchangedCatalogIsNotSentAgain() throws Exception {
		this.browser.get("/catalog?page=2");
		assertThat(this.browser.get("/catalog?page=2").body())
			.contains("fwd=stale; fwd-status=304; stored", "Lime honey", "gzip")
			.doesNotContain("<html");
	}

	@Test
	void parcelsAreTrackedEventByEvent() throws Exception {
		HttpResponse<String> events = this.browser.get("/parcels/p1/events");
		assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(events.body()).contains("event:station\ndata:packed", "data:delivered", "event:end");
		trouble("shipping", "dead");
		assertThat(this.browser.get("/parcels/p1/events").body())
			.contains("event:failure\ndata:The service could not be reached.");
	}

	@Test
	void transfersReportTheirProgress() throws Exception {
		for (String transfer : new String[] { "export", "upload" }) {
			List<String> lines = this.browser.submit("/transfers/" + transfer, "").body().lines().toList();
			assertThat(lines).hasSizeGreaterThan(50).contains("{\"percent\":50}", "{\"percent\":100}");
			assertThat(lines.get(lines.size() - 1)).contains(" MB ", "\"ok\":true");
		}
		trouble("shipping", "dead");
		assertThat(this.browser.submit("/transfers/export", "").body()).contains("\"ok\":false");
	}

	@Test
	void sessionsAreMonitored() throws Exception {
		this.browser.get("/");
		assertThat(this.browser.get("/watch/payments").body()).contains("Pool: 0 busy and 1 idle connections of 20")
			.doesNotContain("<html");
	}

	@Test
	void ordersArePaidAndShipped() throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders", "item=whisk&quantity=3");
		assertThat(page.uri().getPath()).isEqualTo("/");
		assertThat(page.body()).contains("is on its way", "3 × whisk, 42.60", "3 × whisk, paid by");
	}

	@Test
	void unknownItemsAreRejectedWithAnExplanation() throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders", "item=gold&quantity=1");
		assertThat(page.body()).contains("The catalog has no item &#39;gold&#39;.");
	}

	@Test
	void elapsedTimesComeFromMicrometer() throws Exception {
		double before = calls("client:CatalogClient");
		this.browser.get("/");
		assertThat(calls("client:CatalogClient")).isEqualTo(before + 1);
		assertThat(calls("session:catalog")).isEqualTo(before + 1);
		assertThat(this.browser.get("/").body()).contains("<td>GET /items</td>", "<svg", "Longest");
		String prometheus = this.browser.get("/actuator/prometheus").body();
		assertThat(prometheus.lines()).anyMatch((line) -> line.startsWith("http_client_requests_seconds_count")
				&& line.contains("client=\"CatalogClient\"") && line.contains("session=\"catalog\""));
	}

	@Test
	void metricHasTagsOfSessionAndClient() throws Exception {
		this.browser.get("/");
		JsonNode metric = metric("");
		assertThat(tagValues(metric, "session")).contains("catalog", "payments", "shipping");
		assertThat(tagValues(metric, "client")).contains("CatalogClient", "PaymentsClient", "ShippingClient");
	}

	@Test
	void deadServiceIsExplainedAndTheRestWorks() throws Exception {
		trouble("catalog", "dead");
		HttpResponse<String> page = this.browser.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("The service could not be reached.", "Payments", "Shipping")
			.doesNotContain("Green tea", "\tat ", "Internal Server Error");
		trouble("catalog", "none");
		assertThat(this.browser.get("/").body()).contains("Green tea").doesNotContain("class=\"failure\"");
	}

	@Test
	void pageLoadsWhenEverythingIsDead() throws Exception {
		for (String service : new String[] { "catalog", "payments", "shipping" }) {
			trouble(service, "dead");
		}
		HttpResponse<String> page = this.browser.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body().split("class=\"failure\"", -1)).hasSize(4);
		assertThat(this.browser.submit("/orders", "item=tea&quantity=1").body())
			.contains("The order was not completed");
	}

	@Test
	void failuresOfAFlakyServiceAreShown() throws Exception {
		assertThat(trouble("catalog", "flaky").body()).contains("<td>503</td>");
	}

	@Test
	void flakyServiceIsRetried() throws Exception {
		trouble("catalog", "flaky");
		assertThat(this.browser.get("/").body()).contains("Green tea", "503", "<em>retry</em>");
	}

	@Test
	void paymentsAreRetriedWithTheSameKey() throws Exception {
		trouble("payments", "flaky");
		HttpResponse<String> page = this.browser.submit("/orders", "item=kettle&quantity=2");
		assertThat(page.body()).contains("is on its way").containsOnlyOnce("2 × kettle, 79.80");
	}

	@Test
	void breakerGuardsThePayments(@Autowired CircuitBreakerRegistry breakers) throws Exception {
		CircuitBreaker breaker = breakers.circuitBreaker("payments");
		assertThat(this.browser.get("/").body()).contains("Circuit breaker payments: CLOSED");
		trouble("payments", "dead");
		for (int i = 0; i < 10; i++) {
			this.browser.get("/");
		}
		assertThat(this.browser.get("/").body()).contains("Circuit breaker payments: OPEN", "was not sent");
		assertThat(breaker.getMetrics().getNumberOfNotPermittedCalls()).isPositive();
		trouble("payments", "none");
		breaker.reset();
		assertThat(this.browser.get("/").body()).contains("Circuit breaker payments: CLOSED")
			.doesNotContain("class=\"failure\"");
	}

	@Test
	void paymentsAreAuthenticatedByDigest(@Autowired @Qualifier("payments") Session payments) {
		Response charges = payments.get("charges");
		assertThat(charges.statusCode()).isEqualTo(200);
		assertThat(charges.request().headers().get("Authorization")).startsWith("Digest username=\"depot\"");
	}

	@Test
	void selectedFailureIsShownOnItsButton() throws Exception {
		assertThat(trouble("shipping", "slow").body()).containsOnlyOnce("value=\"slow\" aria-pressed=\"true\"");
	}

	@Test
	void invalidInputShowsNoStackTrace() throws Exception {
		HttpResponse<String> page = this.browser.get("/?page=tea");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("Back to the desk").doesNotContain("Exception");
	}

	@Test
	void actuatorReportsHealthAndInfo() throws Exception {
		assertThat(this.browser.get("/actuator/health").body()).contains("\"status\":\"UP\"");
		assertThat(this.browser.get("/actuator/info").body()).contains("Depot");
	}

	private HttpResponse<String> trouble(String service, String trouble) throws Exception {
		return this.browser.submit("/upstream/control", "service=" + service + "&trouble=" + trouble);
	}

	private double calls(String tag) throws Exception {
		HttpResponse<String> response = this.browser.get("/actuator/metrics/http.client.requests?tag=" + tag);
		return (response.statusCode() == 404) ? 0
				: JsonMapper.shared()
					.readTree(response.body())
					.path("measurements")
					.valueStream()
					.filter((measurement) -> measurement.path("statistic").asString().equals("COUNT"))
					.mapToDouble((measurement) -> measurement.path("value").asDouble())
					.sum();
	}

	private JsonNode metric(String query) throws Exception {
		HttpResponse<String> response = this.browser.get("/actuator/metrics/http.client.requests" + query);
		assertThat(response.statusCode()).isEqualTo(200);
		return JsonMapper.shared().readTree(response.body());
	}

	private static Stream<String> tagValues(JsonNode metric, String tag) {
		return metric.path("availableTags")
			.valueStream()
			.filter((candidate) -> candidate.path("tag").asString().equals(tag))
			.flatMap((found) -> found.path("values").valueStream())
			.map(JsonNode::asString);
	}

}
