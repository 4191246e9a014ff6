package io.github.requests4j.cache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ranges in requests and in responses.
 */
class ByteRangeTests {

	@Test
	void requestedRangesAreParsed() {
		assertThat(ByteRange.requested("bytes=0-4").within(10)).isEqualTo(new ByteRange(0, 4, 10));
		assertThat(ByteRange.requested("Bytes = 3-").within(10)).isEqualTo(new ByteRange(3, 9, 10));
		assertThat(ByteRange.requested("bytes=-3").within(10)).isEqualTo(new ByteRange(7, 9, 10));
		assertThat(ByteRange.requested("bytes=-30").within(10)).isEqualTo(new ByteRange(0, 9, 10));
		assertThat(ByteRange.requested("bytes=5-99").within(10)).isEqualTo(new ByteRange(5, 9, 10));
		assertThat(ByteRange.requested("bytes=10-").within(10)).isNull();
		assertThat(ByteRange.requested("bytes=-0").within(10)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes=0-1,3-4", "bytes=4-3", "items=0-1", "bytes=", "bytes=-", "bytes=a-b", "bytes 0-1",
			"bytes=1" })
	void otherRangesAreLeftToTheServer(String header) {
		assertThat(ByteRange.requested(header)).isNull();
	}

	@Test
	void contentRangesAreParsed() {
		assertThat(ByteRange.contained("bytes 2-4/10")).isEqualTo(new ByteRange(2, 4, 10));
		assertThat(ByteRange.contained("bytes 2-4/*")).isEqualTo(new ByteRange(2, 4, -1));
		assertThat(ByteRange.contained("bytes 2-4/10").contentRange()).isEqualTo("bytes 2-4/10");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bytes */10", "bytes 4-2/10", "bytes 2-4/4", "bytes 2-4", "items 2-4/10", "bytes 2-x/10" })
	void invalidContentRangesAreRejected(String header) {
		assertThat(ByteRange.contained(header)).isNull();
	}

}
