package io.github.requests4j.internal.body;

import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Boundaries of multipart messages.
 */
class BoundaryTests {

	@Test
	@DisplayName("90, threat 18 (CVE-2025-7783): boundaries have 32 hexadecimal digits, and a million are all different")
	void boundariesAreUnique() {
		long[] firstHalves = new long[1_000_000];
		for (int i = 0; i < firstHalves.length; i++) {
			firstHalves[i] = Long.parseUnsignedLong(MultipartSource.randomBoundary(), 0, 16, 16);
		}
		Arrays.sort(firstHalves);
		int equal = 0;
		for (int i = 1; i < firstHalves.length; i++) {
			equal += (firstHalves[i] == firstHalves[i - 1]) ? 1 : 0;
		}
		assertThat(equal).isZero();
		assertThat(MultipartSource.randomBoundary()).matches("[0-9a-f]{32}");
	}

}
