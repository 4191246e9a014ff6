package io.github.requests4j.http;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.internal.url.ParsedUrl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProxiesTests {

	private static @Nullable String select(Proxies proxies, String url) {
		ProxyUrl selected = proxies.select(ParsedUrl.parse(url));
		return (selected != null) ? selected.text() : null;
	}

	@Test
	@DisplayName("181: keys are searched in the order scheme and host, scheme, host, all")
	void mostSpecificKeyWins() {
		Proxies proxies = Proxies
			.of(Map.of("http://h", "http://1", "http", "http://2", "all://h", "http://3", "all", "http://4"));
		assertThat(select(proxies, "http://h:8/x")).isEqualTo("http://1");
		assertThat(select(proxies, "HTTP://H/x")).isEqualTo("http://1");
		assertThat(select(proxies, "http://i/")).isEqualTo("http://2");
		assertThat(select(proxies, "https://h/")).isEqualTo("http://3");
		assertThat(select(proxies, "https://i/")).isEqualTo("http://4");
	}

	@Test
	@DisplayName("181: a key without a value means no proxy")
	void keyWithoutValueMeansNoProxy() {
		assertThat(select(Proxies.NONE.with("all", "http://4").with("http", null), "http://h/")).isNull();
		assertThat(select(Proxies.NONE.with("all", "http://4").with("http", ""), "http://h/")).isNull();
		assertThat(select(Proxies.NONE.with("all", "http://4").with("http://h", null), "http://h/")).isNull();
		assertThat(select(Proxies.NONE, "http://h/")).isNull();
	}

	@Test
	@DisplayName("178: the request's proxies take precedence over the session's, even if empty")
	void requestTakesPrecedenceOverSession() {
		Proxies session = Proxies.of(Map.of("http", "http://s", "https", "http://t"));
		Proxies merged = Proxies.NONE.with("http", null).orElse(session);
		assertThat(select(merged, "http://h/")).isNull();
		assertThat(select(merged, "https://h/")).isEqualTo("http://t");
		assertThat(Proxies.NONE.orElse(session)).isSameAs(session);
		assertThat(session.orElse(Proxies.NONE)).isSameAs(session);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "http://h/, -", "http://a.h/, -", "http://i/, http://p", "http://10.1.2.3/, -", "http://i:81/, -",
					"http://[::1]:7/, -" })
	@DisplayName("178, 179: no_proxy applies to explicit proxies")
	void noProxyAppliesToExplicitProxies(String url, @Nullable String expected) {
		Proxies proxies = Proxies.of(Map.of("all", "http://p", "no_proxy", "h, 10.0.0.0/8,i:81,::1"));
		assertThat(select(proxies, url)).isEqualTo(expected);
	}

	@Test
	@DisplayName("176: proxies of the environment are used only for URLs that no explicit key matches")
	void environmentProxiesAreUsedOnlyForMissingKeys() {
		Proxies environment = Proxies.of(Map.of("http", "http://env", "https", "http://env"));
		Proxies explicit = Proxies.NONE.with("all", "http://mine");
		assertThat(select(explicit.orElseEnvironment(environment), "http://h/")).isEqualTo("http://mine");
		explicit = Proxies.NONE.with("http", "http://mine");
		assertThat(select(explicit.orElseEnvironment(environment), "http://h/")).isEqualTo("http://mine");
		assertThat(select(explicit.orElseEnvironment(environment), "https://h/")).isEqualTo("http://env");
		assertThat(select(Proxies.NONE.with("http", null).orElseEnvironment(environment), "http://h/")).isNull();
	}

	@Test
	@DisplayName("172, 179: NO_PROXY excludes only the environment's proxies, and an explicit no_proxy replaces it")
	void noProxyOfTheEnvironmentExcludesOnlyItsProxies() {
		Proxies environment = Proxies.of(Map.of("http", "http://env", "no_proxy", "h"));
		assertThat(select(Proxies.NONE.orElseEnvironment(environment), "http://h/")).isNull();
		assertThat(select(Proxies.NONE.with("http", "http://mine").orElseEnvironment(environment), "http://h/"))
			.isEqualTo("http://mine");
		Proxies explicit = Proxies.NONE.with("no_proxy", "i").orElseEnvironment(environment);
		assertThat(select(explicit, "http://h/")).isEqualTo("http://env");
		assertThat(select(explicit, "http://i/")).isNull();
		assertThat(select(Proxies.NONE.with("no_proxy", "").orElseEnvironment(environment), "http://h/"))
			.isEqualTo("http://env");
	}

	@Test
	@DisplayName("176: the caller's map is copied and never changed")
	void mapOfTheCallerIsCopied() {
		Map<String, String> mine = new LinkedHashMap<>(Map.of("http", "http://a"));
		Proxies proxies = Proxies.of(mine);
		mine.put("http", "http://b");
		assertThat(select(proxies, "http://h/")).isEqualTo("http://a");
		assertThat(proxies.orElseEnvironment(Proxies.NONE.with("https", "http://e")).asMap())
			.containsExactlyInAnyOrderEntriesOf(Map.of("http", "http://a", "https", "http://e"));
		assertThat(mine).containsOnlyKeys("http");
	}

	@Test
	@DisplayName("182: check() reports a bad URL before it is needed")
	void checkReportsABadUrl() {
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> Proxies.of(Map.of("https", "proxy:3128")).check());
		assertThatExceptionOfType(InvalidProxyUrlException.class)
			.isThrownBy(() -> Proxies.of(Map.of("https", "http://")).check());
		Proxies good = Proxies.of(Map.of("https", "http://p", "no_proxy", "x", "http", "")).with("all", null);
		assertThat(good.check()).isSameAs(good);
	}

	@Test
	@DisplayName("181: a URL is parsed once")
	void urlIsParsedOnce() {
		Proxies proxies = Proxies.of(Map.of("http", "http://p"));
		assertThat(proxies.select(ParsedUrl.parse("http://a/"))).isSameAs(proxies.select(ParsedUrl.parse("http://b/")));
		Proxies behind = Proxies.NONE.with("https", "http://q").orElseEnvironment(proxies);
		assertThat(behind.select(ParsedUrl.parse("http://a/"))).isSameAs(proxies.select(ParsedUrl.parse("http://a/")));
	}

	@Test
	@DisplayName("173: the JVM's list of hosts may contain asterisks")
	void nonProxyHostsMayContainAsterisks() {
		Proxies proxies = Proxies.of(Map.of("http", "http://p"))
			.excluding(NoProxy.ofNonProxyHosts("localhost|127.*|*.corp|[::1]||*mid*"));
		for (String url : new String[] { "http://localhost/", "http://LOCALHOST:8/", "http://127.8.8.8/",
				"http://a.corp/", "http://[::1]/", "http://amidst/" }) {
			assertThat(select(proxies, url)).as(url).isNull();
		}
		for (String url : new String[] { "http://corp/", "http://12.7.0.0/", "http://localhosts/" }) {
			assertThat(select(proxies, url)).as(url).isEqualTo("http://p");
		}
	}

}
