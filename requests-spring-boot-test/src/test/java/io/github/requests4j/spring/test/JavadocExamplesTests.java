package io.github.requests4j.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example in the Javadoc of the libraries compiles: as statements of a method or,
 * when it begins as a declaration does, as members of a type. What examples take for
 * granted is in {@link ExampleSurroundings}. This module is where all of them can be
 * seen.
 */
class JavadocExamplesTests {

	private static final List<String> MODULES = List.of("requests-core", "requests-spring-boot-autoconfigure",
			"requests-spring-boot-test");

	private static final Pattern EXAMPLE = Pattern
		.compile("<pre>\\{@code\n(.*?)\n\\s*\\* \\}</pre>|<pre class=\"code\">\n(.*?)\n\\s*\\* </pre>", Pattern.DOTALL);

	private static final Pattern DECLARATION = Pattern.compile("(@|public |record |class |interface ).*",
			Pattern.DOTALL);

	private static final String IMPORTS = Stream.of("java.io.*", "java.net.InetAddress", "java.nio.file.*",
			"java.time.*", "java.util.*", "java.util.concurrent.atomic.*", "java.util.stream.*",
			"io.github.requests4j.*", "io.github.requests4j.adapters.*", "io.github.requests4j.cache.*",
			"io.github.requests4j.auth.*", "io.github.requests4j.body.*", "io.github.requests4j.cookies.*",
			"io.github.requests4j.hedging.*", "io.github.requests4j.http.*", "io.github.requests4j.spring.client.*",
			"io.github.requests4j.spring.deadline.*", "io.github.requests4j.spring.observation.*",
			"io.github.requests4j.spring.session.*", "io.github.requests4j.url.*", "org.jspecify.annotations.Nullable",
			"org.junit.jupiter.api.Test", "org.springframework.beans.factory.annotation.*",
			"org.springframework.boot.autoconfigure.*", "org.springframework.boot.test.context.*",
			"org.springframework.context.annotation.Bean", "org.springframework.http.ResponseEntity",
			"org.springframework.http.codec.ServerSentEvent", "org.springframework.web.bind.annotation.*",
			"io.github.requests4j.spring.restclient.*", "org.springframework.web.client.RestClient",
			"org.springframework.web.client.RestTemplate", "org.springframework.web.service.annotation.*",
			"org.springframework.web.service.invoker.*", "tools.jackson.core.type.TypeReference",
			"static io.github.requests4j.spring.test.ExampleSurroundings.*",
			"static org.assertj.core.api.Assertions.assertThat")
		.map((name) -> "import " + name + ";")
		.reduce("package io.github.requests4j.spring.test; ", String::concat);

	@Test
	void everyExampleCompiles(@TempDir Path classes) throws IOException {
		List<Example> examples = examples();
		assertThat(examples).hasSizeGreaterThan(60);
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		ToolProvider.getSystemJavaCompiler()
			.getTask(null, null, found, List.of("-proc:none", "-d", classes.toString()), null, examples)
			.call();
		assertThat(found.getDiagnostics()).filteredOn((problem) -> problem.getKind() == Diagnostic.Kind.ERROR)
			.extracting((problem) -> problem.getSource() + ": " + problem.getMessage(null))
			.isEmpty();
	}

	private static List<Example> examples() throws IOException {
		List<Example> examples = new ArrayList<>();
		for (String module : MODULES) {
			try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
				files.filter((file) -> file.toString().endsWith(".java"))
					.sorted()
					.forEach((file) -> collect(file, examples));
			}
		}
		return examples;
	}

	private static void collect(Path file, List<Example> examples) {
		try {
			Matcher example = EXAMPLE.matcher(Files.readString(file));
			while (example.find()) {
				String text = (example.group(1) != null) ? example.group(1)
						: example.group(2)
							.replace("&#64;", "@")
							.replace("&lt;", "<")
							.replace("&gt;", ">")
							.replace("&amp;", "&");
				examples.add(new Example(file, examples.size(), text.replaceAll("(?m)^\\s*\\*", "").strip()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** One example, made a source file. */
	private static final class Example extends SimpleJavaFileObject {

		private final Path file;

		private final String source;

		Example(Path file, int number, String text) {
			super(URI.create("string:///Example" + number + ".java"), Kind.SOURCE);
			this.file = file;
			String kind = text.contains("{") ? "class" : "interface";
			boolean members = DECLARATION.matcher(text).matches();
			// The core and Micrometer have a type of this name.
			String more = file.toString().contains("observation") ? "import io.micrometer.common.KeyValues; " : "";
			this.source = IMPORTS + more + (members ? kind + " Example" + number + " {\n" + text + "\n}\n"
					: "class Example" + number + " { void run() throws Exception {\n" + text + "\n} }\n");
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.source;
		}

		@Override
		public String toString() {
			return this.file.getFileName() + "\n" + this.source.substring(IMPORTS.length());
		}

	}

}
