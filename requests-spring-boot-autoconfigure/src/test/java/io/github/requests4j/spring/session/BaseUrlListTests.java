package io.github.requests4j.spring.session;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.balancing.BalancedAdapter;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.EffectiveSettings;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is checked about several base URLs when the application starts.
 */
class BaseUrlListTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class));

	private ApplicationContextRunner of(String urls, String... more) {
		return this.runner.withPropertyValues("requests.sessions.s.base-url=" + urls).withPropertyValues(more);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					https://a.example,,https://b.example | base-url[1] | is empty | write a URL
					https://a.example,lb://orders | base-url[1] | A service cannot be one of several | only URLs of hosts
					lb://orders,lb://stock | base-url[0] | A service cannot be one of several | only the service
					https://a.example/x,y | base-url[1] | has no scheme | %2C
					https://a.example,https:// | base-url[1] | not valid | Correct the value
					https://a.example,https://b.example?x=1 | base-url[1] | cannot have a query | Correct the value
					https://a.example,ftp://b.example | base-url[1] | http and https | scheme
					https://a.example,http://b.example | base-url[1] | all be https or all be http | same scheme
					https://a.example,https://u:pw@b.example | base-url[1] | contain credentials | auth
					https://a.example/v1,https://A.example:443/v1/ | base-url[1] | same as base-url[0] | Remove one
					https://a.example/v1,https://b.example,https://a.example/v1/x | base-url[2] | continue each other | do not overlap
					https://a.example/v1,https://a.example | base-url[1] | continue each other | do not overlap
					""")
	void mistakesAreReportedWithTheirPlaceReasonAndFix(String urls, String key, String reason, String fix) {
		of(urls).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.satisfies((failure) -> assertThat(failure.toString()).contains("requests.sessions.s." + key, reason, fix)
				.doesNotContain("pw@"))
			.satisfies((failure) -> assertThat(find(failure).property()).isEqualTo("requests.sessions.s." + key)));
	}

	private static RequestsConfigurationException find(Throwable failure) {
		return (RequestsConfigurationException) failure;
	}

	@Test
	void digestIsRejected() {
		of("https://a.example,https://b.example", "requests.sessions.s.auth.type=digest",
				"requests.sessions.s.auth.username=u", "requests.sessions.s.auth.password=p")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("requests.sessions.s.auth")
				.hasMessageContaining("Digest authentication does not work with several base URLs"));
	}

	private ApplicationContextRunner withAdapters(String... prefixes) {
		Map<String, Object> settings = new HashMap<>();
		for (String prefix : prefixes) {
			settings.put("requests.sessions.s.adapters[" + prefix + "].pool-maxsize", 3);
		}
		return of("https://a.example,https://b.example/v1").withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("adapters", settings)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://b.example", "https://B.example/" })
	void adapterOfOneOfTheServersIsRejected(String prefix) {
		withAdapters(prefix).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("requests.sessions.s.adapters[" + prefix + "]")
			.hasMessageContaining("cannot have a separate adapter")
			.hasMessageContaining("Set adapter"));
	}

	@Test
	void adaptersOfOtherServersAreAllowed() {
		withAdapters("https://c.example/", "https://a.example/files/")
			.run((context) -> assertThat(context.getBean(Session.class).adapters()).containsKeys("https://c.example/",
					"https://a.example/files/"));
	}

	@Test
	void differentPathsOfOneServerAreSeveralBaseUrls() {
		of("https://a.example/eu,https://a.example/us").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(session.getAdapter("https://a.example/us/x")).isInstanceOf(BalancedAdapter.class)
				.hasToString("BalancedAdapter[https://a.example/eu, https://a.example/us]");
			assertThat(session.adapters()).hasSize(3);
		});
	}

	@Test
	void oneBaseUrlIsNotBalanced() {
		of("https://a.example/v1").run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(BalancedAdapter.among(session.adapters().values())).isEmpty();
			assertThat(session.adapters()).hasSize(2);
			assertThat(shown(context.getBean(ConfiguredSessions.class))).isEqualTo("https://a.example/v1");
		});
	}

	@Test
	void listInTheEnvironmentIsUsed() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
						Map.of("REQUESTS_SESSIONS_S_BASEURL", "https://a.example, https://b.example"))))
			.run((context) -> assertThat(shown(context.getBean(ConfiguredSessions.class)))
				.hasToString("[https://a.example, https://b.example]"));
	}

	private static Object shown(ConfiguredSessions sessions) {
		return EffectiveSettings.of(sessions, "s").get("base-url").value();
	}

}
