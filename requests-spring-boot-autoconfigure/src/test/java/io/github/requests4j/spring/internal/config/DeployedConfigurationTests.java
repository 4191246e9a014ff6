package io.github.requests4j.spring.internal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every key is either bound or rejected at the start, however it is deployed.
 */
class DeployedConfigurationTests {

	private static final String SESSION = "requests.sessions.my-api.";

	/** Of these, blanks at the ends may belong to the value. */
	private static final Set<String> VERBATIM = Set.of("headers[X-A]", "params[q]", "auth.username", "auth.password",
			"auth.token", "cert.password");

	/** What is deployed under the settings of the test, and names what users chose. */
	private static final MapPropertySource BELOW = new MapPropertySource("application",
			Map.of("requests.sessions.my-api.headers.X-A", "other", "requests.sessions.my-api.params.q", "other",
					"requests.sessions.my-api.adapters[http://f.example/].pool-block", "true"));

	private static final Map<String, SessionProperties> EXPECTED = new ConcurrentHashMap<>();

	@TempDir
	private Path directory;

	/** The ways in which a setting reaches an application. */
	enum Way {

		YAML {
			@Override
			PropertySource<?> source(String key, String value, Path directory) throws IOException {
				String text = "'" + key + "': \"" + value.replace("\n", "\\n").replace("\r", "\\r") + "\"\n";
				return new YamlPropertySourceLoader().load("file.yml", resource(text)).get(0);
			}
		},

		PROPERTIES {
			@Override
			PropertySource<?> source(String key, String value, Path directory) throws IOException {
				String text = key.replace(":", "\\:") + "="
						+ value.replace("\n", "\\n").replace("\r", "\\r").replaceAll("^ ", "\\\\ ") + "\n";
				return new PropertiesPropertySourceLoader().load("file.properties", resource(text)).get(0);
			}
		},

		VARIABLE {
			@Override
			PropertySource<?> source(String key, String value, Path directory) {
				return variables(variable(key, ""), value);
			}
		},

		VARIABLE_WITH_UNDERSCORES {
			@Override
			PropertySource<?> source(String key, String value, Path directory) {
				return variables(variable(key, "_"), value);
			}
		},

		COMMAND_LINE {
			@Override
			PropertySource<?> source(String key, String value, Path directory) {
				return new SimpleCommandLinePropertySource("--" + key + "=" + value);
			}
		},

		MOUNTED_FILE {
			@Override
			PropertySource<?> source(String key, String value, Path directory) throws IOException {
				Path folder = Files.createTempDirectory(directory, "tree");
				Files.writeString(folder.resolve(key), value);
				return new ConfigTreePropertySource("tree", folder);
			}

			@Override
			boolean supports(String key) {
				return !key.contains("/");
			}
		};

		abstract PropertySource<?> source(String key, String value, Path directory) throws IOException;

		/** No file has a slash in its name. */
		boolean supports(String key) {
			return true;
		}

		/**
		 * Returns whether a build tries a value of a key in this way. It tries one way
		 * for each key, and all with {@code -Ddeep=true}.
		 */
		boolean isTried(String key) {
			if (Boolean.getBoolean("deep")) {
				return supports(key);
			}
			int index = Math.floorMod(key.hashCode(), values().length);
			return this == (values()[index].supports(key) ? values()[index] : YAML);
		}

		private static ByteArrayResource resource(String text) {
			return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
		}

		private static PropertySource<?> variables(String name, String value) {
			return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of(name, value));
		}

		private static String variable(String key, String dash) {
			return key.replace("-", dash)
				.replaceAll("[^A-Za-z0-9_]+", "_")
				.replaceAll("_$", "")
				.toUpperCase(Locale.ROOT);
		}

		SessionProperties read(String key, String value, Path directory, PropertySource<?>... below) {
			return sessions(key, value, directory, below).get("my-api");
		}

		ConfiguredSessions sessions(String key, String value, Path directory, PropertySource<?>... below) {
			try {
				PropertySource<?>[] all = new PropertySource<?>[below.length + 1];
				all[0] = source(key, value, directory);
				System.arraycopy(below, 0, all, 1, below.length);
				return DeployedConfigurationTests.read(all);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@ParameterizedTest
	@EnumSource
	void everyKeyIsBound(Way way) {
		SoftAssertions.assertSoftly((softly) -> EveryKeyTests.SAMPLES.forEach((key, value) -> {
			if (way.supports(key)) {
				SessionProperties expected = expected(key, value);
				softly.assertThatCode(() -> {
					ConfiguredSessions sessions = way.sessions(SESSION + key, value, this.directory, BELOW);
					assertThat(sessions.get("my-api")).isEqualTo(expected);
					assertThat(sessions.names()).containsExactly("my-api");
					assertThat(sessions.find("my-api", key)).extracting(Object::toString)
						.asString()
						.contains(SESSION + key);
				}).as(key).doesNotThrowAnyException();
			}
		}));
	}

	@ParameterizedTest
	@EnumSource
	void blanksAndLineBreaksAroundAValueAreTrimmed(Way way) {
		SoftAssertions.assertSoftly((softly) -> EveryKeyTests.SAMPLES.forEach((key, value) -> {
			if (way.isTried(key)) {
				String blank = VERBATIM.contains(key) ? "" : " ";
				String written = blank + value + blank + "\r\n\n";
				softly
					.assertThatCode(() -> assertThat(way.read(SESSION + key, written, this.directory, BELOW))
						.isEqualTo(expected(key, value)))
					.as(key)
					.doesNotThrowAnyException();
			}
		}));
	}

	@Test
	void blanksOfSecretsAreKept() {
		for (String key : VERBATIM) {
			assertThat(Way.YAML.read(SESSION + key, " x ", this.directory)).isEqualTo(expectedAlone(key, " x "));
			assertThat(expectedAlone(key, " x ")).isNotEqualTo(expectedAlone(key, "x"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void emptyValueOverridesTheDefault(Way way) {
		SoftAssertions.assertSoftly((softly) -> EveryKeyTests.SAMPLES.forEach((key, value) -> {
			if (way.isTried(key) && !EveryKeyTests.OF_ONE_SESSION.contains(key)) {
				MapPropertySource defaults = new MapPropertySource("defaults",
						Map.of("requests.defaults." + key, value, SESSION + "primary", "false"));
				String empty = VERBATIM.contains(key) ? "" : " \n";
				SessionProperties inherited = EXPECTED.computeIfAbsent("default " + key + "=" + value,
						(sample) -> read(defaults).get("my-api"));
				softly
					.assertThatCode(() -> assertThat(way.read(SESSION + key, empty, this.directory, defaults))
						.isNotEqualTo(inherited))
					.as(key)
					.doesNotThrowAnyException();
			}
		}));
	}

	@Test
	void namesOfKeysAreRelaxed() {
		SoftAssertions.assertSoftly((softly) -> EveryKeyTests.SAMPLES.forEach((key, value) -> {
			int chosen = key.indexOf('[');
			String fixed = (chosen < 0) ? key : key.substring(0, chosen);
			String rest = key.substring(fixed.length());
			Set<String> spellings = new LinkedHashSet<>(List.of(fixed.replace('-', '_'), fixed.replace("-", ""),
					fixed.toUpperCase(Locale.ROOT), camel(fixed)));
			spellings.remove(fixed);
			for (String relaxed : spellings) {
				softly
					.assertThatCode(
							() -> assertThat(Way.YAML.read(SESSION + relaxed + rest, value, this.directory, BELOW))
								.isEqualTo(expected(key, value)))
					.as(relaxed)
					.doesNotThrowAnyException();
			}
		}));
	}

	@ParameterizedTest
	@EnumSource
	void unknownKeyIsRejectedWithItsOrigin(Way way) {
		for (String key : List.of("requests.sessions.my-api.tokn", "requests.defaults.read-timeouts",
				"requests.sessions.my-api.adapter.pool.maxsizes", "requests.clients.C.method.get.dedline")) {
			assertThatExceptionOfType(RequestsConfigurationException.class).as(key)
				.isThrownBy(() -> way.sessions(key, "1s", this.directory, BELOW))
				.satisfies((ex) -> assertThat(String.valueOf(ex.origin())).containsAnyOf("resource", "tree",
						"ommandLine", "ystemEnvironment"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "REQUESTS_CA_BUNDLE", "REQUESTS_SESSIONS_SERVICE_HOST", "REQUESTS_CLIENTS_PORT",
			"REQUESTS_CLIENTS_PORT_80_TCP_ADDR", "REQUESTS_SESSIONS_SERVICE_PORT_HTTP", "REQUESTS_TIMEOUT" })
	void unrelatedEnvironmentVariablesAreIgnored(String variable) {
		assertThat(read(variable(variable, "x")).names()).isEmpty();
	}

	@Test
	void variablesMatchTheNamesOfSessions() {
		ConfiguredSessions sessions = read(variables(Map.of("REQUESTS_SESSIONS_PAYMENT_API_BASE_URL", "http://v/",
				"REQUESTS_SESSIONS_PAYMENT_HEADERS_X_API_KEY", "k", "REQUESTS_SESSIONS_NEW_ONE_READ_TIMEOUT", "7s")),
				yaml("requests.sessions: {payment-api: {base-url: 'http://y/'}, payment: {stream: true}}"));
		assertThat(sessions.names()).containsExactlyInAnyOrder("payment-api", "payment", "new-one");
		assertThat(sessions.get("payment-api").baseUrl()).isEqualTo("http://v/");
		assertThat(sessions.get("payment").headers()).isEqualTo(Map.of("x-api-key", "k"));
		assertThat(sessions.get("new-one").readTimeout()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void variablesReplaceTheMatchingEntry() {
		SessionProperties session = read(
				variables(Map.of("REQUESTS_DEFAULTS_HEADERS_XAPIKEY", "v", "REQUESTS_SESSIONS_S_PARAMS_PERPAGE", "9",
						"REQUESTS_SESSIONS_S_PROXIES_HTTP_A_EXAMPLE", "http://v:1", "REQUESTS_SESSIONS_S_PARAMS_TAG_0",
						"z", "REQUESTS_SESSIONS_S_ADAPTERS_HTTPS_F_EXAMPLE_COM_POOL_MAXSIZE", "3",
						"REQUESTS_SESSIONS_S_NO_PROXY_0", "v")),
				yaml("""
						requests:
						  defaults: {headers: {X-Api-Key: y}, params: {perPage: 7}}
						  sessions:
						    s:
						      params: {tag: [a, b]}
						      proxies: {"http://a.example": "http://y:1"}
						      adapters: {"[https://f.example.com/]": {pool-maxsize: 2}}
						      no-proxy: [y]
						"""))
			.get("s");
		assertThat(session.headers()).isEqualTo(Map.of("X-Api-Key", "v"));
		assertThat(session.params()).containsOnlyKeys("perPage", "tag").containsEntry("perPage", "9");
		assertThat(session.params().get("tag")).isEqualTo(Map.of("0", "z", "1", "b"));
		assertThat(session.proxies()).isEqualTo(Map.of("http://a.example", "http://v:1"));
		assertThat(session.adapters().get("https://f.example.com/").poolMaxsize()).isEqualTo(3);
		assertThat(session.noProxy()).containsExactly("v");
	}

	@Test
	void variablesMatchTheNamesOfClients() {
		ConfiguredSessions sessions = read(variables(Map.of("REQUESTS_CLIENTS_ITEMSCLIENT_METHODS_GET_ITEM_READTIMEOUT",
				"7s", "REQUESTS_CLIENTS_MY_API_METHODS_SLOW_DEADLINE", "8s")), yaml("requests.sessions.my-api: {}"));
		assertThat(sessions.clients()).containsOnlyKeys("itemsclient", "my-api");
		RequestsProperties.Client client = ConfiguredSessions.find(sessions.clients(), "ItemsClient");
		assertThat(ConfiguredSessions.find(client.methods(), "getItem").readTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(sessions.clients().get("my-api").methods().get("slow").deadline()).isEqualTo(CallDeadline.of("8s"));
	}

	@Test
	void variableWithAnUnknownGroupNamesAnotherClient() {
		ConfiguredSessions sessions = read(variable("REQUESTS_CLIENTS_C_METHOD_GET_DEADLINE", "1s"));
		assertThat(sessions.clients()).as("rejected when all clients are known").containsOnlyKeys("cmethodget");
	}

	@Test
	void variablesAdoptTheSpellingOfFiles() {
		ConfiguredSessions sessions = read(variable("REQUESTS_CLIENTS_ITEMSCLIENT_METHODS_GETITEM_READTIMEOUT", "7s"),
				yaml("requests.clients.ItemsClient.methods.getItem: {read-timeout: 1s, deadline: 9s}"));
		assertThat(sessions.clients().get("ItemsClient").methods())
			.isEqualTo(Map.of("getItem", new RequestsProperties.Method(null, Duration.ofSeconds(7),
					CallDeadline.of("9s"), null, null, null, null, null)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bad name", "$filter", "größe", "a:b", "X.Y", "filter[state]", "x/y" })
	void namesOfHeadersAndParamsKeepEveryCharacter(String name) {
		SessionProperties session = read(
				yaml("requests.sessions.s: {headers: {'%1$s': a}, params: {'%1$s': b}}".formatted(name)))
			.get("s");
		assertThat(session.headers()).isEqualTo(Map.of(name, "a"));
		assertThat(session.params()).isEqualTo(Map.of(name, "b"));
	}

	@Test
	void headerOfTheSessionReplacesThatOfTheDefaultsInAnyCase() {
		SessionProperties session = read(yaml(
				"requests: {defaults: {headers: {X-Api-Key: d, X-B: b}}, sessions: {s: {headers: {x-api-key: s}}}}"))
			.get("s");
		assertThat(session.headers()).isEqualTo(Map.of("x-api-key", "s", "X-B", "b"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			sessions: {my-books: {stream: true}, myBooks: {stream: false}} | my-books | myBooks
			sessions: {my_books: {}, my-books: {}}                         | my_books | my-books
			sessions: {s: {read-timeout: 1s, readTimeout: 2s}}             | read-timeout | readTimeout
			defaults: {headers: {X-Key: a, x-key: b}}                      | X-Key | x-key
			""")
	void settingWithTwoSpellingsIsRejectedWithBoth(String yaml, String one, String other) {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read(yaml("requests: {" + yaml + "}")))
			.withMessageContainingAll(one, other)
			.withMessageMatching(".* \\(.+\\): .*' \\(.+\\)[.,].*");
	}

	@Test
	void twoVariablesForTheSameSettingAreRejected() {
		assertThatExceptionOfType(RequestsConfigurationException.class)
			.isThrownBy(() -> read(
					variables(Map.of("REQUESTS_DEFAULTS_READTIMEOUT", "1s", "REQUESTS_DEFAULTS_READ_TIMEOUT", "2s"))))
			.withMessageContainingAll("REQUESTS_DEFAULTS_READTIMEOUT", "REQUESTS_DEFAULTS_READ_TIMEOUT");
	}

	@Test
	void profileOverridesMapEntriesAndWholeLists() {
		SessionProperties session = read(
				yaml("requests.sessions.s: {headers: {X-A: p, X-C: c}, params: {tag: [z]}, no-proxy: [p]}"), yaml("""
						requests:
						  defaults: {headers: {X-D: d}, trusted-origins: ["http://d"]}
						  sessions: {s: {headers: {X-A: a, X-B: b}, params: {tag: [x]}, no-proxy: [a, b]}}
						"""))
			.get("s");
		assertThat(session.headers()).isEqualTo(Map.of("X-A", "p", "X-B", "b", "X-C", "c", "X-D", "d"));
		assertThat(session.params()).isEqualTo(Map.of("tag", Map.of("0", "z")));
		assertThat(session.noProxy()).containsExactly("p");
		assertThat(session.trustedOrigins()).containsExactly("http://d");
	}

	@Test
	void valuesOfPlaceholdersAreTrimmed() {
		SessionProperties session = read(variables(Map.of("PW", "pw\n", "URL", " http://a/ ")),
				yaml("requests.sessions.s: {base-url: '${URL}', auth: {username: u, password: '${PW}'}}"))
			.get("s");
		assertThat(session.baseUrl()).isEqualTo("http://a/");
		assertThat(session.auth().password()).isEqualTo("pw");
	}

	@Test
	void overriddenPlaceholderNeedsNoValue() {
		SessionProperties session = read(yaml("requests.sessions.s.auth.token: t"),
				yaml("requests.sessions.s.auth.token: ${NO_SUCH}"))
			.get("s");
		assertThat(session.auth().token()).isEqualTo("t");
	}

	private static SessionProperties expected(String key, String value) {
		return EXPECTED.computeIfAbsent(key + "=" + value,
				(sample) -> read(new MapPropertySource("expected", Map.of(SESSION + key, value)), BELOW).get("my-api"));
	}

	private static SessionProperties expectedAlone(String key, String value) {
		return read(new MapPropertySource("expected", Map.of(SESSION + key, value))).get("my-api");
	}

	private static String camel(String key) {
		StringBuilder camel = new StringBuilder();
		for (int i = 0; i < key.length(); i++) {
			boolean upper = i > 0 && key.charAt(i - 1) == '-';
			if (key.charAt(i) != '-') {
				camel.append(upper ? Character.toUpperCase(key.charAt(i)) : key.charAt(i));
			}
		}
		return camel.toString();
	}

	private static PropertySource<?> variable(String name, String value) {
		return variables(Map.of(name, value));
	}

	private static PropertySource<?> variables(Map<String, Object> variables) {
		return new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				variables);
	}

	private static PropertySource<?> yaml(String text) {
		try {
			return new YamlPropertySourceLoader()
				.load("file.yml", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))
				.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads sources, the first of which has the last word. */
	private static ConfiguredSessions read(PropertySource<?>... sources) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((source) -> environment.getPropertySources().remove(source.getName()));
		int count = 0;
		for (PropertySource<?> source : sources) {
			boolean named = source instanceof SystemEnvironmentPropertySource;
			environment.getPropertySources().addLast(named ? source : new Numbered(source, count++));
		}
		return new ConfiguredSessions(environment);
	}

	/** Two sources of one name would replace each other. */
	private static final class Numbered extends EnumerablePropertySource<PropertySource<?>>
			implements OriginLookup<String> {

		private final EnumerablePropertySource<?> source;

		Numbered(PropertySource<?> source, int number) {
			super(source.getName() + " " + number, source);
			this.source = (EnumerablePropertySource<?>) source;
		}

		@Override
		public String[] getPropertyNames() {
			return this.source.getPropertyNames();
		}

		@Override
		public Object getProperty(String name) {
			return this.source.getProperty(name);
		}

		@Override
		public Origin getOrigin(String key) {
			return PropertySourceOrigin.get(this.source, key);
		}

	}

}
