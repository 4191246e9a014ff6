package io.github.requests4j.cookies;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link Cookie}.
 */
class CookieTests {

	private static Cookie full() {
		return Cookie.builder("n", "v")
			.domain("Example.COM")
			.hostOnly(true)
			.path("/p")
			.secure(true)
			.httpOnly(false)
			.sameSite("LAX")
			.expires(NOW)
			.rest(Map.of("Priority", "High"))
			.build();
	}

	@Test
	void toBuilderCopiesEveryProperty() {
		assertThat(full().toBuilder().build()).isEqualTo(full()).hasSameHashCodeAs(full());
		assertThat(Cookie.create("n", "v").bindTo("h").toBuilder().build())
			.isEqualTo(Cookie.create("n", "v").bindTo("H"));
	}

	@Test
	void equalityComparesEveryProperty() {
		Cookie full = full();
		assertThat(full).isNotEqualTo(full.toBuilder().name("x").build())
			.isNotEqualTo(full.withValue("x"))
			.isNotEqualTo(full.withValue(null))
			.isNotEqualTo(full.toBuilder().domain("x").build())
			.isNotEqualTo(full.toBuilder().hostOnly(false).build())
			.isNotEqualTo(full.toBuilder().path("/x").build())
			.isNotEqualTo(full.toBuilder().secure(false).build())
			.isNotEqualTo(full.toBuilder().httpOnly(true).build())
			.isNotEqualTo(full.toBuilder().sameSite(null).build())
			.isNotEqualTo(full.toBuilder().expires(null).build())
			.isNotEqualTo(full.toBuilder().rest(Map.of()).build())
			.isNotEqualTo("n=v");
		assertThat(Cookie.create("n", "v")).isNotEqualTo(Cookie.create("n", "v").bindTo("h"));
	}

	@Test
	@DisplayName("threat 40: toString() of a cookie does not contain its value")
	void toStringHidesTheValue() {
		assertThat(full().withValue("s3cr3t")).hasToString("<Cookie n=*** for example.com/p>");
		assertThat(full().withValue(null)).hasToString("<Cookie n for example.com/p>");
		assertThat(Cookie.create("n", "s3cr3t").bindTo("host")).hasToString("<Cookie n=*** for host/>");
	}

	@Test
	void cookieIsExpiredFromItsExpiryOn() {
		assertThat(full().isExpired(NOW)).isTrue();
		assertThat(full().isExpired(NOW.minusNanos(1))).isFalse();
		assertThat(Cookie.create("n", "v").isExpired(NOW)).isFalse();
	}

	@Test
	void restIsCopied() {
		Map<String, String> rest = new LinkedHashMap<>(Map.of("a", "b"));
		Cookie cookie = Cookie.builder("n", "v").rest(rest).build();
		rest.clear();
		assertThat(cookie.rest()).isEqualTo(Map.of("a", "b"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cookie.rest().clear());
	}

	@Test
	@DisplayName("104 (difference): only a cookie without a domain can be bound, and only once")
	void onlyACookieWithoutDomainIsBoundAndOnlyOnce() {
		assertThat(full().bindTo("other.example")).isEqualTo(full());
		Cookie bound = Cookie.create("n", "v").bindTo("Host.Example");
		assertThat(bound.boundHost()).isEqualTo("host.example");
		assertThat(bound.domain()).isEmpty();
		assertThat(bound.bindTo("other.example").boundHost()).isEqualTo("host.example");
		assertThat(bound.toBuilder().domain("example.com").build().boundHost()).isNull();
	}

	@Test
	void hostOnlyRequiresADomain() {
		assertThat(Cookie.builder("n", "v").hostOnly(true).build().hostOnly()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..a", "a b", "a/b", "a@b", "http://a", "a;b", "a,b", "a#b", "a?b", "a\\b" })
	void domainThatIsNotAHostIsRejected(String domain) {
		assertThatIllegalArgumentException().isThrownBy(() -> Cookie.builder("n", "v").domain(domain))
			.withMessageContaining(domain);
		assertThatIllegalArgumentException().isThrownBy(() -> Cookie.create("n", "v").bindTo(domain));
	}

	@Test
	void pathWithoutLeadingSlashIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Cookie.builder("n", "v").path("x"))
			.withMessageContaining("slash");
		assertThat(Cookie.builder("n", "v").path("").build().path()).isEqualTo("/");
	}

}
