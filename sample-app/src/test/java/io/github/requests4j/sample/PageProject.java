package io.github.requests4j.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files that a page of the guide shows, each under its name in bold, as a project
 * that can be compiled and run. Its class path is what the dependencies of its pom.xml
 * bring.
 */
final class PageProject {

	private static final Path GUIDE = Path.of("..", "docs", "guide");

	private static final Pattern FILE = Pattern.compile("^\\*\\*`([^`]+)`\\*\\*\n\n```\\w+\n(.*?)^```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final DependencyGraph graph = DependencyGraph.read();

	private final Map<String, String> files = new LinkedHashMap<>();

	private final Path folder;

	private final Path classes;

	PageProject(String page, Path folder) throws IOException {
		this.folder = folder;
		this.classes = Files.createDirectories(folder.resolve("target/classes"));
		Matcher file = FILE.matcher(Files.readString(GUIDE.resolve(page)));
		while (file.find()) {
			write(file.group(1), file.group(2));
		}
		write("target/classes/application.yml", this.files.get("src/main/resources/application.yml"));
	}

	void write(String name, String content) throws IOException {
		this.files.put(name, content);
		Path path = this.folder.resolve(name);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

	String read(String name) {
		return this.files.get(name);
	}

	/** Returns the text of the first element of that name, or an empty one. */
	String pom(String name) throws Exception {
		return text(pom(), name);
	}

	/** Returns the version of Spring Boot that the page uses. */
	String parentVersion() throws Exception {
		return text((Element) pom().getElementsByTagName("parent").item(0), "version");
	}

	/**
	 * Returns the transitive dependencies of these scopes. A dependency that this module
	 * does not have is searched for in the folder.
	 */
	List<Path> classPath(Path others, String... scopes) throws Exception {
		NodeList dependencies = pom().getElementsByTagName("dependency");
		List<String> names = new ArrayList<>();
		Map<String, Path> jars = new TreeMap<>();
		for (int i = 0; i < dependencies.getLength(); i++) {
			Element dependency = (Element) dependencies.item(i);
			String scope = text(dependency, "scope");
			if (List.of(scopes).contains(scope.isEmpty() ? "compile" : scope)) {
				String artifact = text(dependency, "artifactId");
				Path other = others.resolve(artifact + ".jar");
				if (Files.exists(other)) {
					jars.put(artifact, other);
				}
				else {
					names.add(text(dependency, "groupId") + ":" + artifact);
				}
			}
		}
		for (String name : this.graph.reachable(names)) {
			jars.put(name, jar(name));
		}
		return new ArrayList<>(jars.values());
	}

	/**
	 * Returns a jar or, for a module that is not packed yet, the folder of its classes.
	 */
	Path jar(String name) {
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

	/** Compiles all sources below the folder. */
	void compileJava(List<Path> jars, String sources) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-parameters", "-Xlint:all", "-Werror", "-proc:none", "-d",
				this.classes.toString(), "-cp", join(jars)));
		try (Stream<Path> all = Files.walk(this.folder.resolve(sources))) {
			all.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	/** Compiles all Kotlin sources by the compiler whose jars are in the folder. */
	void compileKotlin(List<Path> jars, Path compiler) throws Exception {
		Process process = java("-Xmx512m", compiler + File.separator + "*",
				"org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect", "-java-parameters",
				"-jvm-target", "17", "-Werror", "-d", this.classes.toString(), "-cp", join(jars),
				this.folder.resolve("src/main/kotlin").toString());
		assertThat(outputOf(process)).isEmpty();
	}

	/** Runs a class of this project. */
	Process run(List<Path> jars, String main, String... arguments) throws IOException {
		return java("-Xmx256m", this.classes + File.pathSeparator + join(jars), main, arguments);
	}

	/** Waits until the application serves, and returns its port. */
	static String port(BufferedReader output) throws IOException {
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

	/** Waits until the process ends successfully, and returns its output. */
	static String outputOf(Process process) throws Exception {
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private Process java(String memory, String classPath, String main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), memory,
						"-XX:TieredStopAtLevel=1", "-cp", classPath, main));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true).start();
	}

	private static String join(List<Path> jars) {
		return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
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
