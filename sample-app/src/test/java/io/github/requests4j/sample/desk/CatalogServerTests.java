package io.github.requests4j.sample.desk;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.spring.test.LocalServer;
import io.github.requests4j.spring.test.RecordedCall;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsLocalServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What only real connections show: retries and timeouts of the transport.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "depot.upstream.enabled=false", "requests.sessions.catalog.hedge=false",
				"requests.sessions.catalog.read-timeout=200ms",
				"requests.sessions.catalog.adapter.max-retries.backoff-factor=1ms" })
@RequestsLocalServer("catalog")
class CatalogServerTests {

	@Autowired
	private LocalServer server;

	@Autowired
	private CatalogClient catalog;

	@Test
	void failingServiceIsRetried() {
		this.server.enqueue(Reply.status(503), Reply.status(502), Reply.json("{\"id\":\"tea\",\"stock\":1}"));
		assertThat(this.catalog.item("tea")).isPresent();
		assertThat(this.server.calls()).extracting(RecordedCall::url).hasSize(3).containsOnly("/items/tea?size=4");
	}

	@Test
	void orderReadsTheItemAgain() {
		Reply fresh = Reply.json("{\"id\":\"tea\",\"stock\":1}").header("Cache-Control", "max-age=60");
		this.server.enqueue(fresh, fresh);
		this.catalog.item("tea");
		this.catalog.item("tea");
		assertThat(this.server.calls()).hasSize(2);
	}

	@Test
	void slowServiceTimesOut() {
		Reply late = Reply.json("{}").after(Duration.ofSeconds(2));
		this.server.enqueue(late, late, late);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> this.catalog.item("tea"))
			.withCauseInstanceOf(ReadTimeoutException.class);
		assertThat(this.server.calls()).hasSize(3);
	}

}
