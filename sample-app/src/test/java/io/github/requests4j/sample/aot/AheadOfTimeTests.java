package io.github.requests4j.sample.aot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.test.context.SpringBootTestAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

import io.github.requests4j.sample.DepotApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Depot and its tests with contexts that were processed ahead of time, as
 * {@code spring-boot:process-aot} and {@code spring-boot:process-test-aot} do it, in JVMs
 * of their own.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AheadOfTimeTests {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	private static final String PACKAGE = "io.github.requests4j.sample.";

	/**
	 * The whole application with a web server, a slice, and two that cannot take part.
	 */
	private static final String[] TESTS = { PACKAGE + "DepotTests", PACKAGE + "desk.ClientsSliceTests",
			PACKAGE + "desk.CatalogServerTests", PACKAGE + "desk.CatalogCassetteTests" };

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	static Path directory;

	@BeforeAll
	static void processAndCompile() throws Exception {
		new SpringApplicationAotProcessor(DepotApplication.class, settings("main"), new String[0]).process();
		new SpringBootTestAotProcessor(Set.of(onlyTheTests()), settings("test")).process();
		compile();
	}

	@Test
	void processedApplicationStartsAndCalls() throws Exception {
		Process process = start(DepotApplication.class, "--server.port=0", "--depot.upstream.delay=1ms");
		try {
			String server = "http://localhost:" + port(process);
			assertThat(get(server + "/")).contains("Green tea, 100 g", "CatalogClient", "PaymentsClient",
					"ShippingClient");
			assertThat(get(server + "/actuator/requests")).contains("catalog", "payments", "shipping");
			assertThat(get(server + "/actuator/prometheus")).contains("client=\"CatalogClient\"");
		}
		finally {
			process.destroy();
		}
	}

	@Test
	void testsRunWithProcessedContexts() throws Exception {
		Process process = start(SelectedTests.class, TESTS);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).contains("failed 0, skipped 4").doesNotContain("succeeded 0");
	}

	private static Settings settings(String kind) {
		return Settings.builder()
			.sourceOutput(directory.resolve("sources").resolve(kind))
			.resourceOutput(directory.resolve("resources").resolve(kind))
			.classOutput(directory.resolve("classes"))
			.groupId("test")
			.artifactId(kind)
			.build();
	}

	/** The processor processes all tests below a directory. */
	private static Path onlyTheTests() throws Exception {
		Path root = directory.resolve("tests");
		for (String name : TESTS) {
			Path file = root.resolve(name.replace('.', '/') + ".class");
			Files.createDirectories(file.getParent());
			Files.copy(Path.of(AheadOfTimeTests.class.getProtectionDomain().getCodeSource().getLocation().toURI())
				.resolve(root.relativize(file)), file);
		}
		return root;
	}

	private static void compile() throws IOException {
		Path classes = Files.createDirectories(directory.resolve("classes"));
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp",
				classes + File.pathSeparator + CLASS_PATH, "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(directory.resolve("sources"))) {
			files.filter((file) -> file.toString().endsWith(".java")).forEach((file) -> arguments.add(file.toString()));
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
	}

	private static Process start(Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dspring.aot.enabled=true",
						"-XX:TieredStopAtLevel=1", "-cp",
						directory.resolve("classes") + File.pathSeparator + CLASS_PATH, main.getName()));
		command.addAll(Arrays.asList(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static String port(Process process) throws IOException {
		StringBuilder output = new StringBuilder();
		BufferedReader lines = process.inputReader();
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			Matcher matcher = PORT.matcher(line);
			if (matcher.find()) {
				assertThat(output.toString()).contains("AOT-processed");
				return matcher.group(1);
			}
			output.append(line).append('\n');
		}
		throw new AssertionError("It did not start:\n" + output);
	}

	private static String get(String url) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
