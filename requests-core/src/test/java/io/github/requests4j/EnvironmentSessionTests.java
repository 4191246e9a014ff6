package io.github.requests4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.MissingSchemaException;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyException;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What sessions take from the environment, over real servers.
 */
class EnvironmentSessionTests {

	private final Map<String, String> variables = new HashMap<>();

	@TempDir
	Path folder;

	private Session.Builder builder() {
		return Session.builder().environment(new MapEnvironment(this.variables));
	}

	private void netrc(String text) throws IOException {
		Path file = this.folder.resolve("netrc");
		Files.writeString(file, text);
		this.variables.put("NETRC", file.toString());
	}

	private static String basic(String username, String password) {
		return new BasicCredentials(username, password).headerValue();
	}

	@Test
	@DisplayName("125: the auth is taken from the request, the session, netrc and the URL, in this order")
	void authComesFromCallSessionNetrcAndUrlInThisOrder() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().build()) {
			String url = server.url("/").replace("http://", "http://url:u@");
			session.get(url);
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("url", "u"));
			netrc("machine 127.0.0.1 login netrc password n");
			session.get(url);
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("netrc", "n"));
			session.update((b) -> b.auth(new io.github.requests4j.auth.HttpBasicAuth("session", "s")));
			session.get(url);
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("session", "s"));
			session.get(url, (options) -> options.auth("request", "r"));
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("request", "r"));
			session.update((b) -> b.auth(null));
			session.update((b) -> b.trustEnv(false));
			session.get(server.url("/"));
			assertThat(server.lastRequest().header("Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("126: an explicit Authorization header takes precedence over netrc")
	void authorizationHeaderTakesPrecedenceOverNetrc() throws IOException {
		netrc("default login netrc password n");
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().build()) {
			session.get(server.url("/"), (options) -> options.header("Authorization", "Bearer t"));
			assertThat(server.lastRequest().headers("Authorization")).containsExactly("Bearer t");
		}
	}

	@Test
	@DisplayName("158: an explicit auth is kept on a redirect within the host, whatever netrc contains")
	void explicitAuthIsKeptOnARedirectWithinTheHost() throws IOException {
		netrc("machine 127.0.0.1 login netrc password n");
		try (TestHttpServer server = TestHttpServer
			.start((request) -> request.path().equals("/from") ? Reply.redirect(302, "/to") : Reply.ok(""));
				Session session = builder().build()) {
			session.get(server.url("/from"), (options) -> options.auth("u", "p"));
			assertThat(server.requests()).hasSize(2)
				.allMatch((request) -> basic("u", "p").equals(request.header("Authorization")));
		}
	}

	@Test
	@DisplayName("158: a redirect to another host uses the netrc entry of that host")
	void redirectUsesTheNetrcEntryOfTheNewHost() throws IOException {
		netrc("machine localhost login there password t\nmachine 127.0.0.1 login here password h");
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer from = TestHttpServer
					.start((request) -> Reply.redirect(302, server.url("localhost", "/")));
				Session session = builder().build()) {
			session.get(from.url("/"));
			assertThat(from.lastRequest().header("Authorization")).isEqualTo(basic("here", "h"));
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("there", "t"));
		}
	}

	@Test
	@DisplayName("threats 2 and 7 (CVE-2024-47081): the default entry is used only for hosts that the caller chose")
	void defaultNetrcEntryIsNotUsedAfterARedirect() throws IOException {
		netrc("default login canary password canary");
		try (TestHttpServer other = TestHttpServer
			.start((request) -> request.path().equals("/1") ? Reply.redirect(302, "/2") : Reply.ok(""));
				TestHttpServer server = TestHttpServer
					.start((request) -> Reply.redirect(302, other.url("localhost", "/1")));
				Session session = builder().build()) {
			session.get(server.url("/"));
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("canary", "canary"));
			assertThat(other.requests()).hasSize(2).allMatch((request) -> request.header("Authorization") == null);
		}
	}

	@Test
	@DisplayName("threat 7 (CVE-2024-47081): user information in the URL does not choose the entry")
	void userInfoOfTheUrlDoesNotChooseTheNetrcEntry() throws IOException {
		netrc("machine good login canary password canary");
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().build()) {
			session.get(server.url("/").replace("http://", "http://good:@"));
			assertThat(server.lastRequest().header("Authorization")).isEqualTo(basic("good", ""));
			session.get(server.url("/").replace("http://", "http://good@"));
			assertThat(server.lastRequest().header("Authorization")).isNull();
		}
	}

	@Test
	@DisplayName("170, 171, 177: proxies of the environment are read for each call")
	void proxiesOfTheEnvironmentAreReadForEachCall() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = builder().build()) {
			session.get(server.url("/direct"));
			assertThat(proxy.requests()).isEmpty();
			this.variables.put("http_proxy", proxy.url().replace("http://", ""));
			session.get(server.url("/variable"));
			session.send(session.prepare("GET", server.url("/prepared"), (options) -> {
			}));
			assertThat(proxy.requests()).hasSize(2);
			this.variables.put("no_proxy", "127.0.0.1");
			session.get(server.url("/bypassed"));
			assertThat(proxy.requests()).hasSize(2);
		}
	}

	@ParameterizedTest(name = "186: a proxy of the environment that does not respond fails the call ({0})")
	@ValueSource(strings = { "bare", "prepared", "redirect", "get", "request" })
	void unreachableProxyFailsEveryKindOfCall(String call) throws IOException {
		this.variables.put("http_proxy", "http://127.0.0.1:1");
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().build()) {
			Request request = Request.of("GET", server.url("/"));
			assertThatExceptionOfType(ProxyException.class).isThrownBy(() -> {
				switch (call) {
					case "bare" -> session.send(request.prepare());
					case "prepared" -> session.send(session.prepareRequest(request));
					case "get" -> session.get(server.url("/"));
					case "request" -> session.request("GET", server.url("/"));
					default -> {
						Response redirect = Response.builder(302)
							.request(request.prepare())
							.headers(new CaseInsensitiveHeaders(Map.of("Location", "/to")))
							.build();
						session.resolveRedirects(redirect, redirect.request(), SendOptions.DEFAULTS).next();
					}
				}
			});
			assertThat(server.connectionCount()).isZero();
		}
	}

	@ParameterizedTest(name = "177: {0} names the proxy of {1} when a redirect selects it again")
	@CsvSource({ "http_proxy, http://example.com", "https_proxy, https://example.com", "all_proxy, http://example.com",
			"all_proxy, https://example.com" })
	void proxiesAreRebuiltFromTheEnvironment(String variable, String url) {
		this.variables.put(variable, "socks5://proxy.com:9876");
		try (Session session = builder().build()) {
			Proxies proxies = session.rebuildProxies(Request.of("GET", url).prepare(), Proxies.NONE);
			assertThat(proxies.select(ParsedUrl.parse(url)).text()).isEqualTo("socks5://proxy.com:9876");
		}
	}

	@Test
	@DisplayName("172-174, 178: no_proxy may contain a port and applies to explicit proxies")
	void noProxyMayContainAPort() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = builder().proxy("http", proxy.url())
					.proxy("no_proxy", "localhost:" + server.port())
					.build()) {
			session.get(server.url("localhost", "/"));
			assertThat(proxy.requests()).isEmpty();
			session.get(server.url("/"));
			assertThat(proxy.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("172, 179: NO_PROXY is checked again after a redirect")
	void noProxyIsCheckedAgainAfterARedirect() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				TestHttpServer from = TestHttpServer
					.start((request) -> Reply.redirect(302, server.url("localhost", "/to")));
				HttpProxyServer proxy = HttpProxyServer.start();
				Session session = builder().build()) {
			this.variables.put("http_proxy", proxy.url());
			this.variables.put("no_proxy", "localhost");
			session.get(from.url("/"));
			assertThat(proxy.requests()).hasSize(1);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	@DisplayName("176, 178: explicit proxies take precedence over the environment, and null removes one")
	void explicitProxiesTakePrecedence() {
		this.variables.put("http_proxy", "http://env");
		this.variables.put("https_proxy", "http://env");
		try (Session session = builder().proxy("http", "http://session").build()) {
			assertThat(select(session, "http", SendOptions.DEFAULTS)).isEqualTo("http://session");
			assertThat(select(session, "https", SendOptions.DEFAULTS)).isEqualTo("http://env");
			SendOptions mine = SendOptions.of((o) -> o.proxies(Proxies.NONE.with("http", "http://mine")));
			assertThat(select(session, "http", mine)).isEqualTo("http://mine");
			SendOptions none = SendOptions.of((o) -> o.proxies(Proxies.NONE.with("http", null)));
			assertThat(select(session, "http", none)).isNull();
			session.update((b) -> b.trustEnv(false));
			assertThat(select(session, "https", SendOptions.DEFAULTS)).isNull();
		}
	}

	private static String select(Session session, String scheme, SendOptions options) {
		SendOptions merged = session.mergeEnvironmentSettings(scheme + "://h/", options);
		return merged.proxies().select(scheme, "h");
	}

	@Test
	@DisplayName("180: proxies, CA bundles and netrc are ignored if the environment is not trusted")
	void untrustedEnvironmentIsIgnored() throws IOException {
		netrc("default login canary password canary");
		this.variables.put("http_proxy", "http://127.0.0.1:1");
		this.variables.put("REQUESTS_CA_BUNDLE", "/nowhere");
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().trustEnv(false).build()) {
			assertThat(session.get(server.url("/")).statusCode()).isEqualTo(200);
			assertThat(server.lastRequest().header("Authorization")).isNull();
			assertThat(session.mergeEnvironmentSettings(server.url("/"), SendOptions.DEFAULTS).verify())
				.isEqualTo(Verify.enabled());
		}
	}

	@Test
	@DisplayName("182: an explicit proxy URL without a scheme is a MissingSchemaException before connecting")
	void proxyUrlWithoutSchemeFailsBeforeConnecting() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo(); Session session = builder().build()) {
			assertThatExceptionOfType(MissingSchemaException.class)
				.isThrownBy(() -> session.get(server.url("/"), (options) -> options.proxy("http", "127.0.0.1:1")));
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("182: building a session with an unusable proxy fails")
	void badProxyFailsWhenTheSessionIsBuilt() {
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> builder().proxy("https", "proxy:3128"));
		assertThatExceptionOfType(InvalidUrlException.class).isThrownBy(() -> builder().proxy("https", "http://"));
		assertThatExceptionOfType(MissingSchemaException.class)
			.isThrownBy(() -> builder().build().update((b) -> b.proxies(Proxies.NONE.with("all", "proxy"))));
	}

	@Test
	@DisplayName("189, 190: REQUESTS_CA_BUNDLE replaces only the default authorities")
	void bundleReplacesTheDefaultAuthorities() {
		this.variables.put("REQUESTS_CA_BUNDLE", "/env");
		SendOptions checking = SendOptions.of((o) -> o.verify(Verify.enabled()));
		SendOptions notChecking = SendOptions.of((o) -> o.verify(Verify.disabled()));
		try (Session unset = builder().build(); Session off = builder().verify(false).build()) {
			for (Session session : List.of(unset, off)) {
				assertThat(session.mergeEnvironmentSettings("https://h/", checking).verify()).hasToString("/env");
				assertThat(session.mergeEnvironmentSettings("https://h/", notChecking).verify())
					.isEqualTo(Verify.disabled());
			}
			assertThat(unset.mergeEnvironmentSettings("https://h/", SendOptions.DEFAULTS).verify()).hasToString("/env");
			assertThat(off.mergeEnvironmentSettings("https://h/", SendOptions.DEFAULTS).verify())
				.isEqualTo(Verify.disabled());
			this.variables.clear();
			assertThat(off.mergeEnvironmentSettings("https://h/", checking).verify()).isEqualTo(Verify.enabled());
		}
	}

}
