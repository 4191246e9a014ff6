package io.github.requests4j.conformance;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Session;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.NoProxy;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.SocksProxyServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Proxies: where they are named, which one serves a URL, and how they fail.
 */
class ProxyTests extends HttpbinSupport {

	private static final String NO_PROXY = "192.168.0.0/24,127.0.0.1,localhost.localdomain,172.16.1.1";

	private static final String NOBODY = "http://127.0.0.1:1";

	private static Proxies environmentOf(String url, Map<String, String> variables, Map<String, String> given) {
		try (Session session = sessionWith(variables)) {
			SendOptions options = SendOptions.of((o) -> o.proxies(given.isEmpty() ? null : Proxies.of(given)));
			return session.mergeEnvironmentSettings(url, options).proxies();
		}
	}

	@ParameterizedTest(name = "186: a proxy named by the environment that nobody runs fails a call ({0})")
	@ValueSource(strings = { "send own", "send prepared", "redirects", "get", "request" })
	void unreachableProxy(String way) {
		try (Session session = sessionWith(Map.of("http_proxy", NOBODY))) {
			Request request = Request.of("GET", url("/get"));
			assertThatExceptionOfType(ProxyException.class).isThrownBy(() -> {
				switch (way) {
					case "send own" -> session.send(request.prepare());
					case "send prepared" -> session.send(session.prepareRequest(request));
					case "redirects" -> session.send(prepared("GET", url("/redirect/1")));
					case "get" -> session.get(url("/get"));
					default -> session.request("GET", url("/get"));
				}
			});
		}
	}

	@ParameterizedTest(name = "171, 177, 185: {0} serves {1} URLs, also through SOCKS")
	@CsvSource({ "http_proxy, http", "HTTPS_PROXY, https", "https_proxy, https", "HTTP_PROXY, http", "all_proxy, http",
			"all_proxy, https", "ALL_PROXY, http", "ALL_PROXY, https" })
	void proxyOfEnvironment(String variable, String scheme) throws Exception {
		try (SocksProxyServer proxy = SocksProxyServer.refusing(1);
				Session session = sessionWith(Map.of(variable, "socks5h://" + proxy.authority()))) {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.get(scheme + "://example.invalid/"));
			assertThat(proxy.asked()).singleElement().asString().contains("name example.invalid:");
		}
	}

	@ParameterizedTest(name = "177: {0} is the proxy for {1} where none was given")
	@CsvSource({ "http_proxy, http://example.com", "https_proxy, https://example.com", "all_proxy, http://example.com",
			"all_proxy, https://example.com" })
	void rebuiltFromEnvironment(String variable, String url) {
		try (Session session = sessionWith(Map.of(variable, "socks5://proxy.com:9876"))) {
			Proxies proxies = session.rebuildProxies(prepared("GET", url), Proxies.NONE);
			assertThat(proxies.select(ParsedUrl.parse(url)).text()).isEqualTo("socks5://proxy.com:9876");
		}
	}

	@ParameterizedTest(name = "187: a request to {0} gets Proxy-Authorization: {1}")
	@CsvSource({ "http://example.com, true", "https://example.com, false" })
	void rebuiltAuthorization(String url, boolean authorized) {
		PreparedRequest request = prepared("GET", url);
		request.headers().put("Proxy-Authorization", "of an earlier hop");
		Proxies proxies = Proxies
			.of(Map.of("http", "http://test:pass@localhost:8080", "https", "http://test:pass@localhost:8090"));
		assertThat(this.session.rebuildProxies(request, proxies)).isEqualTo(proxies);
		assertThat(request.headers().get("Proxy-Authorization")).isEqualTo(authorized ? "Basic dGVzdDpwYXNz" : null);
	}

	@Test
	@DisplayName("187: a redirected request says once to the proxy who asks")
	void redirectThroughProxy() throws Exception {
		try (HttpProxyServer proxy = HttpProxyServer.start("us", "pw")) {
			this.session.update((b) -> b.proxies(Proxies.of(Map.of("http", proxy.url("us", "pw")))));
			assertThat(this.session.get(url("/redirect/1")).statusCode()).isEqualTo(200);
			assertThat(proxy.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request.headers("Proxy-Authorization"))
					.containsExactly("Basic dXM6cHc="));
			assertThat(this.httpbin.requests())
				.allSatisfy((request) -> assertThat(request.header("Proxy-Authorization")).isNull());
		}
	}

	@ParameterizedTest(name = "182: {0} is no URL of a proxy")
	@ValueSource(strings = { "http:/badproxyurl:3128", "http://:8080", "https://", "http:///example.com:8080" })
	void badProxyUrl(String proxy) {
		for (String url : new String[] { url("/get"), "https://127.0.0.1:1/" }) {
			assertThatExceptionOfType(InvalidProxyUrlException.class)
				.isThrownBy(() -> this.session.get(url, (o) -> o.proxy("http", proxy).proxy("https", proxy)));
		}
	}

	@Test
	@DisplayName("182: a proxy without a scheme is told so, which is a difference")
	void proxyWithoutScheme() {
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> this.session.get(NOBODY, (o) -> o.proxy("http", "non-resolvable-address")));
	}

	@Test
	@DisplayName("186: a proxy whose name does not resolve is a proxy error")
	void unresolvableProxy() {
		assertThatExceptionOfType(ProxyException.class)
			.isThrownBy(() -> this.session.get(NOBODY, (o) -> o.proxy("http", "http://non-resolvable.invalid")));
	}

	@ParameterizedTest(name = "172, 173: no_proxy leaves {0} out, the variable in either case")
	@ValueSource(strings = { "http://192.168.0.1:5000/", "http://192.168.0.1/", "http://172.16.1.1/",
			"http://172.16.1.1:5000/", "http://localhost.localdomain:5000/v1.0/" })
	void bypassed(String url) {
		for (String variable : new String[] { "no_proxy", "NO_PROXY" }) {
			Map<String, String> variables = Map.of("http_proxy", "http://proxy:3128", variable, NO_PROXY);
			assertThat(environmentOf(url, variables, Map.of()).select(ParsedUrl.parse(url))).isNull();
			Map<String, String> nearer = Map.of("no_proxy", "192.168.1.1,requests.com");
			assertThat(environmentOf(url, variables, nearer).select(ParsedUrl.parse(url))).isNotNull();
		}
	}

	@ParameterizedTest(name = "172, 173: no_proxy does not leave {0} out, unless one given with the call does")
	@ValueSource(strings = { "http://192.168.1.1:5000/", "http://192.168.1.1/", "http://www.requests.com/" })
	void notBypassed(String url) {
		for (String variable : new String[] { "no_proxy", "NO_PROXY" }) {
			Map<String, String> variables = Map.of("http_proxy", "http://proxy:3128", variable, NO_PROXY);
			assertThat(environmentOf(url, variables, Map.of()).select(ParsedUrl.parse(url))).isNotNull();
			Map<String, String> nearer = Map.of("no_proxy", "192.168.1.1,requests.com");
			assertThat(environmentOf(url, variables, nearer).select(ParsedUrl.parse(url))).isNull();
		}
	}

	@ParameterizedTest(name = "173: {0} bypasses: {1}")
	@CsvSource({ "http://192.168.0.1:5000/, true", "http://192.168.0.1/, true", "http://172.16.1.1/, true",
			"http://172.16.1.1:5000/, true", "http://localhost.localdomain:5000/v1.0/, true",
			"http://google.com:6000/, true", "http://172.16.1.12/, false", "http://172.16.1.12:5000/, false",
			"http://google.com:5000/v1.0/, false", "http://user:pass@172.16.1.1:5000, true",
			"http://user:pass@localhost.localdomain, true" })
	void bypass(String url, boolean expected) {
		assertThat(NoProxy.of(NO_PROXY + ", google.com:6000").matches(ParsedUrl.parse(url))).isEqualTo(expected);
	}

	@ParameterizedTest(name = "173, 174: names match at their dots only: {0} {1}")
	@CsvSource({ "http://localhost/, true", "http://anotherdomain.com:8888/, true", "http://newdomain.com:1234/, true",
			"http://www.newdomain.com:1234/, true", "http://foo.d.o.t/, true", "http://d.o.t/, true",
			"http://prelocalhost/, false", "http://newdomain.com/, false", "http://newdomain.com:1235/, false" })
	void bypassAtDots(String url, boolean expected) {
		NoProxy hosts = NoProxy.of("localhost, anotherdomain.com, newdomain.com:1234, .d.o.t");
		assertThat(hosts.matches(ParsedUrl.parse(url))).isEqualTo(expected);
	}

	@ParameterizedTest(name = "181: {1} host {2} by {0}: {3}")
	@CsvSource({ "http, http, Some.Host, http://some.host.proxy", "http, http, Other.Host, http://http.proxy",
			"http, http, , http://http.proxy", "http, https, Other.Host, ", "http, file, , ",
			"all, http, Some.Host, socks5://some.host.proxy", "all, http, Other.Host, socks5://http.proxy",
			"all, http, , socks5://http.proxy", "all, https, Other.Host, socks5://http.proxy",
			"mixed, http, other.host, http://http.proxy", "mixed, http, some.host, http://some.host.proxy",
			"mixed, https, other.host, socks5://http.proxy", "mixed, https, some.host, socks5://http.proxy",
			"mixed, https, , socks5://http.proxy", "all, file, , socks5://http.proxy" })
	void selection(String kind, String scheme, String host, String expected) {
		Map<String, String> proxies = new LinkedHashMap<>();
		if (!kind.equals("all")) {
			proxies.put("http", "http://http.proxy");
			proxies.put("http://some.host", "http://some.host.proxy");
		}
		if (!kind.equals("http")) {
			proxies.put("all", "socks5://http.proxy");
		}
		if (kind.equals("all")) {
			proxies.put("all://some.host", "socks5://some.host.proxy");
		}
		assertThat(Proxies.of(proxies).select(scheme.toUpperCase(Locale.ROOT), host)).isEqualTo(expected);
	}

	@ParameterizedTest(name = "182: {0} means {1}")
	@CsvSource({ "example.com/path, http://example.com/path", "//example.com/path, http://example.com/path",
			"example.com:80, http://example.com:80",
			"http://user:pass@example.com/path?query, http://user:pass@example.com/path?query",
			"http://user@example.com/path?query, http://user@example.com/path?query" })
	void assumedScheme(String text, String expected) {
		assertThat(ProxyUrl.prependSchemeIfNeeded(text, "http")).isEqualTo(expected);
	}

	@ParameterizedTest(name = "182: {0} has the credentials {1}")
	@CsvSource({ "http://user:pass@httpbin.org, Basic dXNlcjpwYXNz", "http://user:@httpbin.org, Basic dXNlcjo=" })
	void credentials(String url, String expected) {
		assertThat(ProxyUrl.parse(url).authorization()).isEqualTo(expected);
	}

	@Test
	@DisplayName("180: without trust the environment names no proxy")
	void untrusted() {
		try (Session session = sessionWith(Map.of("http_proxy", NOBODY))) {
			session.update((b) -> b.trustEnv(false));
			assertThat(session.get(url("/get")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	@DisplayName("184: a tunnel is asked for with the proxy's headers and nothing else")
	void connect() throws Exception {
		try (HttpProxyServer proxy = HttpProxyServer.answering("HTTP/1.1 407 who\r\nContent-Length: 0\r\n\r\n")) {
			assertThatExceptionOfType(ProxyException.class)
				.isThrownBy(() -> this.session.get("https://example.invalid/a",
						(o) -> o.header("X-Secret", "1").proxy("https", proxy.url("us", "pw"))));
			assertThat(proxy.requests().get(0).requestLine()).isEqualTo("CONNECT example.invalid:443 HTTP/1.1");
			assertThat(proxy.requests().get(0).headerNames()).containsExactly("Host", "Proxy-Authorization");
		}
	}

}
