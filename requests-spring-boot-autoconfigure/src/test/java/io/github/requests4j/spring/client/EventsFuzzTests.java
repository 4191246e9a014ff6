package io.github.requests4j.spring.client;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.spring.FuzzRun;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fuzzes the parser of server-sent events.
 */
@Tag("once")
class EventsFuzzTests {

	@Test
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	@DisplayName("fuzzing finds no exception, no hang and no violated guarantee in server-sent events")
	void parserHandlesFuzzedInput() throws IOException, InterruptedException {
		FuzzRun.run(EventsFuzz.class);
	}

	@Test
	@DisplayName("threat 45: server-sent events of twice the length take under three times as long")
	void timeGrowsLinearlyWithTheInput() throws IOException {
		for (String piece : List.of("data\n", "\n", "\r\n", ":", "data: a\n\n", "id: 1\n", "a", "\u00e4",
				"retry: 1\n")) {
			byte[] single = input(piece, 32_768);
			byte[] twice = input(piece, 65_536);
			long bestSingle = Long.MAX_VALUE;
			long bestTwice = Long.MAX_VALUE;
			for (int round = 0; round < 4 || (round < 200 && bestTwice >= 3 * bestSingle); round++) {
				bestSingle = Math.min(bestSingle, cpuTime(single));
				bestTwice = Math.min(bestTwice, cpuTime(twice));
			}
			assertThat(bestTwice).as("nanoseconds for '%s'; half of it took %s", piece, bestSingle)
				.isLessThan(3 * bestSingle);
		}
	}

	/** Of a length at which the target reads it once. */
	private static byte[] input(String piece, int length) {
		byte[] bytes = piece.repeat(length / piece.length()).getBytes(StandardCharsets.UTF_8);
		return Arrays.copyOf(bytes, bytes.length - bytes.length % 4 - 1);
	}

	private static long cpuTime(byte[] input) throws IOException {
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		EventsFuzz.fuzzerTestOneInput(input);
		return Math.max(100_000, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
	}

}
