package io.github.requests4j.sample.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Depot's page, as a user operates it.
 */
final class Page {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ChromeDriver driver;

	private final String url;

	Page(ChromeDriver driver, int port) {
		this.driver = driver;
		this.url = "http://localhost:" + port + "/";
	}

	void open(String path) {
		this.driver.get(this.url + path);
	}

	/** The page changes, so an element may be replaced while it is inspected. */
	String text(String selector) {
		return await(() -> element(selector).getText());
	}

	WebElement element(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> elements(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	void click(String selector) {
		await(() -> {
			element(selector).click();
			return true;
		});
	}

	/** Sets the trouble of a service without the page. */
	void control(String service, String trouble) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "upstream/control"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("service=" + service + "&trouble=" + trouble))
			.build();
		try {
			HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void trouble(String service, String trouble) {
		click("form.trouble:has([value=" + service + "]) button[value=" + trouble + "]");
	}

	void awaitText(String selector, String text) {
		await(() -> element(selector).getText().contains(text));
	}

	void awaitElement(String selector) {
		await(() -> element(selector).isDisplayed());
	}

	/** Waits until a part of the page has been rendered again. */
	void awaitUpdate(String selector) {
		run("document.querySelector(arguments[0]).append(document.createComment('before'))", selector);
		await(() -> Boolean.TRUE.equals(run(
				"return ![...document.querySelector(arguments[0]).childNodes]"
						+ ".some((child) => child.nodeType === Node.COMMENT_NODE && child.data === 'before')",
				selector)));
	}

	<T> T await(Supplier<T> seen) {
		return new WebDriverWait(this.driver, PATIENCE, Duration.ofMillis(100)).ignoring(NoSuchElementException.class)
			.until((driver) -> {
				try {
					return seen.get();
				}
				catch (WebDriverException ex) {
					if (isReplaced(ex)) {
						return null;
					}
					throw ex;
				}
			});
	}

	/** While a page is loaded, Chromium describes a stale element in another way. */
	private static boolean isReplaced(WebDriverException ex) {
		return ex instanceof StaleElementReferenceException
				|| String.valueOf(ex.getMessage()).contains("does not belong to the document");
	}

	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/** Presses the tab key until the element has the focus. */
	void tabTo(String id) {
		for (int i = 0; i < 40 && !id.equals(run("return document.activeElement.id")); i++) {
			press(Keys.TAB);
		}
	}

	Object run(String script, Object... arguments) {
		return ((JavascriptExecutor) this.driver).executeScript(script, arguments);
	}

	/** Returns the result of a script of the test resources. */
	@SuppressWarnings("unchecked")
	List<String> check(String script) {
		return (List<String>) run(source("/browser/" + script));
	}

	/**
	 * Returns what axe finds: the rule, the element, and what to do. Without rules, it
	 * checks all that it has.
	 */
	@SuppressWarnings("unchecked")
	List<String> violations(String... rules) {
		run(source("/axe.min.js"));
		return (List<String>) ((JavascriptExecutor) this.driver).executeAsyncScript(source("/browser/axe.js"),
				List.of(rules));
	}

	/** Switches JavaScript on or off for the pages that are opened from now on. */
	void scripts(boolean on) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
	}

	/** Cuts the browser off from Depot, or connects it again. */
	void offline(boolean offline) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	private String source(String resource) {
		try (var source = getClass().getResourceAsStream(resource)) {
			return new String(source.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void theme(String scheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	void size(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
	}

	/** Returns a screenshot, compressed without loss. */
	byte[] picture() {
		String shot = (String) this.driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
			.get("data");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
		ImageWriteParam smallest = writer.getDefaultWriteParam();
		smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		smallest.setCompressionQuality(0);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(shot)));
			BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
			opaque.createGraphics().drawImage(image, 0, 0, null);
			writer.setOutput(out);
			writer.write(null, new IIOImage(opaque, null, null), smallest);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

	/** Returns the console messages since the last call. */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::toString)
			.toList();
	}

}
