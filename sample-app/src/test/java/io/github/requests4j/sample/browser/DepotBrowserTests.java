package io.github.requests4j.sample.browser;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way: a Chromium that uses the page, the desk, its clients and their upstream.
 */
class DepotBrowserTests extends BrowserTest {

	@Test
	void catalogIsShownInPages() {
		assertThat(this.page.text("#catalog-live")).contains("Green tea, 100 g", "6.40 €", "Page 1");
		this.page.click("a[rel=next]");
		assertThat(this.page.text("#catalog-live")).contains("Lime honey", "Page 2");
		this.page.awaitText(".facts", "fwd-status=304");
		assertThat(this.page.text(".facts")).contains("gzip", "ETag", "no-cache");
	}

	@Test
	void orderIsPaidShippedAndTracked() {
		this.page.click("#order-whisk");
		this.page.awaitText("#result-order-whisk", "Ordered 1 × whisk: parcel p");
		assertThat(this.page.text("#payments-live")).contains("1 × whisk, 14.20 €");
		assertThat(this.page.text("#shipping-live")).contains("1 × whisk");
		this.page.awaitText("#stations", "packed");
		this.page.awaitText("#stations", "delivered");
		assertThat(this.page.elements("#stations li")).hasSize(5);
		this.page.click("#shipping-live button");
		this.page.awaitText("#stations", "delivered");
		assertThat(this.page.text("#shipping-watch .figures div:nth-child(3) dd")).isNotEqualTo("0");
	}

	@Test
	void resultIsVisibleAnnouncedAndOutlivesTheUpdates() {
		this.page.size(1360, 500);
		this.page.click("#order-whisk");
		this.page.awaitText("#result-order-whisk", "is on its way");
		assertThat(this.page.run("const place = document.getElementById('result-order-whisk').getBoundingClientRect();"
				+ "return place.top >= 0 && place.bottom <= innerHeight"))
			.isEqualTo(true);
		assertThat(this.page.run("return document.getElementById('news').textContent")).asString()
			.contains("is on its way");
		assertThat(this.page.run("return document.activeElement.id")).isEqualTo("order-whisk");
		this.page.awaitUpdate("#catalog-live");
		assertThat(this.page.text("#result-order-whisk")).contains("is on its way");
		this.page.trouble("catalog", "dead");
		this.page.click("#order-cup");
		this.page.awaitText("#result-order-cup", "Catalog could not be reached. Nothing was charged.");
		assertThat(this.page.run("return document.getElementById('alarm').textContent")).asString()
			.contains("Nothing was charged");
		this.page.awaitUpdate("#catalog-live");
		assertThat(this.page.text("#result-order-cup")).contains("Nothing was charged.");
	}

	@Test
	void lostDepotIsReportedAtTheControl() {
		this.page.click("#order-cup");
		this.page.awaitText("#stations", "delivered");
		this.page.offline(true);
		try {
			this.page.click("#order-tea");
			this.page.awaitText("#result-order-tea", "Depot does not respond.");
			this.page.click("form:has(#upload) button");
			this.page.awaitText("#result-upload", "Depot does not respond.");
			this.page.click("#shipping-live button");
			this.page.awaitText("#stations .failure", "Depot does not respond");
			this.page.awaitText("#lost", "this page may be out of date");
		}
		finally {
			this.page.offline(false);
		}
		this.page.await(() -> !this.page.element("#lost").isDisplayed());
		// Chromium reports each request that it could not send
		assertThat(this.page.complaints()).allMatch((complaint) -> complaint.contains("ERR_INTERNET_DISCONNECTED"));
	}

	@Test
	void rejectedFormIsNotReportedAsALostDepot() {
		this.page.run("const quantity = document.getElementById('quantity-tea');"
				+ "quantity.form.noValidate = true; quantity.value = '99999999999'");
		this.page.click("#order-tea");
		this.page.awaitText("#result-order-tea", "Depot did not understand the form, and did nothing.");
		assertThat(this.page.complaints()).allMatch((complaint) -> complaint.contains("/orders"));
	}

	@Test
	void troubleFromAnotherPageIsShown() {
		this.page.control("shipping", "slow");
		this.page.awaitElement("#shipping-slow[aria-pressed=true]");
		this.page.control("shipping", "none");
		this.page.awaitElement("#shipping-none[aria-pressed=true]");
		assertThat(this.page.elements("form.trouble [aria-pressed=true]")).hasSize(3);
	}

	@Test
	void paymentWithoutAParcelIsCompleted() {
		this.page.trouble("shipping", "dead");
		this.page.click("#order-cup");
		this.page.awaitText("#result-order-cup", "there is no parcel yet. Shipping could not be reached.");
		assertThat(this.page.text("#payments-live .open")).contains("1 order to complete", "1 × cup, 9.50 €",
				"paid, no parcel");
		this.page.trouble("shipping", "none");
		this.page.click(".open button");
		this.page.awaitText("#result-complete", "is on its way");
		assertThat(this.page.run("return document.activeElement.id")).isEqualTo("result-complete");
		this.page.await(() -> this.page.elements(".open").isEmpty());
	}

	@Test
	void lateResponsesAreHedged() {
		this.page.trouble("catalog", "slow");
		this.page.awaitText("#catalog-watch table", "hedge");
		this.page.awaitText("#catalog-watch table", "cancelled");
		assertThat(this.page.text("#catalog-watch .figures div:nth-child(3) dd")).doesNotStartWith("0");
		assertThat(this.page.run("return [...document.querySelectorAll('#catalog-watch .failed')]"
				+ ".some((row) => row.textContent.includes('cancelled'))"))
			.isEqualTo(false);
	}

	@Test
	void circuitBreakerOpensWhenPaymentsAreDeadAndRecovers() {
		this.page.awaitElement("#payments-watch [data-breaker=CLOSED]");
		this.page.trouble("payments", "dead");
		this.page.awaitElement("#payments-live .failure");
		this.page.awaitElement("#payments-watch [data-breaker=OPEN]");
		this.page.awaitText("#payments-live .failure", "rejected by the circuit breaker");
		assertThat(this.page.elements("#payments-watch rect.bad")).isNotEmpty();
		this.page.trouble("payments", "none");
		this.page.awaitElement("#payments-watch [data-breaker=CLOSED]");
		this.page.awaitText("#news", "CLOSED");
		this.page.await(() -> this.page.elements(".failure").isEmpty());
	}

	@Test
	void flakyServiceIsRetried() {
		int before = Integer.parseInt(this.page.text("#catalog-watch .figures dd"));
		this.page.trouble("catalog", "flaky");
		this.page.await(() -> Integer.parseInt(this.page.text("#catalog-watch .figures dd")) > before);
		this.page.awaitText("#catalog-watch table", "retry");
		assertThat(this.page.text("#catalog-live")).contains("Green tea");
	}

	@ParameterizedTest
	@ValueSource(strings = { "export", "upload" })
	void progressBarReachesItsEnd(String transfer) {
		this.page.run("window.seen = []; new MutationObserver(() => seen.push(arguments[0].value))"
				+ ".observe(arguments[0], { attributes: true })", this.page.element("#" + transfer));
		this.page.click("form:has(#" + transfer + ") button");
		this.page.await(() -> "100".equals(this.page.element("#" + transfer).getDomProperty("value")));
		this.page.awaitText("#result-" + transfer, transfer.equals("export") ? "10.2 MB received" : "12.0 MB stored");
		assertThat((List<?>) this.page.run("return seen")).hasSizeGreaterThan(5);
	}

	@Test
	void pauseStopsTheUpdates() {
		this.page.click("#pause");
		assertThat(this.page.element("#pause").getAttribute("aria-pressed")).isEqualTo("true");
		Object calls = this.page.run("return performance.getEntriesByType('resource').length");
		this.page.click("form:has(#export) button");
		this.page.awaitText("#result-export", "received");
		assertThat(
				this.page.run(
						"return performance.getEntriesByType('resource')"
								+ ".slice(arguments[0]).filter((entry) => entry.name.includes('/watch/')).length < 4",
						calls))
			.isEqualTo(true);
	}

}
