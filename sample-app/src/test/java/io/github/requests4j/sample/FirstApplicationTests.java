package io.github.requests4j.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import io.github.requests4j.Requests;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application of docs/guide/first-application.md, with the class path that its
 * pom.xml asks for: it compiles, its test passes, and it starts and serves.
 */
class FirstApplicationTests {

	private static final Path PAGE = Path.of("..", "docs", "guide", "first-application.md");

	private static final Pattern FILE = Pattern.compile("^\\*\\*`([^`]+)`\\*\\*\n\n```\\w+\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Pattern VERSION = Pattern.compile("<(?:spring-boot\\.)?version>([^<]+)</");

	private final DependencyGraph graph = DependencyGraph.read();

	private final Map<String, String> files = new LinkedHashMap<>();

	@TempDir
	private Path folder;

	private Path classes;

	@BeforeEach
	void writesFiles() throws IOException {
		Matcher file = FILE.matcher(Files.readString(PAGE));
		while (file.find()) {
			this.files.put(file.group(1), file.group(2));
			Path path = this.folder.resolve(file.group(1));
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.group(2));
		}
		assertThat(this.files).hasSize(6);
		this.classes = this.folder.resolve("target/classes");
	}

	@Test
	void pomAsksForTheVersionsOfThisBuild() throws Exception {
		Matcher ours = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
		assertThat(ours.find()).isTrue();
		Element pom = pom();
		assertThat(text(pom, "requests4j.version")).isEqualTo(ours.group(1));
		assertThat(ours.find()).isTrue();
		assertThat(text((Element) pom.getElementsByTagName("parent").item(0), "version")).isEqualTo(ours.group(1));
	}

	@Test
	void testOfThePagePasses() throws Exception {
		List<Path> jars = classPath("compile", "test");
		Path runner = this.folder.resolve("runner/Runner.java");
		Files.createDirectories(runner.getParent());
		Files.writeString(runner,
				"""
						import org.junit.platform.launcher.*;
						import org.junit.platform.launcher.core.*;
						import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
						import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

						public class Runner {

							public static void main(String[] names) {
								SummaryGeneratingListener summary = new SummaryGeneratingListener();
								LauncherFactory.create().execute(
										LauncherDiscoveryRequestBuilder.request().selectors(selectClass(names[0])).build(), summary);
								summary.getSummary().printFailuresTo(new java.io.PrintWriter(System.out));
								System.out.println("passed: " + summary.getSummary().getTestsSucceededCount());
								System.exit((int) summary.getSummary().getTotalFailureCount());
							}

						}
						""");
		jars.add(jar("junit-platform-launcher-"));
		compile(jars, this.folder);
		Process process = java(jars, "Runner", "com.example.demo.RepositoryControllerTests");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("passed: 2");
	}

	@Test
	void applicationStartsAndServes() throws Exception {
		List<Path> jars = classPath("compile");
		compile(jars, this.folder.resolve("src/main"));
		HttpServer github = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		github.createContext("/repos/spring-projects/spring-boot", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, 0);
			try (exchange) {
				exchange.getResponseBody()
					.write("{\"name\":\"spring-boot\",\"description\":\"Boot\",\"forks\":7,\"private\":false}"
						.getBytes(StandardCharsets.UTF_8));
			}
		});
		github.start();
		Process process = java(jars, "com.example.demo.DemoApplication", "--server.port=0",
				"--server.address=127.0.0.1",
				"--requests.sessions.github.base-url=http://127.0.0.1:" + github.getAddress().getPort());
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			String url = "http://127.0.0.1:" + port(output) + "/repositories/";
			Response found = Requests.get(url + "spring-projects/spring-boot");
			assertThat(found.headers().get("Content-Type")).isEqualTo("application/json");
			assertThat(found.text()).isEqualTo("{\"name\":\"spring-boot\",\"description\":\"Boot\",\"forks\":7}");
			assertThat(Requests.get(url + "nobody/nothing").statusCode()).isEqualTo(404);
		}
		finally {
			process.destroy();
			process.waitFor(10, TimeUnit.SECONDS);
			github.stop(0);
		}
	}

	private static String port(BufferedReader output) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			lines.add(line);
			Matcher port = PORT.matcher(line);
			if (port.find()) {
				return port.group(1);
			}
		}
		throw new AssertionError("The application ended:\n" + String.join("\n", lines));
	}

	/** Compiles all sources below the folder, and copies the resources. */
	private void compile(List<Path> jars, Path sources) throws IOException {
		Files.createDirectories(this.classes);
		List<String> arguments = new ArrayList<>(
				List.of("-parameters", "-Xlint:all", "-Werror", "-proc:none", "-d", this.classes.toString(), "-cp",
						jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
		try (Stream<Path> all = Files.walk(sources)) {
			all.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
		Files.writeString(this.classes.resolve("application.yml"),
				this.files.get("src/main/resources/application.yml"));
	}

	private Process java(List<Path> jars, String main, String... arguments) throws IOException {
		String path = Stream.concat(Stream.of(this.classes), jars.stream())
			.map(Path::toString)
			.collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-cp", path, main));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true).start();
	}

	/** Returns what the dependencies of the page's pom.xml bring. */
	private List<Path> classPath(String... scopes) throws Exception {
		NodeList dependencies = pom().getElementsByTagName("dependency");
		List<String> names = new ArrayList<>();
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			String scope = text(dependency, "scope");
			if (List.of(scopes).contains(scope.isEmpty() ? "compile" : scope)) {
				names.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
			}
		}
		assertThat(names).hasSize(2 * scopes.length);
		Map<String, Path> jars = new TreeMap<>();
		for (String name : this.graph.reachable(names)) {
			jars.put(name, jar(name));
		}
		return new ArrayList<>(jars.values());
	}

	/**
	 * Returns a jar or, for a module that is not packed yet, the folder of its classes.
	 */
	private Path jar(String name) {
		boolean ours = name.startsWith("io.github.requests4j:");
		String module = File.separator + name.substring(name.indexOf(':') + 1) + File.separator;
		String file = name.contains(":") ? this.graph.file(name) : name;
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((path) -> path.getFileName().toString().startsWith(file)
					|| (ours && Files.isDirectory(path) && path.toString().contains(module)))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(name + " is not on the class path"));
	}

	private Element pom() throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(this.folder.resolve("pom.xml").toFile())
			.getDocumentElement();
	}

	private static String text(Element parent, String name) {
		NodeList found = parent.getElementsByTagName(name);
		return (found.getLength() == 0) ? "" : found.item(0).getTextContent();
	}

}
