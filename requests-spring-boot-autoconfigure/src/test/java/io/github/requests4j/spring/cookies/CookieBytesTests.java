package io.github.requests4j.spring.cookies;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.requests4j.cookies.Cookie;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The form in which cookies are stored, and what is read from a damaged store.
 */
class CookieBytesTests {

	private static final Cookie FULL = Cookie.builder("sid", "vÄlue")
		.domain("shop.example")
		.hostOnly(true)
		.path("/a")
		.secure(true)
		.httpOnly(true)
		.sameSite("Lax")
		.expires(Instant.parse("2030-01-02T03:04:05Z"))
		.rest(Map.of("Priority", "High"))
		.build();

	@Test
	void everyAttributeIsKept() {
		assertThat(CookieBytes.read(CookieBytes.write(FULL))).isEqualTo(FULL);
		Cookie plain = Cookie.create("theme", null);
		assertThat(CookieBytes.read(CookieBytes.write(plain))).isEqualTo(plain);
		Cookie bound = Cookie.create("theme", "dark").bindTo("shop.example");
		assertThat(CookieBytes.read(CookieBytes.write(bound))).isEqualTo(bound);
	}

	@Test
	void partOfACookieIsNoCookie() {
		byte[] bytes = CookieBytes.write(FULL);
		for (int length = 0; length < bytes.length; length++) {
			assertThat(CookieBytes.read(Arrays.copyOf(bytes, length))).as("%d bytes", length).isNull();
		}
		assertThat(CookieBytes.read(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
	}

	@Test
	void damagedBytesNeverThrow() {
		Random random = new Random(42);
		byte[] bytes = CookieBytes.write(FULL);
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = bytes.clone();
			for (int j = random.nextInt(3); j >= 0; j--) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
			}
			Cookie read = CookieBytes.read(damaged);
			assertThat(read == null || read.name().chars().noneMatch(Character::isISOControl)).isTrue();
		}
	}

}
