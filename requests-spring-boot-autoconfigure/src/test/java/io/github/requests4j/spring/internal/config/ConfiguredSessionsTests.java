package io.github.requests4j.spring.internal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfiguredSessionsTests {

	@Test
	void everyKeyBinds() {
		SessionProperties session = read("""
				requests:
				  sessions:
				    github:
				      base-url: https://api.github.com
				      trusted-origins: [https://a.example, https://b.example]
				      primary: true
				      deadline: 30s
				      connect-timeout: 1s
				      read-timeout: 1500ms
				      headers: {Accept: application/json, X-Team: "search"}
				      params: {per_page: 50, q: "a,b", tag: [x, "y,z"]}
				      auth: {type: bearer, token: secret}
				      proxies: {https: "http://proxy:3128", "[http://host]": "http://other:1", all: "socks5://s:1"}
				      no-proxy: [localhost, 10.0.0.0/8]
				      verify: false
				      cert: {certificate: c.pem, private-key: k.pem, password: p}
				      ssl: {bundle: github}
				      max-redirects: 5
				      allow-redirects: true
				      redirect: {strip-headers: [X-Api-Key], strict: true}
				      stream: true
				      trust-env: true
				      cookies: call
				      adapter:
				        pool-connections: 7
				        pool-maxsize: 50
				        pool-block: true
				        pool-timeout: 2s
				        pool-idle-timeout: 30s
				        pool-time-to-live: 5m
				        max-retries:
				          total: 3
				          status-forcelist: [429, 502, 503]
				          allowed-methods: [GET, POST]
				          backoff-factor: 200ms
				          respect-retry-after-header: false
				      adapters:
				        "[https://files.example.com/]": {pool-maxsize: 2, max-retries: 9}
				      limits: {max-header-bytes: 32KB, max-body: 10MB, max-decoded: -1, max-decode-ratio: 100,
				        max-line: 2MB, max-event: 3MB}
				      egress: {deny-private: true, allow: [10.1.2.3], deny: [evil.example]}
				      resilience: {circuit-breaker: a, rate-limiter: b, bulkhead: c, retry: d}
				      logging: {level: headers, format: fields, masked-headers: [X-Secret], shown-headers: [X-Team]}
				""").get("github");
		assertThat(session.baseUrl()).isEqualTo("https://api.github.com");
		assertThat(session.trustedOrigins()).containsExactly("https://a.example", "https://b.example");
		assertThat(session.primary()).isTrue();
		assertThat(session.deadline()).isEqualTo(CallDeadline.of("30s"));
		assertThat(session.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(session.readTimeout()).isEqualTo(Duration.ofMillis(1500));
		assertThat(session.headers()).isEqualTo(Map.of("Accept", "application/json", "X-Team", "search"));
		assertThat(session.params()).isEqualTo(Map.of("per_page", 50, "q", "a,b", "tag", Map.of("0", "x", "1", "y,z")));
		assertThat(session.auth()).isEqualTo(new SessionProperties.Auth(SessionProperties.Auth.Scheme.BEARER, null,
				null, "secret", null, null, SessionProperties.Store.MEMORY, null));
		assertThat(session.proxies()).containsOnlyKeys("https", "http://host", "all");
		assertThat(session.noProxy()).containsExactly("localhost", "10.0.0.0/8");
		assertThat(session.verify()).isEqualTo("false");
		assertThat(session.cert()).isEqualTo(new SessionProperties.Cert("c.pem", "k.pem", "p"));
		assertThat(session.ssl()).isEqualTo(new SessionProperties.Ssl("github"));
		assertThat(session.maxRedirects()).isEqualTo(5);
		assertThat(session.allowRedirects()).isTrue();
		assertThat(session.redirect()).isEqualTo(new SessionProperties.Redirect(List.of("X-Api-Key"), true));
		assertThat(session.stream()).isTrue();
		assertThat(session.trustEnv()).isTrue();
		assertThat(session.cookies().scope()).isEqualTo(SessionProperties.Cookies.Scope.CALL);
		AdapterProperties adapter = session.adapter();
		assertThat(adapter.poolConnections()).isEqualTo(7);
		assertThat(adapter.poolMaxsize()).isEqualTo(50);
		assertThat(adapter.poolBlock()).isTrue();
		assertThat(adapter.poolTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(adapter.poolIdleTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(adapter.poolTimeToLive()).isEqualTo(Duration.ofMinutes(5));
		assertThat(adapter.maxRetries())
			.extracting(AdapterProperties.Retry::total, AdapterProperties.Retry::statusForcelist,
					AdapterProperties.Retry::allowedMethods, AdapterProperties.Retry::backoffFactor,
					AdapterProperties.Retry::respectRetryAfterHeader)
			.containsExactly(3, List.of(429, 502, 503), List.of("GET", "POST"), Duration.ofMillis(200), false);
		assertThat(session.limits())
			.isEqualTo(new SessionProperties.Limits(DataSize.ofKilobytes(32), DataSize.ofMegabytes(10),
					DataSize.ofBytes(-1), 100L, DataSize.ofMegabytes(2), DataSize.ofMegabytes(3)));
		assertThat(session.egress())
			.isEqualTo(new SessionProperties.Egress(true, List.of("10.1.2.3"), List.of("evil.example")));
		assertThat(session.resilience()).isEqualTo(new SessionProperties.Resilience("a", "b", "c", "d"));
		assertThat(session.logging()).isEqualTo(new SessionProperties.Logging(SessionProperties.Logging.Level.HEADERS,
				SessionProperties.Logging.Format.FIELDS, List.of("X-Secret"), List.of("X-Team")));
		assertThat(session.adapters()).containsOnlyKeys("https://files.example.com/");
		AdapterProperties files = session.adapters().get("https://files.example.com/");
		assertThat(files.poolMaxsize()).isEqualTo(2);
		assertThat(files.poolConnections()).as("inherited from the adapter").isEqualTo(7);
		assertThat(files.maxRetries().total()).isEqualTo(9);
		assertThat(files.maxRetries().backoffFactor()).as("inherited from the adapter")
			.isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void springDefaultsApplyWithoutConfiguration() {
		SessionProperties session = read("").get("default");
		assertThat(session.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(session.readTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(session.deadline()).isNull();
		assertThat(session.trustEnv()).isFalse();
		assertThat(session.cookies().scope()).isEqualTo(SessionProperties.Cookies.Scope.SESSION);
		assertThat(session.verify()).isNull();
		assertThat(session.maxRedirects()).isEqualTo(30);
		assertThat(session.headers()).isEmpty();
		assertThat(session.adapter()).isEqualTo(AdapterProperties.NONE);
		assertThat(session.allowRedirects()).isNull();
	}

	@Test
	void emptyGroupsAreIgnored() {
		ConfiguredSessions sessions = read("""
				requests:
				  defaults: {}
				  sessions:
				    plain: {}
				    bare: {adapter: {}, adapters: {}, headers: {}, egress: {}, trusted-origins: [], limits: {}}
				  clients: {}
				""");
		assertThat(sessions.names()).containsExactly("plain", "bare");
		assertThat(sessions.get("plain")).isEqualTo(sessions.get("bare")).isEqualTo(sessions.get("default"));
	}

	@Test
	void mapsAreMergedListsReplacedAndEmptyValuesRemoved() {
		SessionProperties session = read("""
				requests:
				  defaults:
				    deadline: 3s
				    headers: {Accept: text/plain, X-One: one, X-Two: two}
				    no-proxy: [a, b]
				    egress: {allow: [x, y], deny-private: true}
				    adapter:
				      pool-maxsize: 4
				      pool-timeout: 1s
				      max-retries: {total: 3, status-forcelist: [500], backoff-factor: 1s}
				  sessions:
				    s:
				      deadline: ""
				      headers: {X-Two: "", X-Three: three}
				      no-proxy: [c]
				      egress: {allow: []}
				      adapter: {pool-maxsize: 8, max-retries: 5}
				""").get("s");
		assertThat(session.deadline()).isNull();
		assertThat(session.headers())
			.isEqualTo(Map.of("Accept", "text/plain", "X-One", "one", "X-Two", "", "X-Three", "three"));
		assertThat(session.noProxy()).containsExactly("c");
		assertThat(session.egress()).isEqualTo(new SessionProperties.Egress(true, List.of(), List.of()));
		assertThat(session.adapter().poolMaxsize()).isEqualTo(8);
		assertThat(session.adapter().poolTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(session.adapter().maxRetries().total()).isEqualTo(5);
		assertThat(session.adapter().maxRetries().statusForcelist()).containsExactly(500);
	}

	@Test
	void structuredRetriesReplaceAnInheritedNumber() {
		ConfiguredSessions sessions = read("""
				requests:
				  defaults: {adapter: {max-retries: 9}}
				  sessions:
				    s: {adapter: {max-retries: {total: 2, backoff-factor: 1s}}}
				    t: {adapter: {max-retries: {connect: 1}}}
				""");
		assertThat(sessions.get("s").adapter().maxRetries().total()).isEqualTo(2);
		assertThat(sessions.get("t").adapter().maxRetries().total()).isEqualTo(9);
		assertThat(sessions.get("t").adapter().maxRetries().connect()).isEqualTo(1);
	}

	@Test
	void bundleAndFilesReplaceEachOther() {
		ConfiguredSessions sessions = read("""
				requests:
				  defaults: {verify: ca.pem, cert: {certificate: c.pem, private-key: k.pem}}
				  sessions:
				    bundle: {ssl: {bundle: b}}
				    cert: {cert: other.pem}
				    inherits: {stream: true}
				""");
		assertThat(sessions.get("bundle").verify()).isNull();
		assertThat(sessions.get("bundle").cert()).isNull();
		assertThat(sessions.get("cert").cert()).isEqualTo(new SessionProperties.Cert("other.pem", null, null));
		assertThat(sessions.get("cert").verify()).isEqualTo("ca.pem");
		assertThat(sessions.get("inherits").cert()).isEqualTo(new SessionProperties.Cert("c.pem", "k.pem", null));
		ConfiguredSessions reversed = read("""
				requests:
				  defaults: {ssl: {bundle: b}}
				  sessions: {files: {verify: ca.pem}, inherits: {stream: true}}
				""");
		assertThat(reversed.get("files").ssl()).isNull();
		assertThat(reversed.get("inherits").ssl()).isEqualTo(new SessionProperties.Ssl("b"));
	}

	@Test
	void relaxedNamesAreBound() {
		ConfiguredSessions sessions = read("""
				requests:
				  sessions:
				    my-api: {max_redirects: 3, baseUrl: "http://a"}
				    "[my.dotted/Name]": {base_url: "http://b"}
				    Camel: {base-url: "http://c"}
				""");
		assertThat(sessions.names()).containsExactly("my-api", "my.dotted/Name", "Camel");
		assertThat(sessions.get("my-api").maxRedirects()).isEqualTo(3);
		assertThat(sessions.get("my-api").baseUrl()).isEqualTo("http://a");
		assertThat(sessions.get("my.dotted/Name").baseUrl()).isEqualTo("http://b");
		assertThat(sessions.get("Camel").baseUrl()).isEqualTo("http://c");
	}

	@Test
	void environmentVariablesAreBound() {
		ConfiguredSessions sessions = read("""
				requests:
				  sessions: {my-api: {read-timeout: 1s}}
				""", Map.of("REQUESTS_SESSIONS_MYAPI_READTIMEOUT", "7s", "REQUESTS_DEFAULTS_CONNECTTIMEOUT", "3s",
				"REQUESTS_SESSIONS_OTHER_ADAPTER_MAXRETRIES", "4", "REQUESTS_CA_BUNDLE", "/x"));
		assertThat(sessions.get("my-api").readTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(sessions.get("my-api").connectTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(sessions.names()).containsExactlyInAnyOrder("my-api", "other");
		assertThat(sessions.get("other").adapter().maxRetries().total()).isEqualTo(4);
	}

	@Test
	void originsOfSessionAndDefaultsAreKnown() {
		ConfiguredSessions sessions = read("""
				requests:
				  defaults: {read-timeout: 3s, adapter: {max-retries: 2}}
				  sessions:
				    github:
				      stream: true
				""");
		assertThat(sessions.find("github", "stream").getName()).hasToString("requests.sessions.github.stream");
		assertThat(sessions.find("github", "stream").getOrigin()).asString().contains("5:15");
		assertThat(sessions.find("github", "read-timeout").getName()).hasToString("requests.defaults.read-timeout");
		assertThat(sessions.find("github", "adapter.max-retries").getName())
			.hasToString("requests.defaults.adapter.max-retries");
		assertThat(sessions.find("github", "deadline")).isNull();
	}

	@Test
	void originsOfNamesWithCapitalsAndUnderscoresAreKnown() {
		ConfiguredSessions sessions = read("""
				requests:
				  defaults:
				    headers: {X-Team: search}
				  sessions:
				    myApi:
				      headers: {X_Id: a}
				      params: {per_page: 50, Tag: [x, y]}
				""");
		assertThat(sessions.find("myApi", "headers[X-Team]").getOrigin()).asString().contains("3:23");
		assertThat(sessions.find("myApi", "headers[X_Id]").getOrigin()).asString().contains("6:23");
		assertThat(sessions.find("myApi", "params[per_page]").getOrigin()).asString().contains("7:26");
		assertThat(sessions.find("myApi", "params[Tag]").getOrigin()).asString().contains("7:36");
		assertThat(sessions.find("myApi", "params[Tag][1]").getOrigin()).asString().contains("7:39");
		assertThat(sessions.find("myApi", "headers[X-Other]")).isNull();
		assertThat(sessions.find("myApi", "headers[X_Id]").getName())
			.hasToString("requests.sessions.myapi.headers[X_Id]");
		assertThat(sessions.find("myApi", "headers[X-Team]").getName())
			.hasToString("requests.defaults.headers[X-Team]");
		assertThat(sessions.find("myApi", "params[Tag][1]").getName())
			.hasToString("requests.sessions.myapi.params[Tag][1]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					conect-timeout: 5s | conect-timeout | is unknown | 'requests.sessions.github.connect-timeout'
					read-timeout: 5 | read-timeout | requires a unit | '5s'
					read-timeout: "5000" | read-timeout | requires a unit | '5000ms'
					read-timeout: 0s | read-timeout | longer than zero | longer
					deadline: abc | deadline | 'abc' is not a duration | '10s'
					cookies: some | cookies | 'some' is not one of | session, call, none
					max-redirects: many | max-redirects | whole number | Correct
					stream: perhaps | stream | true or false | Correct
					adapter: {pool-max-sizes: 4} | adapter.pool-max-sizes | is unknown | requests.sessions.github.adapter.pool-maxsize
					stream: {x: true} | stream.x | is unknown | Remove
					adapter: {pool-timeout: 4} | adapter.pool-timeout | requires a unit | '4s'
					adapter: {max-retries: x} | adapter.max-retries | whole number | Correct
					limits: {max-body: lots} | limits.max-body | a size | 64KB
					headers: {X-A: "${NO_SUCH}"} | headers | '${NO_SUCH}' has no value | Set 'NO_SUCH'
					auth: {tokn: s3cr3t} | auth.tokn | is unknown | 'requests.sessions.github.auth.token'
					auth: {type: other} | auth.type | is not one of | bearer
					auth: s3cr3t | auth | a group of keys | type, username, password, token, registration-id, session, store, bean
					logging: basic | logging | 'basic' is not a group of keys | level, format, masked-headers, shown-headers
					params: a=b | params | a group of names and values | 'name: value'
					adapters: {"https://files.example.com/": {pool-block: true}} | adapters | is unknown | "[https://files.example.com/]"
					""")
	void mistakesAreReportedWithPropertyOriginAndFix(String yaml, String key, String problem, String fix) {
		assertThatExceptionOfType(RequestsConfigurationException.class).isThrownBy(() -> read("""
				requests:
				  sessions:
				    github:
				      %s
				""".formatted(yaml))).satisfies((ex) -> {
			assertThat(ex.property()).startsWith("requests.sessions.github." + key);
			assertThat(ex.problem()).contains(problem);
			assertThat(ex.fix()).contains(fix);
			assertThat(String.valueOf(ex.origin())).contains("4:");
			assertThat(ex.getMessage()).doesNotContain("s3cr3t");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			timeout | connect-timeout' or 'requests.sessions.s.read-timeout' or 'requests.sessions.s.deadline
			url | base-url
			uri | base-url
			host | base-url
			max-retries | adapter.max-retries
			retries | adapter.max-retries
			retry | adapter.max-retries
			max-attempts | adapter.max-retries
			connection-timeout | connect-timeout
			socket-timeout | read-timeout
			response-timeout | read-timeout
			call-timeout | deadline
			header | headers
			default-headers | headers
			query | params
			parameters | params
			proxy | proxies
			non-proxy-hosts | no-proxy
			username | auth.username
			user | auth.username
			password | auth.password
			token | auth.token
			access-token | auth.token
			registration-id | auth.registration-id
			basic-auth | auth
			trust-store | verify
			insecure | verify
			verify-ssl | verify
			key-store | cert
			private-key | cert.private-key
			bundle | ssl.bundle
			follow-redirects | allow-redirects
			max-redirect | max-redirects
			cookie | cookies
			pool-maxsize | adapter.pool-maxsize
			max-connections | adapter.pool-maxsize
			pool.max-size | adapter.pool-maxsize
			keep-alive | adapter.pool-idle-timeout
			backoff-factor | adapter.max-retries.backoff-factor
			adapter.backoff | adapter.max-retries.backoff-factor
			status-forcelist | adapter.max-retries.status-forcelist
			adapter.retries | adapter.max-retries
			adapter.timeout | connect-timeout
			adapter.read-timeout | read-timeout
			max-body | limits.max-body
			limits.max-body-size | limits.max-body
			log-level | logging.level
			circuit-breaker | resilience.circuit-breaker
			deny-private | egress.deny-private
			proxys | proxies
			redirect.max-redirects | max-redirects
			""")
	void likelyKeysAreSuggested(String key, String meant) {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read("requests.sessions.s." + key + ": 1"))
			.satisfies((ex) -> assertThat(ex.fix()).startsWith("Did you mean 'requests.sessions.s." + meant + "'"));
	}

	@Test
	void likelyKeysAreSuggestedAtTheRightPlace() {
		assertThat(fix("requests.defaults.url: x")).contains("Only a single session can have it", "base-url");
		assertThat(fix("requests.clients.c.methods.m.timeout: 1s"))
			.isEqualTo("Did you mean 'requests.clients.c.methods.m.connect-timeout' or"
					+ " 'requests.clients.c.methods.m.read-timeout' or 'requests.clients.c.methods.m.deadline'?");
		assertThat(fix("requests.clients.c.methods.m.follow-redirects: true"))
			.isEqualTo("Did you mean 'requests.clients.c.methods.m.allow-redirects'?");
		assertThat(fix("requests.clients.c.methods.m.retries: 1"))
			.isEqualTo("Did you mean 'requests.clients.c.methods.m.max-retries'?");
		assertThat(fix("requests.clients.c.headers.X-Team: depot"))
			.isEqualTo("Only a session can have it. Write 'headers' under requests.sessions.<name>.");
		assertThat(fix("requests.clients.c.methods.m.hedge: 20ms"))
			.isEqualTo("Only a session can have it. Write 'hedge' under requests.sessions.<name>.");
		assertThat(fix("requests.clients.c.circuit-breaker: x"))
			.isEqualTo("Did you mean 'requests.clients.c.resilience.circuit-breaker'?");
		assertThat(fix("requests.session.s.base-url: x")).contains("'requests.sessions'");
		assertThat(fix("requests.base-url: x")).startsWith("Write 'base-url' under requests.sessions.<name>");
		assertThat(fix("requests.timeout: x")).startsWith("Write 'connect-timeout' under requests.sessions.<name>");
	}

	private static String fix(String yaml) {
		try {
			read(yaml);
		}
		catch (RequestsConfigurationException ex) {
			return ex.fix();
		}
		throw new AssertionError("accepted: " + yaml);
	}

	@Test
	void sessionDirectlyBelowThePrefixIsExplained() {
		assertThat(fix("requests: {shop: {base-url: 'http://a'}}"))
			.isEqualTo("Sessions are below requests.sessions. Write 'requests.sessions.shop.base-url'.");
	}

	@Test
	void keysOfASmallGroupAreListed() {
		assertThat(fix("requests.sessions.s.cache.capacity: 1MB")).startsWith("Remove it, or correct its name.")
			.contains("The keys at this place are size, ");
		assertThat(fix("requests.sessions.s.qqqqqqqq: 1")).isEqualTo("Remove it, or correct its name.");
	}

	@Test
	void valueInsteadOfAListIsExplained() {
		assertThat(fix("requests.sessions.s.adapter.max-retries.status-forcelist: 5xx"))
			.startsWith("Write the elements");
	}

	@Test
	void keysIndentedBelowHeadersAreExplained() {
		assertThat(fix("requests: {sessions: {s: {headers: {X-A: 1, adapter: {max-retries: {total: 2}}}}}}"))
			.isEqualTo("Check the indentation, so that it sets 'requests.sessions.s.adapter.max-retries.total'.");
		assertThat(fix("requests: {sessions: {s: {headers: {max-retries: {status-forcelist: [502]}}}}}"))
			.contains("'requests.sessions.s.adapter.max-retries.status-forcelist[0]'");
		assertThat(read("requests: {sessions: {s: {headers: {X-A.B: 1}}}}").get("s").headers()).containsEntry("X-A.B",
				"1");
	}

	@Test
	void defaultsRejectKeysOfASingleSession() {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read("requests: {defaults: {base-url: 'http://a'}}"))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("requests.defaults.base-url");
				assertThat(ex.fix())
					.isEqualTo("Only a single session can have it. Write it under requests.sessions.<name>.");
			});
	}

	@Test
	void namesWithDotsRequireBrackets() {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read("requests: {sessions: {a.b: {base-url: 'http://a'}}}"))
			.satisfies((ex) -> assertThat(ex.fix()).contains("must be in brackets"));
	}

	@Test
	void valueInsteadOfASessionIsExplained() {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read("requests:\n  sessions: {github: s3cr3t}"))
			.satisfies((ex) -> {
				assertThat(ex.problem()).isEqualTo("The value is not a group of keys.");
				assertThat(ex.fix()).startsWith("Set its keys instead: base-url, ");
				assertThat(String.valueOf(ex.origin())).contains("2:22");
			});
	}

	static ConfiguredSessions read(String yaml) {
		return read(yaml, Map.of());
	}

	static ConfiguredSessions read(String yaml, Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		sources.replace(name, new SystemEnvironmentPropertySource(name, variables));
		try {
			ByteArrayResource file = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
			new YamlPropertySourceLoader().load("file", file).forEach(sources::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ConfiguredSessions(environment);
	}

}
