package io.github.requests4j.internal.environment;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvironmentProxiesTests {

	private final Map<String, String> variables = new LinkedHashMap<>();

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final RequestsEnvironment environment = new RequestsEnvironment() {

		@Override
		public Map<String, String> variables() {
			return EnvironmentProxiesTests.this.variables;
		}

		@Override
		public @Nullable String property(String name) {
			return EnvironmentProxiesTests.this.properties.get(name);
		}

	};

	private @Nullable String select(Proxies explicit, String url) {
		Url parsed = ParsedUrl.parse(url);
		ProxyUrl selected = EnvironmentProxies.fill(explicit, parsed, this.environment).select(parsed);
		return (selected != null) ? selected.text() : null;
	}

	private @Nullable String select(String url) {
		return select(Proxies.NONE, url);
	}

	@Test
	@DisplayName("170: the environment is read for each call")
	void environmentIsReadForEachCall() {
		assertThat(select("http://h/")).isNull();
		this.variables.put("http_proxy", "http://a");
		assertThat(select("http://h/")).isEqualTo("http://a");
		this.variables.put("http_proxy", "http://b");
		assertThat(select("http://h/")).isEqualTo("http://b");
		this.variables.clear();
		this.properties.put("http.proxyHost", "c");
		assertThat(select("http://h/")).isEqualTo("http://c:80");
		this.properties.put("http.proxyPort", "3128");
		assertThat(select("http://h/")).isEqualTo("http://c:3128");
	}

	@Test
	@DisplayName("170, 176: nothing is copied if nothing is set")
	void nothingIsCopiedIfNothingIsSet() {
		Proxies explicit = Proxies.NONE.with("http", "http://p");
		this.variables.put("PATH", "/bin");
		this.variables.put("no_proxy", "h");
		assertThat(EnvironmentProxies.fill(explicit, ParsedUrl.parse("http://h/"), this.environment))
			.isSameAs(explicit);
		assertThat(EnvironmentProxies.fill(Proxies.NONE, ParsedUrl.parse("http://h/"), RequestsEnvironment.EMPTY))
			.isSameAs(Proxies.NONE);
		assertThat(EnvironmentVariables.of(RequestsEnvironment.SYSTEM))
			.isSameAs(EnvironmentVariables.of(RequestsEnvironment.SYSTEM));
	}

	@ParameterizedTest
	@CsvSource({ "proxy:3128, http://proxy:3128", "localhost:3128, http://localhost:3128", "h, http://h",
			"//h:1, http://h:1", "u:p@h:1, http://u:p@h:1", "10.0.0.1:8, http://10.0.0.1:8",
			"[::1]:80, http://[::1]:80", "http://h, http://h", "socks5h://h:1, socks5h://h:1" })
	@DisplayName("182: a value of the environment without a scheme means http")
	void missingSchemeDefaultsToHttp(String value, String expected) {
		this.variables.put("http_proxy", value);
		assertThat(select("http://h/")).isEqualTo(expected);
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> select(Proxies.NONE.with("http", "proxy:3128"), "http://h/"));
	}

	@Test
	@DisplayName("171, 182: an invalid value fails only the calls that use it")
	void invalidValueFailsOnlyTheCallsThatUseIt() {
		this.variables.put("https_proxy", "http://");
		this.variables.put("svn_proxy", "\u0000");
		assertThat(select("http://h/")).isNull();
		assertThatExceptionOfType(InvalidProxyUrlException.class).isThrownBy(() -> select("https://h/"));
	}

	@Test
	@DisplayName("172: no_proxy takes precedence over NO_PROXY unless it is empty")
	void lowerCaseNoProxyTakesPrecedence() {
		this.variables.put("all_proxy", "http://p");
		this.variables.put("NO_PROXY", "upper");
		assertThat(select("http://upper/")).isNull();
		this.variables.put("no_proxy", "lower");
		assertThat(select("http://upper/")).isEqualTo("http://p");
		assertThat(select("http://lower/")).isNull();
		this.variables.put("no_proxy", "");
		assertThat(select("http://upper/")).isNull();
	}

	@Test
	@DisplayName("176, 177: explicit proxies take precedence over the environment, per scheme")
	void explicitProxiesTakePrecedencePerScheme() {
		this.variables.put("http_proxy", "http://env");
		this.variables.put("https_proxy", "http://env");
		Proxies explicit = Proxies.NONE.with("http", "http://mine");
		assertThat(select(explicit, "http://h/")).isEqualTo("http://mine");
		assertThat(select(explicit, "https://h/")).isEqualTo("http://env");
		assertThat(select(Proxies.NONE.with("all", "http://mine"), "https://h/")).isEqualTo("http://mine");
	}

	@Test
	@DisplayName("172: a URL without a host needs no proxy")
	void urlWithoutHostNeedsNoProxy() {
		this.variables.put("all_proxy", "http://env");
		assertThat(EnvironmentProxies.fill(Proxies.NONE, ParsedUrl.split("mailto:x"), this.environment))
			.isSameAs(Proxies.NONE);
	}

	@Test
	@DisplayName("171: variables take precedence over the JVM's proxy properties")
	void variablesTakePrecedenceOverJvmProperties() {
		this.properties.put("http.proxyHost", "jvm");
		this.properties.put("https.proxyHost", "jvms");
		this.variables.put("http_proxy", "http://env");
		assertThat(select("http://h/")).isEqualTo("http://env");
		assertThat(select("https://h/")).isEqualTo("http://jvms:443");
		this.variables.put("no_proxy", "h");
		assertThat(select("https://h/")).as("NO_PROXY applies to the whole environment").isNull();
		assertThat(select("https://i/")).isEqualTo("http://jvms:443");
	}

	@Test
	@DisplayName("171: nonProxyHosts applies only to the JVM's proxies, and local hosts are excluded by default")
	void nonProxyHostsExcludeOnlyJvmProxies() {
		this.properties.put("http.proxyHost", "jvm");
		assertThat(select("http://localhost/")).isNull();
		assertThat(select("http://127.0.0.1:8080/")).isNull();
		assertThat(select("http://[::1]/")).isNull();
		this.properties.put("http.nonProxyHosts", "*.corp");
		assertThat(select("http://localhost/")).isEqualTo("http://jvm:80");
		assertThat(select("http://a.corp/")).isNull();
		this.variables.put("http_proxy", "http://env");
		assertThat(select("http://a.corp/")).isEqualTo("http://env");
	}

	@Test
	@DisplayName("171, 185: a SOCKS proxy of the JVM is used if no other proxy is")
	void socksProxyOfTheJvmIsTheLastResort() {
		this.properties.put("socksProxyHost", "s");
		assertThat(select("http://h/")).isEqualTo("socks5://s:1080");
		this.properties.put("socksProxyVersion", "4");
		this.properties.put("socksProxyPort", "9");
		assertThat(select("https://h/")).isEqualTo("socks4://s:9");
		this.properties.put("http.proxyHost", "fe80::1");
		assertThat(select("http://h/")).isEqualTo("http://[fe80::1]:80");
		this.properties.put("http.proxyHost", " ");
		assertThat(select("http://h/")).isEqualTo("socks4://s:9");
	}

	@Test
	@DisplayName("189: REQUESTS_CA_BUNDLE takes precedence over CURL_CA_BUNDLE; empty values are ignored")
	void requestsCaBundleTakesPrecedence() {
		this.variables.put("REQUESTS_CA_BUNDLE", "");
		this.variables.put("CURL_CA_BUNDLE", "/curl");
		assertThat(EnvironmentCertificates.verify(null, null, true, this.environment)).hasToString("/curl");
		this.variables.put("REQUESTS_CA_BUNDLE", "/requests");
		assertThat(EnvironmentCertificates.verify(null, null, true, this.environment)).hasToString("/requests");
		assertThat(EnvironmentCertificates.verify(null, null, false, this.environment)).hasToString("true");
	}

}
