package io.github.requests4j.spring.aot;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was processed ahead of time, in a separate JVM, as
 * {@code spring-boot:process-aot} and {@code -Dspring.aot.enabled=true} make it.
 */
class AotTests {

	private static final String CLASS_PATH = System.getProperty("surefire.test.class.path",
			System.getProperty("java.class.path"));

	@TempDir
	Path directory;

	@Test
	void processedApplicationStartsAndCalls() throws Exception {
		Path sources = this.directory.resolve("sources");
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
			.sourceOutput(sources)
			.resourceOutput(this.directory.resolve("resources"))
			.classOutput(classes)
			.groupId("test")
			.artifactId("test")
			.build();
		new SpringApplicationAotProcessor(AotApplication.class, settings, new String[] {
				"--requests.sessions.shop.base-url=http://build.example", "--requests.sessions.shop.rest-client=true" })
			.process();
		compile(sources, classes);
		try (MockWebServer server = new MockWebServer()) {
			server.start();
			server.enqueue(new MockResponse.Builder().body("tea").build());
			server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/plain").body("cup").build());
			server.enqueue(new MockResponse.Builder().addHeader("Content-Type", "text/plain").body("pot").build());
			assertThat(run(classes, "--requests.sessions.shop.base-url=" + server.url("/"),
					"--requests.sessions.shop.headers.X-Team=search", "--requests.sessions.shop.rest-client=true"))
				.contains("AOT true session tea client full cup rest pot settings PT5S");
			assertThat(server.takeRequest().getHeaders().get("X-Team")).isEqualTo("search");
		}
	}

	private static void compile(Path sources, Path classes) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-cp", CLASS_PATH, "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.filter((file) -> file.toString().endsWith(".java")).forEach((file) -> arguments.add(file.toString()));
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
	}

	private static String run(Path classes, String... arguments) throws Exception {
		Path launcher = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(launcher.toString(), "-Dspring.aot.enabled=true", "-cp",
				classes + File.pathSeparator + CLASS_PATH, AotApplication.class.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
