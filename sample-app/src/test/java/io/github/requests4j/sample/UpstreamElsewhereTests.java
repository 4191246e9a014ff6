package io.github.requests4j.sample;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Depot without its own services, configured to call those of another process.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "depot.upstream.enabled=false")
class UpstreamElsewhereTests {

	private static final ConfigurableApplicationContext ELSEWHERE = new SpringApplicationBuilder(DepotApplication.class)
		.run("--server.port=0");

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry properties) {
		String port = ELSEWHERE.getEnvironment().getRequiredProperty("local.server.port");
		properties.add("depot.upstream.url", () -> "http://localhost:" + port + "/upstream");
	}

	@AfterAll
	static void stop() {
		ELSEWHERE.close();
	}

	@Test
	void pageShowsServicesThatRunElsewhere(@LocalServerPort int port) throws Exception {
		Browser browser = new Browser(port);
		assertThat(browser.get("/").body()).contains("Green tea").doesNotContain("class=\"trouble\"");
		assertThat(browser.get("/upstream/catalog/items").statusCode()).isEqualTo(404);
	}

}
