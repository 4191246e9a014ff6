package io.github.requests4j.http;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LimitsTests {

	@Test
	@DisplayName("threats 23, 24: headers are limited by default, bodies on request")
	void headersAreLimitedByDefault() {
		assertThat(Limits.DEFAULTS).isEqualTo(new Limits(100, 262144, 20, -1, -1, -1, 16 << 20, 16 << 20));
		assertThat(Limits.MAX_CODINGS).isEqualTo(5);
	}

	@Test
	@DisplayName("threats 23, 24: limits can be changed")
	void limitsCanBeChanged() {
		assertThat(Limits.DEFAULTS.withMaxHeaderBytes(10).maxHeaderBytes()).isEqualTo(10);
		assertThat(Limits.DEFAULTS.withLines(5, 6)).isEqualTo(new Limits(100, 262144, 20, -1, -1, -1, 5, 6));
		assertThat(Limits.DEFAULTS.withBody(1, 2, 3))
			.isEqualTo(new Limits(100, 262144, 20, 1, 2, 3, 16 << 20, 16 << 20));
	}

	@Test
	@DisplayName("threats 23, 24: invalid limits are rejected")
	void invalidLimitsAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULTS.withMaxHeaderBytes(0))
			.withMessage("maxHeaderBytes must be greater than zero, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULTS.withBody(0, -1, -1))
			.withMessage("maxBody must be greater than zero, or -1 for no limit, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULTS.withBody(-1, -2, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> Limits.DEFAULTS.withBody(-1, -1, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, 1, -1, -1, -1, -1, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, -1, 1, -1, -1, -1, -1, -1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 0, -1, -1, -1, -1, -1));
	}

}
