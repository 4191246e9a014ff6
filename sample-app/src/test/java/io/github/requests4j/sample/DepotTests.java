package io.github.requests4j.sample;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=1ms", "depot.upstream.retry-after=0s", "depot.upstream.pace=0ms",
				"depot.upstream.station-time=0ms", "depot.busy=0s",
				// Never late, so that a busy machine sends no hedges
				"requests.sessions.catalog.hedge=1m" })
class DepotTests {

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port, @Autowired CircuitBreakerRegistry breakers, @Autowired BeanFactory beans) {
		this.browser = new Browser(port);
		// Other tests let services fail intentionally.
		breakers.circuitBreaker("payments").reset();
		RetryBudgets.refill(beans);
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
		assertThat(page.body()).contains("Green tea, 100 g", "6.40", "Page 1 of 3").doesNotContain("Lime honey");
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
	void pagePastTheEndSaysSo() throws Exception {
		HttpResponse<String> page = this.browser.get("/?page=99");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("There is no page 99. The catalog has 3 pages.", "Go to page 1")
			.doesNotContain("rel=\"prev\"", "rel=\"next\"");
		assertThat(this.browser.get("/?page=0").statusCode()).isEqualTo(400);
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
			.contains("event:failure\ndata:Shipping could not be reached.");
	}

	@Test
	void transfersReportTheirProgress() throws Exception {
		for (String transfer : new String[] { "export", "upload" }) {
			List<String> lines = this.browser.submit("/transfers/" + transfer, "", "application/x-ndjson")
				.body()
				.lines()
				.toList();
			assertThat(lines).hasSizeGreaterThan(50).contains("{\"percent\":50}", "{\"percent\":100}");
			assertThat(lines.get(lines.size() - 1)).contains(" MB ", "\"ok\":true");
		}
		trouble("shipping", "dead");
		assertThat(this.browser.submit("/transfers/export", "", "application/x-ndjson").body()).contains("\"ok\":false",
				"Shipping could not be reached.");
	}

	@Test
	void transfersWorkWithoutScripts() throws Exception {
		HttpResponse<String> page = this.browser.submit("/transfers/export", "");
		assertThat(page.uri().getPath()).isEqualTo("/");
		assertThat(page.body()).contains(">10.2 MB received</p>");
		assertThat(this.browser.submit("/transfers/upload", "").body()).contains(">12.0 MB stored</p>");
		trouble("shipping", "dead");
		assertThat(this.browser.submit("/transfers/upload", "").body()).contains(">Shipping could not be reached.</p>");
	}

	@Test
	void parcelsAreShownWithoutScripts() throws Exception {
		String parcel = parcel(this.browser.submit("/orders", "item=cup&quantity=2").body());
		assertThat(this.browser.get("/parcels/" + parcel).body()).contains("Parcel " + parcel, "2 × cup", ", 19.00 €",
				"<li>packed</li>", "<li>delivered</li>");
		assertThat(this.browser.get("/parcels/p1").body()).contains("Shipping returned status 404: No parcel");
		trouble("payments", "dead");
		assertThat(this.browser.get("/parcels/" + parcel).body()).contains("Payments could not be reached.", "2 × cup",
				"<li>delivered</li>");
	}

	@Test
	void sessionsAreMonitored() throws Exception {
		this.browser.get("/");
		assertThat(this.browser.get("/watch/payments").body()).contains("Connections: 0 busy, 1 idle, at most 20")
			.doesNotContain("<html");
	}

	@Test
	void ordersArePaidAndShipped() throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders", "item=whisk&quantity=3");
		assertThat(page.uri().getPath()).isEqualTo("/");
		assertThat(page.body()).contains("is on its way", "3 × whisk, 42.60", "3 × whisk, paid by");
	}

	@Test
	void outcomeIsShownNextToItsControl() throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders", "item=honey&page=2");
		assertThat(page.uri()).hasQuery("page=2").hasFragment("result-order-honey");
		assertThat(page.body()).containsPattern("id=\"result-order-honey\"[^>]*>Ordered 1 × honey: parcel p\\d+ is on")
			.doesNotContain("not charged");
		assertThat(this.browser.get("/?page=2").body()).doesNotContain("Ordered 1");
	}

	@Test
	void ordersReduceTheStock() throws Exception {
		int before = stock("Lemon, organic", 2);
		this.browser.submit("/orders", "item=lemon&quantity=7");
		assertThat(stock("Lemon, organic", 2)).isEqualTo(before - 7);
		assertThat(this.browser.submit("/orders", "item=lemon&quantity=" + (before - 6)).body())
			.contains("Lemon, organic: " + (before - 7) + " in stock. Nothing was charged.");
		assertThat(this.browser.submit("/orders", "item=lemon&quantity=0").body()).contains("Order at least one.");
		this.browser.submit("/orders", "item=lemon&quantity=" + (before - 7));
		assertThat(this.browser.get("/?page=2").body()).contains("0.60 €, sold out");
	}

	@Test
	void paymentWithoutAParcelIsShownAndCompleted() throws Exception {
		trouble("shipping", "dead");
		String page = this.browser.submit("/orders", "item=tin&quantity=1").body();
		assertThat(page).contains("but there is no parcel yet. Shipping could not be reached.",
				"You are not charged again.", "1 order to complete", "paid, no parcel", "1 × tin, 11.30 €");
		String key = page.replaceAll("(?s).*action=\"(/orders/[^\"]+)\".*", "$1");
		assertThat(this.browser.submit(key, "").body()).contains("1 order to complete",
				"Shipping could not be reached.");
		trouble("shipping", "none");
		assertThat(this.browser.submit(key, "").body()).contains("Ordered 1 × tin", "is on its way")
			.containsOnlyOnce("1 × tin, 11.30 €")
			.doesNotContain("to complete");
		assertThat(this.browser.submit(key, "").body()).contains("This order is not open any more.");
	}

	@Test
	void uncertainPaymentIsCompletedWithTheSameKey(@Autowired CircuitBreakerRegistry breakers) throws Exception {
		trouble("payments", "dead");
		String page = this.browser.submit("/orders", "item=biscuit&quantity=2").body();
		assertThat(page).contains("The payment is uncertain. Payments could not be reached.",
				"You are charged at most once.", "payment uncertain");
		String key = page.replaceAll("(?s).*action=\"(/orders/[^\"]+)\".*", "$1");
		trouble("payments", "none");
		breakers.circuitBreaker("payments").reset();
		assertThat(this.browser.submit(key, "").body()).contains("Ordered 2 × biscuit")
			.containsOnlyOnce("2 × biscuit, 9.60 €");
	}

	@Test
	void nothingIsChargedIfTheBreakerIsOpenOrTheCatalogIsDead(@Autowired CircuitBreakerRegistry breakers)
			throws Exception {
		breakers.circuitBreaker("payments").transitionToOpenState();
		assertThat(this.browser.submit("/orders", "item=tea&quantity=1").body())
			.contains("Payments was not called, because its circuit breaker is open. Nothing was charged.")
			.doesNotContain("to complete");
		trouble("catalog", "dead");
		assertThat(this.browser.submit("/orders", "item=tea&quantity=1").body()).contains("id=\"result-order-tea\"",
				"Catalog could not be reached. Nothing was charged.");
	}

	@Test
	void retryBudgetIsShownAndLimitsRetries() throws Exception {
		assertThat(this.browser.get("/watch/catalog").body()).containsPattern("Retry budget</dt><dd>10");
		trouble("catalog", "dead");
		for (int i = 0; i < 6; i++) {
			this.browser.get("/catalog");
		}
		assertThat(this.browser.get("/catalog").body()).contains("Catalog could not be reached.",
				"No further attempt was made", "the retry budget is used up");
		assertThat(this.browser.get("/watch/catalog").body()).containsPattern("Retry budget</dt><dd>[01]\\s")
			.containsPattern("left, \\d+ denied");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "..", "a/b?c#d", "<script>alert(1)</script>", "שלום", "🍵" })
	void everyUnknownItemIsRejectedWithAnExplanation(String item) throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders",
				"quantity=1&item=" + URLEncoder.encode(item, StandardCharsets.UTF_8));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Nothing was charged.").doesNotContain("<script>alert");
	}

	@Test
	void unknownItemsAreRejectedWithAnExplanation() throws Exception {
		HttpResponse<String> page = this.browser.submit("/orders", "item=gold&quantity=1");
		assertThat(page.body()).contains("The catalog has no item &#39;gold&#39;.");
	}

	@Test
	void elapsedTimesComeFromMicrometer() throws Exception {
		double client = calls("client:CatalogClient");
		double session = calls("session:catalog");
		this.browser.get("/");
		assertThat(calls("client:CatalogClient")).isEqualTo(client + 1);
		assertThat(calls("session:catalog")).isEqualTo(session + 1);
		assertThat(this.browser.get("/").body()).contains("<td>GET /items</td>", "<svg", "Longest");
		String prometheus = this.browser.get("/actuator/prometheus").body();
		assertThat(prometheus.lines()).anyMatch((line) -> line.startsWith("http_client_requests_seconds_count")
				&& line.contains("client=\"CatalogClient\"") && line.contains("session=\"catalog\""));
	}

	@Test
	void copiesSayWhenThereWereNoQuotes() throws Exception {
		assertThat(this.browser.submit("/copies/quotes", "").body())
			.contains("Copy 1 received 0 quotes. The rate limit rejected 0 requests.");
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
		assertThat(page.body()).contains("Catalog could not be reached.", "Payments", "Shipping")
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
		assertThat(page.body()).contains("<strong>Catalog could not", "<strong>Payments ",
				"<strong>Shipping could not");
		assertThat(this.browser.submit("/orders", "item=tea&quantity=1").body())
			.contains("Catalog could not be reached. Nothing was charged.");
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
		assertThat(this.browser.get("/").body()).contains("Circuit breaker payments: OPEN",
				"rejected by the circuit breaker");
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
		assertThat(this.browser.submit("/orders", "item=tea&quantity=some").statusCode()).isEqualTo(400);
		assertThat(this.browser.submit("/orders", "quantity=1").body()).contains("400 Bad Request", "depot.css",
				"did nothing");
	}

	@Test
	void errorPagesLookLikeTheRest() throws Exception {
		HttpResponse<String> missing = this.browser.get("/nothing");
		assertThat(missing.statusCode()).isEqualTo(404);
		assertThat(missing.body()).contains("There is nothing at this address.", "depot.css", "class=\"top\"");
		HttpResponse<String> form = this.browser.get("/orders");
		assertThat(form.statusCode()).isEqualTo(405);
		assertThat(form.body()).contains("belongs to a form", "Back to the desk");
	}

	@Test
	void actuatorReportsHealthAndInfo() throws Exception {
		assertThat(this.browser.get("/actuator/health").body()).contains("\"status\":\"UP\"");
		assertThat(this.browser.get("/actuator/info").body()).contains("Depot");
	}

	private HttpResponse<String> trouble(String service, String trouble) throws Exception {
		return this.browser.submit("/upstream/control", "service=" + service + "&trouble=" + trouble);
	}

	private static String parcel(String page) {
		return page.replaceAll("(?s).*parcel (p\\d+) is on its way.*", "$1");
	}

	private int stock(String item, int page) throws Exception {
		String text = this.browser.get("/?page=" + page).body();
		return Integer
			.parseInt(text.replaceAll("(?s).*>" + item + "</strong>\\s*<small>[\\d.]+ €, (\\d+) in stock.*", "$1"));
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
