package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BaseUrlTests {

	private static String resolve(String reference) {
		return BaseUrl.of("https://api.example.com/v1/").resolve(reference);
	}

	@ParameterizedTest
	@CsvSource({ "orders, https://h/v1/orders", "/orders, https://h/v1/orders", "a/../b, https://h/v1/a/../b",
			"'', https://h/v1", "?a=1, https://h/v1?a=1", "#f, https://h/v1#f", "/, https://h/v1/",
			"items:search, https://h/v1/items:search", "/x?u=http://y/../.., https://h/v1/x?u=http://y/../..",
			"x//y, https://h/v1/x//y", ".., https://h/v1/a", "  orders, https://h/v1/orders" })
	@DisplayName("151: a relative URL is appended to the path of the base URL")
	void relativeReferenceIsAppended(String reference, String url) {
		if (reference.equals("..")) {
			assertThat(BaseUrl.of("https://h/v1").resolve("a/b/..")).isEqualTo("https://h/v1/a/b/..");
			return;
		}
		assertThat(BaseUrl.of("https://h/v1").resolve(reference)).isEqualTo(url);
		if (!url.startsWith("https://h/v1?") && !url.startsWith("https://h/v1#") && !reference.isEmpty()) {
			assertThat(BaseUrl.of("HTTPS://H/v1/").resolve(reference)).isEqualTo(url);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://other/x", "HTTPS://api.example.com", "ftp://x", "mock://h/..", "a+b-c.d://x" })
	@DisplayName("25: an absolute URL is returned unchanged")
	void absoluteUrlIsReturnedUnchanged(String reference) {
		assertThat(resolve(reference)).isEqualTo(reference);
		assertThat(resolve("\n " + reference)).isEqualTo(reference);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil/x", "///evil", " //evil" })
	@DisplayName("threat 33: a reference that looks like a path but names a host is rejected")
	void schemeRelativeReferenceIsRejected(String reference) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> resolve(reference))
			.withMessageContaining("no scheme");
	}

	@ParameterizedTest
	@ValueSource(strings = { "..", "../x", "/../x", "a/../../x", "%2e%2e/x", "%2E./x", ".%2e", "a/..;/../x", "..;x/y",
			"%252e%252e/x", "./../x", "..?q", "..#f", "a/%2e/../../x" })
	@DisplayName("threat 42: a relative URL cannot leave the base path")
	void referenceOutsideTheBasePathIsRejected(String reference) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> resolve(reference))
			.withMessageContaining("The URL is not below the base URL https://api.example.com/v1/");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a/..", "a/../b", "./b", "...", "a/.../x", "x?../..", "x#../..", "a/b/../..", "%2e%2e%2e" })
	@DisplayName("threat 42: a reference that stays inside the base path is accepted")
	void referenceInsideTheBasePathIsAccepted(String reference) {
		Url prepared = UrlPreparer.prepare(resolve(reference), "");
		assertThat(prepared.path()).startsWith("/v1/");
		assertThat(prepared.host()).isEqualTo("api.example.com");
	}

	@Test
	@DisplayName("threat 33: appended text cannot change the host of the base URL")
	void appendedTextCannotChangeTheHost() {
		for (String reference : new String[] { "@evil/", ":80@evil/", "\\\\evil", "/\\evil", "http:/evil", "http:evil",
				"?@evil", "#@evil", "\t//evil", "/ /evil", ".evil" }) {
			try {
				Url url = UrlPreparer.prepare(BaseUrl.of("https://good.example").resolve(reference), "");
				assertThat(url.host()).as(reference).isEqualTo("good.example");
			}
			catch (UrlSyntaxException ex) {
				assertThat(ex).as(reference).hasMessageContaining("no scheme");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "api.example.com", "/v1", "https://", "mailto:x", "https://h/?a=1", "https://h/#f", "h:80" })
	@DisplayName("27, 28: a base URL must be absolute and have a host, but no query or fragment")
	void invalidBaseUrlIsRejected(String url) {
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> BaseUrl.of(url));
	}

	@Test
	@DisplayName("26: a base URL may have a custom scheme, for a mounted adapter")
	void baseUrlMayHaveACustomScheme() {
		assertThat(BaseUrl.of("lb://orders").resolve("/x")).isEqualTo("lb://orders/x");
	}

	@Test
	@DisplayName("threat 40: the password is masked in text and messages")
	void passwordIsMaskedInTextAndMessages() {
		BaseUrl base = BaseUrl.of("https://u:s3cret@h/v1");
		assertThat(base).hasToString("https://u:***@h/v1");
		assertThat(base.url().sameOrigin(ParsedUrl.split("https://h:443/x"))).isTrue();
		assertThatExceptionOfType(UrlSyntaxException.class).isThrownBy(() -> base.resolve(".."))
			.withMessageNotContaining("s3cret");
	}

}
