package io.github.requests4j.sample.watch;

import java.time.Duration;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures that are computed from Micrometer's timers.
 */
class ElapsedTimesTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final ElapsedTimes times = new ElapsedTimes(this.registry);

	@Test
	void longestTimeIsThatSinceTheStart() {
		timer("/items", "SUCCESS", "none").record(Duration.ofMillis(250));
		this.times.sample();
		this.clock.add(Duration.ofMinutes(30));
		timer("/items", "SUCCESS", "none").record(Duration.ofMillis(50));
		this.times.sample();
		this.clock.add(Duration.ofMinutes(30));
		assertThat(this.times.rows("shop")).singleElement().isEqualTo(new ElapsedTimes.Row("GET /items", 2, 150, 250));
	}

	@Test
	void exchangesOfOneTemplateAreOneRowWhateverTheirOutcome() {
		timer("/items", "SUCCESS", "none").record(Duration.ofMillis(1));
		timer("/items", "UNKNOWN", "ReadTimeoutException").record(Duration.ofMillis(3));
		timer("none", "SUCCESS", "none").record(Duration.ofMillis(5));
		assertThat(this.times.rows("shop")).containsExactly(new ElapsedTimes.Row("GET /items", 2, 2, 3),
				new ElapsedTimes.Row("GET (redirected)", 1, 5, 5));
	}

	@Test
	void failuresAreServerErrorsAndMissingResponses() {
		timer("/items", "SUCCESS", "none").record(Duration.ofMillis(1));
		timer("/items", "CLIENT_ERROR", "none").record(Duration.ofMillis(1));
		timer("/items", "CANCELLED", "none").record(Duration.ofMillis(1));
		timer("/items", "SERVER_ERROR", "none").record(Duration.ofMillis(1));
		timer("/items", "UNKNOWN", "ConnectionException").record(Duration.ofMillis(1));
		this.times.sample();
		assertThat(this.times.chart("shop").exchanges()).isEqualTo(5);
		assertThat(this.times.chart("shop").failures()).isEqualTo(2);
	}

	@Test
	void chartCoversTheLastMinute() {
		timer("/items", "SUCCESS", "none").record(Duration.ofMillis(1));
		for (int i = 0; i < 60; i++) {
			this.times.sample();
		}
		assertThat(this.times.chart("shop").exchanges()).isOne();
		this.times.sample();
		assertThat(this.times.chart("shop").exchanges()).isZero();
	}

	private Timer timer(String uri, String outcome, String exception) {
		return this.registry.timer("http.client.requests", "session", "shop", "method", "GET", "uri", uri, "outcome",
				outcome, "exception", exception);
	}

}
