package io.github.requests4j.spring.refresh;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.LogCapture;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refresh with settings that are wrong or need a restart.
 */
@ExtendWith(MockServers.class)
class RejectedSettingsTests {

	private static final String LOGGER = SettingsRefresh.class.getName();

	private final MockWebServer server = new MockWebServer();

	@TempDir
	Path folder;

	private String yaml(String header, String settings) {
		return """
				requests:
				  sessions:
				    first:
				      base-url: http://localhost:%d
				      headers: {X-Version: %s}
				    second:
				      base-url: http://localhost:1
				""".formatted(this.server.getPort(), header) + settings;
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "base-url, `ftp://localhost`, requests.sessions.third.base-url",
			"base-url, `http://[`, requests.sessions.third.base-url",
			"read-timeot, 3s, requests.sessions.third.read-timeot", "read-timeout, soon, read-timeout",
			"verify, /no/such/ca.pem, requests.sessions.third.verify",
			"headers.X-A, `\"${no.such.value}\"`, no.such.value", "auth.bean, none, requests.sessions.third.auth.bean",
			"resilience.circuit-breaker, none, requests.sessions.third.resilience.circuit-breaker",
			"resilience.retry, none, requests.sessions.third.resilience.retry",
			"adapter.pool-maxsize, 0, requests.sessions.third.adapter.pool-maxsize",
			"ssl.bundle, none, requests.sessions.third.ssl.bundle" })
	void mistakeInOneSessionChangesNoSession(String key, String value, String named) throws Exception {
		this.server.enqueue(new MockResponse.Builder().build());
		String third = "    third:\n      connect-timeout: 3s\n";
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", third))) {
			Session first = application.session("first");
			application.session("third");
			try (LogCapture log = new LogCapture(LOGGER, Level.INFO)) {
				application.refresh(yaml("2", third + "      " + key + ": " + value + "\n"));
				assertThat(log.messages()).last()
					.asString()
					.contains("were rejected", named)
					.contains("application.yml")
					.contains("10:");
			}
			assertThat(application.report().applied()).isFalse();
			assertThat(application.report().error()).contains(named, "application.yml");
			first.get("/");
			assertThat(this.server.takeRequest().getHeaders().get("X-Version")).isEqualTo("1");
			assertThat(application.bean(ConfiguredSessions.class).get("first").headers()).containsEntry("X-Version",
					"1");
			application.apply(yaml("3", third));
			assertThat(first.headers()).containsEntry("X-Version", "3");
		}
	}

	@Test
	void unknownClientsAndMethodsAreRejected() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""), Clients.class)) {
			application.refresh(yaml("2", "  clients: {Shop: {methods: {itm: {deadline: 1s}}}}\n"));
			assertThat(application.report().error()).contains("has no method 'itm'");
			application.refresh(yaml("2", "  clients: {Shp: {methods: {item: {deadline: 1s}}}}\n"));
			assertThat(application.report().error()).contains("no client or session named 'Shp'");
			assertThat(application.session("first").headers()).containsEntry("X-Version", "1");
		}
	}

	@Test
	void failingCustomizerRejectsTheSettings() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""), Customized.class)) {
			Session first = application.session("first");
			Session second = application.session("second");
			application.refresh(yaml("bad", "      headers: {X-Version: 2}\n"));
			assertThat(application.report().error()).contains("not this one");
			assertThat(first.headers()).containsEntry("X-Version", "1").containsEntry("X-Custom", "1");
			assertThat(second.headers()).doesNotContainKey("X-Version");
			application.apply(yaml("2", "      headers: {X-Version: 2}\n"));
			assertThat(first.headers()).containsEntry("X-Version", "2").containsEntry("X-Custom", "2");
			assertThat(second.headers()).containsEntry("X-Version", "2");
		}
	}

	@Test
	void sessionCreatedWhileSettingsAreCheckedHasTheCurrentOnes() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""), Customized.class)) {
			application.session("first");
			application.refresh(yaml("bad-with-second", "      headers: {X-Version: 2}\n"));
			assertThat(application.report().applied()).isFalse();
			assertThat(application.context().getBeanFactory().containsSingleton("secondSession")).isTrue();
			assertThat(application.session("second").headers()).doesNotContainKey("X-Version");
		}
	}

	@Test
	void beansNeedARestart() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""))) {
			Session first = application.session("first");
			Session second = application.session("second");
			try (LogCapture log = new LogCapture(LOGGER, Level.INFO)) {
				application.apply("""
						requests:
						  sessions:
						    first:
						      base-url: http://localhost:2
						      primary: true
						      rest-client: true
						    added:
						      base-url: http://localhost:3
						""");
				assertThat(log.messages()).last()
					.asString()
					.contains("restart", "requests.sessions.added", "requests.sessions.second",
							"requests.sessions.first.primary", "requests.sessions.first.rest-client");
			}
			assertThat(first.baseUrl()).startsWith("http://localhost:2");
			assertThat(second.baseUrl()).startsWith("http://localhost:1");
			assertThat(application.report().restart()).containsExactlyInAnyOrder("requests.sessions.added",
					"requests.sessions.second", "requests.sessions.first.primary",
					"requests.sessions.first.rest-client");
			ConfiguredSessions configured = application.bean(ConfiguredSessions.class);
			assertThat(configured.names()).containsExactly("first", "second");
			assertThat(configured.get("second").baseUrl()).isEqualTo("http://localhost:1");
			assertThat(configured.find("second", "base-url")).isNotNull();
			application.refresh("requests: {sessions: {first: {}, added: {max-redirects: -1}}}");
			assertThat(application.report().error()).contains("requests.sessions.added.max-redirects");
			application.apply(yaml("1", "").replace("localhost:1", "localhost:4"));
			assertThat(second.baseUrl()).startsWith("http://localhost:4");
			assertThat(application.report().restart()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "requests.sessions.third.deadline, `    third: {deadline: inherit}`",
			"requests.defaults.deadline, `  defaults: {deadline: inherit}`" })
	void firstInheritedDeadlineNeedsARestart(String key, String settings) {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", "    third: {deadline: 3s}\n"))) {
			application.refresh(yaml("2", settings));
			assertThat(application.report().error()).contains(key, "restart");
			assertThat(application.session("first").headers()).containsEntry("X-Version", "1");
			application.apply(yaml("3", "    third: {deadline: 4s}\n"));
			assertThat(application.session("first").headers()).containsEntry("X-Version", "3");
		}
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", settings))) {
			application.apply(yaml("2", settings));
			assertThat(application.session("first").headers()).containsEntry("X-Version", "2");
		}
	}

	@Test
	void changeWithoutNewSettingsDoesNothing() {
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""))) {
			Session first = application.session("first");
			Map<String, ?> before = first.adapters();
			try (LogCapture log = new LogCapture(LOGGER, Level.INFO)) {
				application.refresh("other: value\n" + yaml("1", ""));
				assertThat(log.messages()).isEmpty();
			}
			assertThat(application.context().getBean(RefreshReport.Last.class).get()).isNull();
			assertThat(first.adapters()).isEqualTo(before);
		}
	}

	@Test
	void rejectedValuesOfASourceThatChangesInPlaceAreNotShownAsCurrent() {
		Map<String, Object> source = new HashMap<>(Map.of("requests.sessions.second.max-redirects", "3"));
		try (LiveApplication application = new LiveApplication(this.folder, yaml("1", ""))) {
			application.context().getEnvironment().getPropertySources().addFirst(new MapPropertySource("own", source));
			application.context().publishEvent(new EnvironmentChangeEvent(application.context(), source.keySet()));
			assertThat(application.session("second").maxRedirects()).isEqualTo(3);
			source.put("requests.sessions.second.max-redirects", "-4");
			application.context().publishEvent(new EnvironmentChangeEvent(application.context(), source.keySet()));
			assertThat(application.report().error()).contains("max-redirects");
			assertThat(application.session("second").maxRedirects()).isEqualTo(3);
			assertThat(application.bean(ConfiguredSessions.class).find("second", "max-redirects").getValue())
				.isEqualTo("3");
		}
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("first")
	public interface Shop {

		@GetExchange("/item")
		String item();

	}

	static class Customized {

		@Bean
		SessionCustomizer versions(ConfiguredSessions configured, BeanFactory beans) {
			return (name, builder) -> {
				String version = configured.get("first").headers().get("X-Version");
				if (version.endsWith("with-second")) {
					beans.getBean("secondSession");
				}
				if (version.startsWith("bad")) {
					throw new IllegalStateException("not this one");
				}
				builder.header("X-Custom", version);
			};
		}

	}

}
