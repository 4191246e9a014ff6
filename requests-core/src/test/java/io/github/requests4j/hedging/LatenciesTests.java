package io.github.requests4j.hedging;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTests {

	@Test
	void thereIsNoPercentileBeforeThereAreEnoughResponses() {
		Latencies latencies = new Latencies(95);
		for (int i = 0; i < Latencies.ENOUGH - 1; i++) {
			latencies.add(1);
		}
		assertThat(latencies.value()).isEqualTo(Latencies.UNKNOWN);
		latencies.add(1);
		assertThat(latencies.value()).isEqualTo(1);
	}

	@Test
	void asManyResponsesAreSlowerAsThePercentileSays() {
		Latencies latencies = new Latencies(95);
		for (int i = 0; i < 1024; i++) {
			latencies.add((i * 389L) % 1024);
		}
		assertThat(latencies.value()).isEqualTo(973);
	}

	@Test
	void onlyTheLastResponsesCount() {
		Latencies latencies = new Latencies(50);
		for (int i = 0; i < 1024; i++) {
			latencies.add(1000);
		}
		assertThat(latencies.value()).isEqualTo(1000);
		for (int i = 0; i < 1024; i++) {
			latencies.add(10);
		}
		assertThat(latencies.value()).isEqualTo(10);
	}

}
