package io.github.requests4j.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium of this machine and its driver. Nothing is ever downloaded.
 */
record Chromium(Path browser, Path driver) {

	private static final Object LOCK = new Object();

	private static @Nullable ChromeDriver shared;

	static final String MISSING = "NO BROWSER: Depot's page was not tested. Install Chromium and its driver "
			+ "(Debian: apt install chromium chromium-driver), or name them with -Ddepot.chromium=/path and "
			+ "-Ddepot.chromedriver=/path";

	static Optional<Chromium> find() {
		Optional<Path> browser = find("depot.chromium", "chromium", "chromium-browser", "google-chrome");
		Optional<Path> driver = find("depot.chromedriver", "chromedriver");
		return browser.flatMap((program) -> driver.map((its) -> new Chromium(program, its)));
	}

	/** Whether a missing browser is a failure. */
	static boolean isRequired() {
		return "required".equals(System.getProperty("depot.browser")) || "true".equals(System.getenv("CI"));
	}

	/** Returns the browser that all tests use. It ends with this virtual machine. */
	static ChromeDriver shared() {
		synchronized (LOCK) {
			if (shared == null) {
				ChromeDriver started = find().orElseThrow(() -> new IllegalStateException(MISSING)).start();
				Runtime.getRuntime().addShutdownHook(new Thread(started::quit));
				shared = started;
			}
			return shared;
		}
	}

	private ChromeDriver start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(this.browser.toFile());
		options.addArguments("--headless=new", "--window-size=1360,1200", "--lang=en", "--disable-dev-shm-usage",
				"--no-first-run", "--force-prefers-reduced-motion", "--hide-scrollbars");
		// The page must need only its own server.
		options.addArguments("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost");
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox");
		}
		LoggingPreferences console = new LoggingPreferences();
		console.enable(LogType.BROWSER, Level.ALL);
		options.setCapability(ChromeOptions.LOGGING_PREFS, console);
		return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(this.driver.toFile())
			.usingAnyFreePort()
			.build(), options);
	}

	private static Optional<Path> find(String property, String... names) {
		String named = System.getProperty(property);
		if (named != null) {
			return Optional.of(Path.of(named)).filter(Files::isExecutable);
		}
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Arrays.stream(names)
			.flatMap((name) -> Stream.of(path.split(File.pathSeparator)).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
