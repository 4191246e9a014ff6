package io.github.requests4j.sample.operations;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Prometheus accepts the alert rules and the queries of the dashboard, and the rules fire
 * when they should. Each rule is explained.
 */
class AlertRulesTests {

	private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");

	@Test
	void prometheusAcceptsTheRules() throws Exception {
		assertThat(promtool("check", "rules", "alerts.yml")).contains(Operations.rules().size() + " rules found");
	}

	@Test
	void rulesFireWhenTheyShould() throws Exception {
		assertThat(promtool("test", "rules", "alerts-tests.yml")).contains("SUCCESS");
	}

	@Test
	void eachRuleIsTested() throws IOException {
		String tests = Files.readString(Operations.FOLDER.resolve("alerts-tests.yml"));
		for (JsonNode rule : Operations.rules()) {
			assertThat(tests).contains("alertname: " + rule.path("alert").asString());
		}
	}

	@Test
	void prometheusAcceptsTheQueriesOfTheDashboard(@TempDir Path folder) throws Exception {
		List<Map<String, Object>> records = new ArrayList<>();
		Operations.queries()
			.values()
			.forEach((queries) -> queries.forEach((query) -> records.add(Map.of("record", "a:b" + records.size(),
					"expr", VARIABLE.matcher(query.text().replace("$__rate_interval", "5m")).replaceAll("x")))));
		Path rules = Files.writeString(folder.resolve("dashboard.yml"),
				new Yaml().dump(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", records)))));
		assertThat(promtool("check", "rules", rules.toString())).contains(records.size() + " rules found");
	}

	@Test
	void pageExplainsEachRuleAndEachPanel() throws IOException {
		String page = Files.readString(Operations.FOLDER.resolve("dashboard.md"));
		for (JsonNode rule : Operations.rules()) {
			String name = rule.path("alert").asString();
			assertThat(page).contains("\n### " + name + "\n");
			assertThat(rule.path("annotations").path("runbook_url").asString())
				.endsWith("docs/operations/dashboard.md#" + name.toLowerCase(Locale.ROOT));
		}
		for (JsonNode panel : Operations.panels()) {
			assertThat(page).contains("\n| " + panel.path("title").asString() + " | ");
		}
	}

	private static String promtool(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(program()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).directory(Operations.FOLDER.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

	private static String program() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "promtool"))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Path::toString)
			.orElseGet(() -> fail("promtool is missing. Install Debian's package: "
					+ "apt-get install --no-install-recommends prometheus"));
	}

}
