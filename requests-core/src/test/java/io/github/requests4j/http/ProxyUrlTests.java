package io.github.requests4j.http;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxyUrlTests {

	@ParameterizedTest
	@CsvSource({ "http://h, http, h, 80", "https://h, https, h, 443", "http://H:3128/, http, h, 3128",
			"HTTP://h:1, http, h, 1", "socks5://h, socks5, h, 1080", "socks5h://h:9, socks5h, h, 9",
			"socks4://10.0.0.1, socks4, 10.0.0.1, 1080", "socks4a://h, socks4a, h, 1080",
			"http://[::1]:8080, http, ::1, 8080", "http://u:p@h:3128, http, h, 3128" })
	@DisplayName("182, 185: a proxy URL has a scheme, host and port")
	void urlIsSplitIntoItsParts(String text, String scheme, String host, int port) {
		ProxyUrl url = ProxyUrl.parse(text);
		assertThat(url.scheme()).isEqualTo(scheme);
		assertThat(url.host()).isEqualTo(host);
		assertThat(url.port()).isEqualTo(port);
		assertThat(url.isSocks()).isEqualTo(scheme.startsWith("socks"));
		assertThat(url.isSecure()).isEqualTo(scheme.equals("https"));
		assertThat(url.resolvesNames()).isEqualTo(scheme.equals("socks4a") || scheme.equals("socks5h"));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "http://u:p@h, u, p, Basic dTpw", "http://us:p%40w@h, us, p@w, Basic dXM6cEB3",
					"http://u:@h, u, '', Basic dTo=", "http://:p@h, '', p, -", "http://:@h, -, -, -",
					"http://u@h, -, -, -", "http://h, -, -, -", "socks5://u:a:b@h, u, a:b, Basic dTphOmI=" })
	@DisplayName("182, 128: credentials require a password part")
	void credentialsAreDecoded(String text, @Nullable String username, @Nullable String password,
			@Nullable String authorization) {
		ProxyUrl url = ProxyUrl.parse(text);
		assertThat(url.credentials())
			.isEqualTo((username != null) ? new BasicCredentials(username, String.valueOf(password)) : null);
		assertThat(url.authorization()).isEqualTo(authorization);
	}

	@ParameterizedTest
	@ValueSource(strings = { "h", "h:3128", "//h:1", "", "10.0.0.1:3128", "u:p@h:3128", "[::1]:80", "localhost:80" })
	@DisplayName("182: a proxy URL without a scheme is an error that explains what is missing")
	void missingSchemeIsReported(String text) {
		assertThatExceptionOfType(MissingSchemaException.class).isThrownBy(() -> ProxyUrl.parse(text))
			.withMessageContaining("has no scheme")
			.withMessageContaining("http://")
			.withMessageNotContaining("u:p");
	}

	@ParameterizedTest(name = "182: {0} is read as {1}")
	@CsvSource({ "example.com/path, http://example.com/path", "//example.com/path, http://example.com/path",
			"example.com:80, http://example.com:80",
			"http://user:pass@example.com/path?query, http://user:pass@example.com/path?query",
			"http://user@example.com/path?query, http://user@example.com/path?query" })
	void schemeIsPrependedIfMissing(String text, String expected) {
		assertThat(ProxyUrl.prependSchemeIfNeeded(text, "http")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http:///x:1", "http:/bad:1", "http://:8080", "socks5://", "http://u:p@" })
	@DisplayName("182: a proxy URL without a host is an error")
	void missingHostIsReported(String text) {
		assertThatExceptionOfType(InvalidProxyUrlException.class).isThrownBy(() -> ProxyUrl.parse(text))
			.withMessageStartingWith("Please check proxy URL. It is malformed and could be missing the host.")
			.withMessageNotContaining("u:p");
	}

	@Test
	@DisplayName("182: a proxy URL with an unsupported scheme is an error")
	void unsupportedSchemeIsReported() {
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> ProxyUrl.parse("ftp://u:p@h"))
			.withMessageStartingWith("Proxy URL had unsupported scheme ftp, should use http:// or https://")
			.withMessageNotContaining("u:p");
	}

	@Test
	@DisplayName("182: a malformed proxy URL is an error")
	void malformedUrlIsReportedWithoutCredentials() {
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> ProxyUrl.parse("http://h:99999"))
			.withMessageContaining("Failed to parse: http://h:99999");
		assertThatExceptionOfType(InvalidUrlException.class)
			.isThrownBy(() -> ProxyUrl.parse("http://user:canary@h:99999"))
			.withMessageNotContaining("canary");
	}

	@Test
	@DisplayName("threat 11 (curl CVE-2026-3784): proxies with different credentials are different")
	void urlsWithDifferentCredentialsAreNotEqual() {
		assertThat(ProxyUrl.parse("http://u:p@h")).isEqualTo(ProxyUrl.parse("http://u:p@h"))
			.hasSameHashCodeAs(ProxyUrl.parse("http://u:p@h"))
			.isNotEqualTo(ProxyUrl.parse("http://u:q@h"))
			.isNotEqualTo(ProxyUrl.parse("http://h"));
	}

	@Test
	@DisplayName("threat 40: toString() hides the password")
	void toStringHidesThePassword() {
		assertThat(ProxyUrl.parse("http://user:canary@h:1")).hasToString("http://***@h:1");
		assertThat(Proxies.NONE.with("http", "http://user:canary@h:1")).asString().doesNotContain("canary");
	}

}
