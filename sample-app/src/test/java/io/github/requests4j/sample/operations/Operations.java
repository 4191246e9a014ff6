package io.github.requests4j.sample.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of {@code docs/operations}.
 */
final class Operations {

	static final Path FOLDER = Path.of("../docs/operations").toAbsolutePath().normalize();

	private Operations() {
	}

	static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
	}

	/** Returns the panels of the dashboard that show something. */
	static List<JsonNode> panels() throws IOException {
		List<JsonNode> panels = new ArrayList<>();
		dashboard().path("panels")
			.valueStream()
			.filter((panel) -> !panel.path("type").asString().equals("row"))
			.forEach(panels::add);
		return panels;
	}

	/** Returns the alert rules. */
	static List<JsonNode> rules() throws IOException {
		Object file = new Yaml().load(Files.readString(FOLDER.resolve("alerts.yml")));
		List<JsonNode> rules = new ArrayList<>();
		JsonMapper.shared()
			.<JsonNode>valueToTree(file)
			.path("groups")
			.valueStream()
			.forEach((group) -> group.path("rules").valueStream().forEach(rules::add));
		return rules;
	}

	/** Returns all queries by the title of the panel or the name of the rule. */
	static Map<String, List<Query>> queries() throws IOException {
		Map<String, List<Query>> queries = new LinkedHashMap<>();
		for (JsonNode panel : panels()) {
			queries.put(panel.path("title").asString(),
					panel.path("targets")
						.valueStream()
						.map((target) -> new Query(target.path("expr").asString()))
						.toList());
		}
		for (JsonNode rule : rules()) {
			queries.put(rule.path("alert").asString(), List.of(new Query(rule.path("expr").asString())));
		}
		return queries;
	}

}
