package io.github.requests4j.sample.operations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard has the structure that Grafana imports.
 */
class DashboardTests {

	private static final int COLUMNS = 24;

	@Test
	void dashboardHasWhatGrafanaImports() throws IOException {
		JsonNode dashboard = Operations.dashboard();
		assertThat(dashboard.path("title").asString()).isEqualTo("requests4j");
		assertThat(dashboard.path("uid").asString()).isNotEmpty();
		assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
		assertThat(dashboard.has("id")).isFalse();
	}

	@Test
	void eachPanelHasAUnitAnExplanationAndTheSelectedSource() throws IOException {
		for (JsonNode panel : Operations.panels()) {
			String title = panel.path("title").asString();
			assertThat(panel.path("description").asString()).as(title).endsWith(".");
			assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString()).as(title).isNotEmpty();
			assertThat(panel.path("targets").size()).as(title).isPositive();
			List<JsonNode> sources = new ArrayList<>(List.of(panel.path("datasource")));
			panel.path("targets").valueStream().map((target) -> target.path("datasource")).forEach(sources::add);
			assertThat(sources).as(title).allMatch((source) -> source.path("uid").asString().equals("${datasource}"));
		}
	}

	@Test
	void panelsDoNotOverlap() throws IOException {
		Set<Integer> ids = new HashSet<>();
		Set<List<Integer>> cells = new HashSet<>();
		Operations.dashboard().path("panels").valueStream().forEach((panel) -> {
			String title = panel.path("title").asString();
			assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
			JsonNode place = panel.path("gridPos");
			int left = place.path("x").asInt();
			int top = place.path("y").asInt();
			assertThat(left + place.path("w").asInt()).as(title).isLessThanOrEqualTo(COLUMNS);
			for (int x = left; x < left + place.path("w").asInt(); x++) {
				for (int y = top; y < top + place.path("h").asInt(); y++) {
					assertThat(cells.add(List.of(x, y))).as(title).isTrue();
				}
			}
		});
	}

}
