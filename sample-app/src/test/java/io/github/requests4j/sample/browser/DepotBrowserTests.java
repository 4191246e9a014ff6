package io.github.requests4j.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way: a Chromium that uses the page, the desk, its clients and their upstream.
 * With {@code -Drequests.docs.write=true} it makes the pictures of the README.
 */
@ExtendWith(ChromiumCondition.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=400ms", "depot.upstream.retry-after=0s", "depot.upstream.pace=1ms",
				"depot.upstream.station-time=300ms",
				"resilience4j.circuitbreaker.instances.payments.wait-duration-in-open-state=3s" })
class DepotBrowserTests {

	private static final boolean WRITE = Boolean.getBoolean("requests.docs.write");

	private static final Path PICTURES = WRITE ? Path.of("../docs/images") : Path.of("target/depot-images");

	private static final int MOST_BYTES = 200_000;

	private static ChromeDriver driver;

	private Page page;

	@BeforeAll
	static void start() {
		driver = Chromium.find().orElseThrow(() -> new IllegalStateException(Chromium.MISSING)).start();
	}

	@AfterAll
	static void stop() {
		if (driver != null) {
			driver.quit();
		}
	}

	@BeforeEach
	void open(@LocalServerPort int port, @Autowired CircuitBreakerRegistry breakers) {
		breakers.circuitBreaker("payments").reset();
		this.page = new Page(driver, port);
		this.page.theme("light");
		this.page.size(1360, 1200);
		this.page.open("");
	}

	@AfterEach
	void theConsoleIsSilent() {
		assertThat(this.page.complaints()).isEmpty();
	}

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
		this.page.awaitText("#message", "is on its way");
		assertThat(this.page.text("#payments-live")).contains("1 × whisk, 14.20 €");
		assertThat(this.page.text("#shipping-live")).contains("1 × whisk");
		this.page.awaitText("#stations", "packed");
		this.page.awaitText("#stations", "delivered");
		assertThat(this.page.elements("#stations li")).hasSize(5);
		assertThat(this.page.text("#shipping-watch .figures div:nth-child(2) dd")).isNotEqualTo("0");
	}

	@Test
	void circuitBreakerOpensWhenPaymentsAreDeadAndRecovers() {
		this.page.awaitElement("#payments-watch [data-breaker=CLOSED]");
		this.page.trouble("payments", "dead");
		this.page.awaitElement("#payments-live .failure");
		this.page.awaitElement("#payments-watch [data-breaker=OPEN]");
		this.page.awaitText("#payments-live .failure", "was not sent");
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
		this.page.trouble("catalog", "none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "export", "upload" })
	void progressBarReachesItsEnd(String transfer) {
		this.page.run("window.seen = []; new MutationObserver(() => seen.push(arguments[0].value))"
				+ ".observe(arguments[0], { attributes: true })", this.page.element("#" + transfer));
		this.page.click("form:has(#" + transfer + ") button");
		this.page.await(() -> "100".equals(this.page.element("#" + transfer).getDomProperty("value")));
		this.page.awaitText("output[for=" + transfer + "]", transfer.equals("export") ? "received" : "stored");
		assertThat((List<?>) this.page.run("return seen")).hasSizeGreaterThan(5);
	}

	@Test
	void pageCanBeUsedWithTheKeyboardOnly() {
		this.page.press(Keys.TAB);
		assertThat(this.page.text(":focus")).isEqualTo("Skip to the desk");
		this.page.press(Keys.ENTER);
		this.page.tabTo("quantity-pot");
		assertThat(this.page.run("return getComputedStyle(document.activeElement).outlineWidth")).isEqualTo("3px");
		this.page.press(Keys.chord(Keys.CONTROL, "a"));
		this.page.press("3");
		this.page.press(Keys.TAB);
		this.page.await(() -> this.page.element(":focus").getAccessibleName().equals("Order Teapot, cast iron"));
		this.page.press(Keys.ENTER);
		this.page.awaitText("#message", "is on its way");
		assertThat(this.page.text("#payments-live")).contains("3 × pot, 144.00 €");
	}

	@Test
	void everyControlHasALabel() {
		this.page.click("#pause");
		String all = "a, button, input:not([type=hidden]), progress, svg, section";
		List<String> names = this.page
			.await(() -> this.page.elements(all).stream().map(WebElement::getAccessibleName).toList());
		assertThat(names).hasSizeGreaterThan(30).doesNotContain("");
	}

	@Test
	void pauseStopsTheUpdates() {
		this.page.click("#pause");
		assertThat(this.page.element("#pause").getAttribute("aria-pressed")).isEqualTo("true");
		Object calls = this.page.run("return performance.getEntriesByType('resource').length");
		this.page.click("form:has(#export) button");
		this.page.awaitText("output[for=export]", "received");
		assertThat(
				this.page.run(
						"return performance.getEntriesByType('resource')"
								+ ".slice(arguments[0]).filter((entry) => entry.name.includes('/watch/')).length < 4",
						calls))
			.isEqualTo(true);
	}

	@Test
	void pageFitsAPhoneWithoutHorizontalScrolling() {
		this.page.size(360, 740);
		this.page.trouble("shipping", "dead");
		this.page.awaitElement("#shipping-live .failure");
		assertThat(this.page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
		assertThat(this.page.check("overflow.js")).isEmpty();
		this.page.trouble("shipping", "none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void textHasEnoughContrast(String theme) {
		this.page.theme(theme);
		this.page.trouble("payments", "dead");
		this.page.trouble("catalog", "slow");
		this.page.awaitElement("#payments-watch [data-breaker=OPEN]");
		assertThat(this.page.check("contrast.js")).isEmpty();
		this.page.trouble("payments", "none");
		this.page.trouble("catalog", "none");
	}

	@Test
	void screenshotsAreUpToDate() throws IOException {
		Files.createDirectories(PICTURES);
		this.page.click("#order-cup");
		this.page.awaitText("#stations", "packed");
		if (WRITE) {
			aBusyMinute();
		}
		picture("depot-light.png", "light", 1200, 1060);
		picture("depot-dark.png", "dark", 1200, 1060);
		picture("depot-phone.png", "light", 360, 740);
		this.page.trouble("payments", "none");
	}

	/** Something for the charts. */
	private void aBusyMinute() {
		String[][] troubles = { { "catalog", "flaky" }, { "payments", "flaky" }, { "catalog", "slow" },
				{ "payments", "slow" }, { "catalog", "none" }, { "shipping", "slow" }, { "payments", "none" },
				{ "shipping", "none" } };
		for (String[] trouble : troubles) {
			int exchanges = exchanges(trouble[0]);
			this.page.trouble(trouble[0], trouble[1]);
			this.page.await(() -> exchanges(trouble[0]) != exchanges);
			this.page.click("#order-tea");
			this.page.await(() -> this.page.elements("#stations li").size() < 5);
			this.page.awaitText("#stations", "delivered");
		}
		this.page.click("form:has(#export) button");
		this.page.awaitText("output[for=export]", "received");
		this.page.click("form:has(#upload) button");
		this.page.awaitText("output[for=upload]", "stored");
		this.page.trouble("payments", "dead");
		this.page.awaitText("#payments-live .failure", "was not sent");
	}

	private int exchanges(String service) {
		return Integer.parseInt(this.page.text("#" + service + "-watch figcaption span:last-child").split(" ")[0]);
	}

	private void picture(String name, String theme, int width, int height) throws IOException {
		this.page.theme(theme);
		this.page.size(width, height);
		this.page.run("scrollTo(0, 0); document.activeElement.blur()");
		byte[] picture = this.page.picture();
		assertThat(picture).as(name).hasSizeBetween(10_000, MOST_BYTES);
		Files.write(PICTURES.resolve(name), picture);
	}

}
