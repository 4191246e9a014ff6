package io.github.requests4j.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With {@code -Drequests.docs.write=true}, makes the pictures of the documentation.
 */
class ScreenshotTests extends BrowserTest {

	private static final boolean WRITE = Boolean.getBoolean("requests.docs.write");

	private static final Path PICTURES = WRITE ? Path.of("../docs/images") : Path.of("target/depot-images");

	private static final int MAX_BYTES = 200_000;

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
		this.page.awaitText("#result-export", "received");
		this.page.click("form:has(#upload) button");
		this.page.awaitText("#result-upload", "stored");
		this.page.trouble("shipping", "dead");
		this.page.click("#order-pot");
		this.page.awaitText("#payments-live", "1 order to complete");
		this.page.trouble("shipping", "none");
		this.page.awaitText("#shipping-live", "paid by");
		this.page.trouble("payments", "dead");
		this.page.awaitText("#payments-live .failure", "rejected by the circuit breaker");
	}

	private int exchanges(String service) {
		return Integer.parseInt(this.page.text("#" + service + "-watch figcaption span:last-child").split(" ")[0]);
	}

	private void picture(String name, String theme, int width, int height) throws IOException {
		this.page.theme(theme);
		this.page.size(width, height);
		this.page.run("scrollTo(0, 0); document.activeElement.blur()");
		byte[] picture = this.page.picture();
		assertThat(picture).as(name).hasSizeBetween(10_000, MAX_BYTES);
		Files.write(PICTURES.resolve(name), picture);
	}

}
