package io.github.requests4j.spring.redis;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.spring.FuzzRun;

/**
 * Fuzzes what is read from Redis.
 */
@Tag("once")
class EntryFuzzTests {

	@Test
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	@DisplayName("fuzzing finds no exception and no violated guarantee in stored entries")
	void entriesSurviveFuzzedInput() throws IOException, InterruptedException {
		FuzzRun.run(EntryFuzz.class);
	}

}
