package io.github.requests4j.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README: its sources compile unchanged, and its settings and figures are those of
 * the pages that explain them.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern TYPE = Pattern.compile("^public (?:class|interface) (\\w+)", Pattern.MULTILINE);

	private final String readme = read("README.md");

	ReadmeTests() throws IOException {
	}

	@Test
	void everySourceCompilesUnchanged(@TempDir Path folder) throws IOException {
		List<String> arguments = new ArrayList<>(
				List.of("-Xlint:all", "-Werror", "-proc:none", "-d", folder.toString()));
		for (String source : snippets("java")) {
			Matcher type = TYPE.matcher(source);
			assertThat(type.find()).as(source).isTrue();
			arguments.add(Files.writeString(folder.resolve(type.group(1) + ".java"), source).toString());
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	@Test
	void settingsAndClientMatchTheFirstApplication() throws IOException {
		String page = read("docs/guide/first-application.md");
		assertThat(snippets("yaml")).isNotEmpty().allSatisfy((snippet) -> assertThat(page).contains(snippet));
		assertThat(page).contains(snippets("java").get(0));
	}

	@Test
	void dependencyIsTheStarterOfThisVersion() throws IOException {
		String version = read("pom.xml").replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
		assertThat(snippets("xml")).singleElement()
			.asString()
			.contains("<groupId>io.github.requests4j</groupId>",
					"<artifactId>requests-spring-boot-starter</artifactId>", "<version>" + version + "</version>");
	}

	@Test
	void linesOfCodeMatchTheComparison() throws IOException {
		Matcher all = Pattern.compile("\\*\\*All\\*\\* \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|")
			.matcher(read("docs/comparison.md"));
		assertThat(all.find()).isTrue();
		assertThat(this.readme).contains("| " + all.group(1) + " | " + all.group(2) + " |\n",
				"| " + all.group(3) + " | |\n", "| " + all.group(4) + " | " + all.group(5) + " |\n");
	}

	private List<String> snippets(String language) {
		return FENCE.matcher(this.readme)
			.results()
			.filter((fence) -> fence.group(1).equals(language))
			.map((MatchResult fence) -> fence.group(2))
			.toList();
	}

	private static String read(String file) throws IOException {
		return Files.readString(ROOT.resolve(file));
	}

}
