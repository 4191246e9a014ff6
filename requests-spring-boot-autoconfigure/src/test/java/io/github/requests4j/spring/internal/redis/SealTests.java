package io.github.requests4j.spring.internal.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SealTests {

	private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

	private static final String OTHER = Base64.getEncoder()
		.encodeToString("01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8));

	private static final byte[] VALUE = "a secret token".getBytes(StandardCharsets.UTF_8);

	@Test
	void sealedValuesCanBeOpenedOnlyInTheirPlace() {
		Seal seal = Seal.of(KEY);
		byte[] sealed = seal.seal(VALUE, "here");
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
		assertThat(seal.open(sealed, "here")).isEqualTo(VALUE);
		assertThat(seal.open(sealed, "there")).isNull();
		assertThat(seal.seal(VALUE, "here")).isNotEqualTo(sealed);
	}

	@Test
	void everyChangedByteMakesAValueAbsent() {
		Seal seal = Seal.of(KEY);
		byte[] sealed = seal.seal(VALUE, "");
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			assertThat(seal.open(changed, "")).as("byte %s", i).isNull();
			assertThat(seal.open(Arrays.copyOf(sealed, i), "")).as("length %s", i).isNull();
		}
		assertThat(seal.open(null, "")).isNull();
	}

	@Test
	void otherKeysDecryptAfterARotation() {
		byte[] sealed = Seal.of(KEY).seal(VALUE, "");
		assertThat(Seal.of(OTHER + ", " + KEY).open(sealed, "")).isEqualTo(VALUE);
		assertThat(Seal.of(OTHER).open(sealed, "")).isNull();
		assertThat(Seal.of(KEY).open(Seal.of(OTHER + "," + KEY).seal(VALUE, ""), "")).isNull();
	}

	@Test
	void readableValuesAreAcceptedOnlyWithoutAKey() {
		byte[] plain = Seal.of(null).seal(VALUE, "here");
		assertThat(Seal.of("").open(plain, "there")).isEqualTo(VALUE);
		assertThat(Seal.of(KEY).open(plain, "here")).isNull();
		assertThat(Seal.of(null).open(Seal.of(KEY).seal(VALUE, ""), "")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret", "c2VjcmV0", "%%%", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=," })
	void wrongKeysAreReportedWithoutShowingThem(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> Seal.of(key))
			.satisfies((ex) -> assertThat(ex.getMessage()).startsWith("The key ").doesNotContain(key))
			.withNoCause();
		assertThat(Seal.of(KEY)).hasToString("Seal");
	}

}
