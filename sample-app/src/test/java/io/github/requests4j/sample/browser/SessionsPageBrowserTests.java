package io.github.requests4j.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of {@code /actuator/requests}, which Depot's page fills. With
 * {@code -Drequests.docs.write=true}, makes its picture.
 */
class SessionsPageBrowserTests extends BrowserTest {

	private static final Path PICTURES = Boolean.getBoolean("requests.docs.write") ? Path.of("../docs/images")
			: Path.of("target/depot-images");

	private static final int MAX_BYTES = 200_000;

	@BeforeEach
	void openSessionsPage() {
		this.page.size(1120, 1000);
		this.page.open("actuator/requests");
	}

	@Test
	void settingsOpenWithTheKeyboard() {
		assertThat(this.page.text("main")).contains("catalog", "payments", "shipping", "Recent exchanges", "/items")
			.doesNotContain("adapter.pool-maxsize");
		this.page.tabTo("s1-settings");
		this.page.press(Keys.ENTER);
		assertThat(this.page.text("main")).contains("adapter.pool-maxsize", "requests.defaults.adapter.pool-maxsize");
	}

	@Test
	void policyAllowsTheStyle() {
		assertThat(this.page.run("return getComputedStyle(document.querySelector('td.number')).textAlign"))
			.isEqualTo("right");
	}

	@Test
	void axeFindsNothingInBothThemes() {
		assertThat(this.page.violations()).isEmpty();
		this.page.theme("dark");
		assertThat(this.page.violations("color-contrast")).isEmpty();
		// axe adds a style of its own, which the policy of the page rejects
		this.page.complaints();
	}

	@Test
	void pageFitsAPhoneWithoutHorizontalScrolling() {
		this.page.size(360, 740);
		assertThat(this.page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
	}

	@Test
	void screenshotIsUpToDate() throws IOException {
		byte[] picture = this.page.picture();
		assertThat(picture).hasSizeBetween(10_000, MAX_BYTES);
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve("sessions.png"), picture);
	}

}
