package io.github.requests4j.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Requests;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The applications of docs/guide/first-application.md and docs/guide/kotlin.md: they
 * compile, their tests pass, and they start and serve.
 */
class FirstApplicationTests {

	private static final String JAVA = "first-application.md";

	private static final String KOTLIN = "kotlin.md";

	private static final Pattern VERSION = Pattern.compile("<(?:spring-boot\\.)?version>([^<]+)</");

	/** The compiler, and what only Kotlin applications need. */
	private static final Path KOTLIN_JARS = DependencyGraph.folder().resolve("kotlin");

	private static final String BODY = "{\"name\":\"it\",\"description\":\"Boot\",\"forks\":7,\"private\":false}";

	@TempDir
	private Path folder;

	private HttpServer github;

	@BeforeEach
	void startGitHub() throws IOException {
		this.github = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.github.createContext("/repos/", (exchange) -> {
			boolean unknown = exchange.getRequestURI().getPath().startsWith("/repos/nobody/");
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(unknown ? 404 : 200, 0);
			try (exchange) {
				exchange.getResponseBody().write((unknown ? "{}" : BODY).getBytes(StandardCharsets.UTF_8));
			}
		});
		this.github.start();
	}

	@AfterEach
	void stopGitHub() {
		this.github.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { JAVA, KOTLIN })
	void pomHasTheVersionsOfThisBuild(String page) throws Exception {
		PageProject project = new PageProject(page, this.folder);
		Matcher version = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
		assertThat(version.find()).isTrue();
		assertThat(project.pom("requests4j.version")).isEqualTo(version.group(1));
		assertThat(version.find()).isTrue();
		assertThat(project.parentVersion()).isEqualTo(version.group(1));
	}

	@Test
	void testOfTheJavaApplicationPasses() throws Exception {
		PageProject project = new PageProject(JAVA, this.folder);
		List<Path> jars = project.classPath(KOTLIN_JARS, "compile", "test");
		project.write("src/test/java/Runner.java",
				"""
						import java.io.PrintWriter;
						import java.io.StringWriter;
						import java.nio.file.*;
						import org.junit.platform.launcher.core.*;
						import org.junit.platform.launcher.listeners.*;
						import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

						public class Runner {

							public static void main(String[] names) throws Exception {
								SummaryGeneratingListener listener = new SummaryGeneratingListener();
								LauncherFactory.create().execute(
										LauncherDiscoveryRequestBuilder.request().selectors(selectClass(names[0])).build(), listener);
								StringWriter text = new StringWriter();
								listener.getSummary().printTo(new PrintWriter(text));
								listener.getSummary().printFailuresTo(new PrintWriter(text));
								Files.writeString(Path.of("summary.txt"), text.toString());
								System.exit(0);
							}

						}
						""");
		jars.add(project.jar("junit-platform-launcher-"));
		project.compileJava(jars, "src");
		PageProject.outputOf(project.run(jars, "Runner", "com.example.demo.RepositoryControllerTests"));
		assertThat(Files.readString(this.folder.resolve("summary.txt"))).contains("2 tests successful",
				"0 tests failed");
	}

	@Test
	void javaApplicationStartsAndServes() throws Exception {
		PageProject project = new PageProject(JAVA, this.folder);
		List<Path> jars = project.classPath(KOTLIN_JARS, "compile");
		project.compileJava(jars, "src/main");
		startsAndServes(project, jars, "com.example.demo.DemoApplication");
	}

	@Test
	void kotlinApplicationStartsAndServes() throws Exception {
		PageProject project = new PageProject(KOTLIN, this.folder);
		String plain = "src/main/kotlin/com/example/demo/Plain.kt";
		project.write(plain, project.read(plain).replace("https://api.github.com", url()));
		List<Path> jars = project.classPath(KOTLIN_JARS, "compile");
		project.compileKotlin(jars, KOTLIN_JARS);
		assertThat(PageProject.outputOf(project.run(jars, "com.example.demo.Plain"))).contains("it has 7 forks",
				"The other one does not exist: 404");
		startsAndServes(project, jars, project.pom("start-class"));
	}

	private void startsAndServes(PageProject project, List<Path> jars, String main) throws Exception {
		Process process = project.run(jars, main, "--server.port=0", "--server.address=127.0.0.1",
				"--requests.sessions.github.base-url=" + url());
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String repositories = "http://127.0.0.1:" + PageProject.port(output) + "/repositories/";
			Response found = Requests.get(repositories + "spring-projects/spring-boot");
			assertThat(found.headers().get("Content-Type")).isEqualTo("application/json");
			assertThat(found.text()).isEqualTo("{\"name\":\"it\",\"description\":\"Boot\",\"forks\":7}");
			assertThat(Requests.get(repositories + "nobody/nothing").statusCode()).isEqualTo(404);
		}
		finally {
			process.destroy();
			process.waitFor(10, TimeUnit.SECONDS);
		}
	}

	private String url() {
		return "http://127.0.0.1:" + this.github.getAddress().getPort();
	}

}
