package io.github.requests4j.spring.client;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.spring.client.elsewhere.EnabledClient;
import io.github.requests4j.spring.client.scanned.ScannedClient;
import io.github.requests4j.spring.restclient.RequestsRestClientAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class InjectionFailureAnalyzerTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class))
		.withUserConfiguration(ScannedClient.Application.class)
		.withPropertyValues("requests.sessions.s.base-url=http://localhost:1",
				"requests.sessions.other.base-url=http://localhost:1");

	@Test
	void interfaceOutsideTheScannedPackagesIsExplained() {
		FailureAnalysis analysis = analyze(NeedsEnabled.class);
		assertThat(analysis.getDescription()).contains("Parameter 0 of constructor", NeedsEnabled.class.getName(),
				EnabledClient.class.getName(), "outside the scanned packages",
				"io.github.requests4j.spring.client.scanned");
		assertThat(analysis.getAction())
			.contains("@EnableRequestsClients(basePackages = \"" + EnabledClient.class.getPackageName() + "\")");
	}

	@Test
	void interfaceWithoutTheAnnotationIsExplained() {
		FailureAnalysis analysis = analyze(NeedsUnmarked.class);
		assertThat(analysis.getDescription()).contains(Unmarked.class.getName(), "no @RequestsClient");
		assertThat(analysis.getAction()).contains("@RequestsClient(\"s\")");
	}

	@Test
	void ambiguousSessionIsExplained() {
		FailureAnalysis analysis = analyze(NeedsSession.class);
		assertThat(analysis.getDescription()).contains("Parameter 0 of constructor", "sSession, otherSession");
		assertThat(analysis.getAction()).contains("@Qualifier(\"s\") Session session",
				"requests.sessions.s.primary: true");
	}

	@Test
	void unknownSessionNameIsExplained() {
		FailureAnalysis analysis = analyze(NeedsMisspelt.class);
		assertThat(analysis.getDescription()).contains("Parameter 0 of constructor", "Session", "s, other");
		assertThat(analysis.getAction()).contains("@Qualifier");
	}

	@Test
	void disabledRestClientIsExplained() {
		FailureAnalysis analysis = analyze(NeedsRestClient.class);
		assertThat(analysis.getDescription()).contains("RestClient", "'rest-client: true'", "s, other");
		assertThat(analysis.getAction()).contains("requests.sessions.s.rest-client: true");
	}

	@Test
	void ambiguousRestClientIsExplained() {
		this.runner = this.runner.withConfiguration(AutoConfigurations.of(RequestsRestClientAutoConfiguration.class))
			.withPropertyValues("requests.defaults.rest-client=true");
		FailureAnalysis analysis = analyze(NeedsRestClient.class);
		assertThat(analysis.getDescription()).contains("a single RestClient", "sRestClient, otherRestClient");
		assertThat(analysis.getAction()).contains("@Qualifier(\"s\") RestClient restClient",
				"requests.sessions.s.primary: true");
	}

	@Test
	void otherFailuresAreLeftToSpringBoot() {
		assertThat(analyze(NeedsRunnable.class)).isNull();
		assertThat(analyze(NeedsThread.class)).isNull();
	}

	private FailureAnalysis analyze(Class<?> bean) {
		FailureAnalysis[] analysis = new FailureAnalysis[1];
		ConfigurableApplicationContext[] failed = new ConfigurableApplicationContext[1];
		this.runner.withInitializer((context) -> failed[0] = context)
			.withBean(bean)
			.run((context) -> analysis[0] = new InjectionFailureAnalyzer(failed[0].getBeanFactory(),
					failed[0].getEnvironment())
				.analyze(context.getStartupFailure()));
		return analysis[0];
	}

	record NeedsEnabled(EnabledClient client) {
	}

	record NeedsUnmarked(Unmarked client) {
	}

	record NeedsSession(Session session) {
	}

	record NeedsMisspelt(@Qualifier("oter") Session session) {
	}

	record NeedsRestClient(RestClient restClient) {
	}

	record NeedsRunnable(Runnable runnable) {
	}

	record NeedsThread(Thread thread) {
	}

	interface Unmarked {

		@GetExchange
		String get();

	}

}
