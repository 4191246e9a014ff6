package io.github.requests4j.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of {@code /actuator/requests} in a Chromium. It has the properties of
 * {@link DepotBrowserTests}, whose application it uses. With
 * {@code -Drequests.docs.write=true} it makes the picture of the guide.
 */
@ExtendWith(ChromiumCondition.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "depot.upstream.delay=400ms", "depot.upstream.retry-after=0s", "depot.upstream.pace=1ms",
				"depot.upstream.station-time=300ms",
				"resilience4j.circuitbreaker.instances.payments.wait-duration-in-open-state=3s" })
class SessionsPageBrowserTests {

	private static final Path PICTURES = Boolean.getBoolean("requests.docs.write") ? Path.of("../docs/images")
			: Path.of("target/depot-images");

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
	void open(@LocalServerPort int port) {
		this.page = new Page(driver, port);
		this.page.theme("light");
		this.page.size(1120, 1000);
		this.page.open("");
		this.page.open("actuator/requests");
	}

	@AfterEach
	void theConsoleIsSilent() {
		assertThat(this.page.complaints()).isEmpty();
	}

	@Test
	void settingsOpenWithTheKeyboard() {
		assertThat(this.page.text("main")).contains("catalog", "payments", "shipping", "Recent exchanges", "/items")
			.doesNotContain("adapter.pool-maxsize");
		this.page.tabTo("s1-settings");
		this.page.press(Keys.ENTER);
		assertThat(this.page.text("main")).contains("adapter.pool-maxsize", "requests.defaults.adapter.pool-maxsize");
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void styleIsAllowedAndHasEnoughContrast(String theme) {
		this.page.theme(theme);
		assertThat(this.page.run("return getComputedStyle(document.querySelector('td.number')).textAlign"))
			.isEqualTo("right");
		assertThat(this.page.check("contrast.js")).isEmpty();
	}

	@Test
	void screenshotIsUpToDate() throws IOException {
		byte[] picture = this.page.picture();
		assertThat(picture).hasSizeBetween(10_000, MOST_BYTES);
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve("sessions.png"), picture);
	}

	@Test
	void pageFitsAPhoneWithoutHorizontalScrolling() {
		this.page.size(360, 740);
		assertThat(this.page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
	}

}
