package io.github.requests4j.spring.guide;

import java.time.Duration;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.spring.MockServers;
import io.github.requests4j.spring.deadline.InheritedDeadline;
import io.github.requests4j.spring.deadline.RequestsDeadlineAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The section about inherited deadlines on the page about sessions.
 */
@ExtendWith(MockServers.class)
class InheritedDeadlinePageTests {

	private final MockWebServer server = new MockWebServer();

	@Test
	void deadlinesAreSetAsThePageShows() {
		this.server.enqueue(new MockResponse.Builder().build());
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsDeadlineAutoConfiguration.class))
			.withPropertyValues("requests.sessions.catalog.base-url=" + this.server.url("/"),
					"requests.sessions.catalog.deadline=inherit")
			.run((context) -> {
				Session catalog = context.getBean(Session.class);
				// tag::inherited-deadline[]
				Deadline deadline = Deadline.after(Duration.ofSeconds(2));
				try (InheritedDeadline.Scope scope = InheritedDeadline.open(deadline)) {
					catalog.get("items");
				}
				// end::inherited-deadline[]
				assertThat(this.server.getRequestCount()).isOne();
				try (InheritedDeadline.Scope scope = InheritedDeadline.open(Deadline.after(Duration.ofNanos(1)))) {
					assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> catalog.get("items"));
				}
			});
	}

}
