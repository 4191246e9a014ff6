package io.github.requests4j.sample.browser;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages for those who use a keyboard, a screen reader, a phone, a dark theme or a
 * browser without scripts.
 */
class AccessibilityTests extends BrowserTest {

	@AfterEach
	void scriptsOn() {
		this.page.scripts(true);
	}

	@Test
	void axeFindsNothing() {
		List<String> violations = new ArrayList<>(violations("start"));
		this.page.click("#order-cup");
		this.page.awaitText("#stations", "delivered");
		this.page.click("form:has(#export) button");
		this.page.awaitText("#result-export", "received");
		this.page.click("summary");
		violations.addAll(violations("order"));
		this.page.trouble("shipping", "dead");
		this.page.click("#order-cup");
		this.page.awaitText("#payments-live", "1 order to complete");
		this.page.trouble("payments", "dead");
		this.page.trouble("catalog", "slow");
		this.page.awaitElement("#payments-watch [data-breaker=OPEN]");
		violations.addAll(violations("troubled services"));
		complete();
		for (String path : List.of("?page=99", "parcels/p4001", "parcels/p1", "nothing", "?page=tea")) {
			this.page.open(path);
			violations.addAll(violations(path));
		}
		this.page.open("copies");
		this.page.click("form button");
		this.page.awaitText(".message", "Copy 1 received");
		violations.addAll(violations("copies"));
		// Chromium reports the two error pages
		assertThat(this.page.complaints()).hasSize(2);
		assertThat(violations).isEmpty();
	}

	@Test
	void everyFeatureWorksWithoutScripts() {
		this.page.scripts(false);
		this.page.open("");
		assertThat(this.page.text("noscript")).contains("Reload it");
		assertThat(this.page.elements("progress, #tracking, #pause")).noneMatch(WebElement::isDisplayed);
		this.page.click("#order-cup");
		this.page.awaitText("#result-order-cup", "is on its way");
		this.page.click("#shipping-live button");
		this.page.awaitText("main", "delivered");
		assertThat(this.page.text("main")).contains("Parcel p", "1 × cup", "9.50 €", "packed");
		this.page.click("a.button");
		this.page.click("form:has(#export) button");
		this.page.awaitText("#result-export", "received");
		this.page.trouble("shipping", "dead");
		this.page.awaitText("#shipping-live", "Shipping could not be reached.");
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
		this.page.awaitText("#result-order-pot", "is on its way");
		assertThat(this.page.run("return document.activeElement.id")).isEqualTo("order-pot");
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
	void resultOfAKeyboardUserKeepsTheFocusWhenItsButtonIsGone() {
		this.page.open("?page=2");
		this.page.run("const all = document.getElementById('quantity-kettle'); all.value = all.max");
		this.page.tabTo("order-kettle");
		this.page.press(Keys.ENTER);
		this.page.awaitText("#result-order-kettle", "is on its way");
		assertThat(this.page.text("#catalog-live")).contains("sold out");
		assertThat(this.page.run("return document.activeElement.id")).isEqualTo("result-order-kettle");
	}

	@Test
	void pageFitsAPhoneWithoutHorizontalScrolling() {
		this.page.size(360, 740);
		this.page.trouble("shipping", "dead");
		this.page.awaitElement("#shipping-live .failure");
		this.page.click("#order-cup");
		this.page.awaitText("#payments-live", "1 order to complete");
		fits();
		complete();
		for (String path : List.of("?page=99", "parcels/p1", "copies", "nothing")) {
			this.page.open(path);
			fits();
		}
		// Chromium reports the error page
		assertThat(this.page.complaints()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void textHasEnoughContrast(String theme) {
		this.page.theme(theme);
		this.page.trouble("payments", "dead");
		this.page.trouble("catalog", "slow");
		this.page.awaitElement("#payments-watch [data-breaker=OPEN]");
		assertThat(this.page.check("contrast.js")).isEmpty();
	}

	private void fits() {
		assertThat(this.page.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
		assertThat(this.page.check("overflow.js")).isEmpty();
	}

	/** Returns what axe finds in both themes, which differ only in their colors. */
	private List<String> violations(String state) {
		List<String> found = new ArrayList<>(this.page.violations());
		this.page.theme("dark");
		found.addAll(this.page.violations("color-contrast"));
		this.page.theme("light");
		return found.stream().map((violation) -> state + ": " + violation).toList();
	}

	/** Leaves no open order for other tests. */
	private void complete() {
		for (String service : SERVICES) {
			this.page.control(service, "none");
		}
		this.page.await(() -> {
			this.page.elements(".open button").forEach(WebElement::click);
			return this.page.elements(".open").isEmpty();
		});
	}

}
