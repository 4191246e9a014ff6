package io.github.requests4j.internal.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.HeaderValues;
import io.github.requests4j.http.NoProxy;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.PythonRepr;
import io.github.requests4j.url.Url;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares each recorded result of requests about proxies, the environment and lists in
 * headers. Proxies of the environment have no scheme there; here they get one (difference
 * row 182).
 */
class EnvironmentVectorTests {

	private static final String PROXY_OF_ENVIRONMENT = "http://env";

	/** Lines that Java differs from intentionally, and what it does. */
	private static final Map<String, String> DIFFERENCES = Map.of( //
			// 176: explicit settings take precedence over the environment
			"env beats session.proxies in request()", "{'http': 'sess'}", //
			// 178: no_proxy also applies to the session's proxies
			"no_proxy in session proxies ignored", "{}", //
			// 176: the caller's map is never changed
			"caller's dict is mutated", "{}", //
			// 189: an explicit setting of the session takes precedence over the
			// environment
			"verify req=None sess=False with REQUESTS_CA_BUNDLE", "False", //
			"verify req=None sess='/s' with REQUESTS_CA_BUNDLE", "'/s'");

	/**
	 * Lines in which Java goes directly: brackets, ports of addresses, last dots, stars
	 * and short forms of addresses are understood.
	 */
	private static final Set<String> DIRECT = Set.of("no_proxy='10.1.2.3:99' http://10.1.2.3:99/ (arg, env)",
			"no_proxy='[::1]' http://[::1]/ (arg, env)", "no_proxy='h' http://h./ (arg, env)",
			"no_proxy='*.h' http://a.h/ (arg, env)", "no_proxy='127.1' http://127.0.0.1/ (arg, env)");

	private static final AtomicInteger MATCHED = new AtomicInteger();

	@AfterAll
	static void logCounts() {
		LoggerFactory.getLogger(EnvironmentVectorTests.class)
			.info("environment-proxies-multipart-hooks.txt: {} lines match, {} of them with a listed difference, 0 skipped;"
					+ " the other sections are covered elsewhere", MATCHED, DIFFERENCES.size() + DIRECT.size());
	}

	private static List<String> section(String name) throws IOException {
		List<String> lines = new ArrayList<>();
		boolean inside = false;
		try (InputStream stream = EnvironmentVectorTests.class
			.getResourceAsStream("/vectors/environment-proxies-multipart-hooks.txt")) {
			String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			for (String line : text.split("\n")) {
				if (line.startsWith("== ")) {
					inside = line.equals("== " + name);
				}
				else if (inside && !line.isBlank()) {
					lines.add(line);
				}
			}
		}
		return lines;
	}

	private static @Nullable Object literal(String repr) {
		return new PythonRepr(repr, 0).next();
	}

	private static String label(String line) {
		return line.substring(0, line.indexOf(" -> ")).strip();
	}

	private static String result(String line) {
		return line.substring(line.indexOf(" -> ") + 4);
	}

	@Test
	@DisplayName("171-181, 189, 190, 245: every recorded case is covered")
	void everyVectorIsCovered() throws IOException {
		assertThat(section("env")).hasSize(31);
		assertThat(section("no_proxy")).hasSize(31);
		assertThat(section("select_proxy / prepend")).hasSize(24);
		assertThat(parsings()).hasSize(18);
		List<String> labels = section("env").stream().map(EnvironmentVectorTests::label).toList();
		assertThat(labels).containsAll(DIFFERENCES.keySet());
		assertThat(section("no_proxy").stream().map(EnvironmentVectorTests::label)).containsAll(DIRECT);
	}

	static List<String> environment() throws IOException {
		return section("env");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("environment")
	@DisplayName("171, 176-180, 189, 190: settings of the environment match those recorded from requests")
	void environmentMatchesRequests(String line) {
		String label = label(line);
		Object expected = literal(DIFFERENCES.getOrDefault(label, result(line).replace("OrderedDict()", "{}")
			.replaceAll("OrderedDict\\(\\[\\('(.*)', '(.*)'\\)\\]\\)", "{'$1': '$2'}")));
		Object actual = label.startsWith("getproxies") || label.contains("upper") || label.startsWith("REQUEST_METHOD")
				? getproxies(label) : label.contains("verify") || label.contains("CA") || label.contains("CERT")
						? verify(label) : selected(label);
		if (actual instanceof Selection selection) {
			assertThat(selection.url())
				.isEqualTo((expected instanceof Map<?, ?> map && map.get("http") != null) ? map.get("http") : null);
		}
		else {
			assertThat(actual).isEqualTo(expected);
		}
		MATCHED.incrementAndGet();
	}

	private static Map<String, String> getproxies(String label) {
		Map<String, String> variables = new LinkedHashMap<>();
		switch (label) {
			case "getproxies none" -> variables.put("PATH", "/bin");
			case "getproxies" -> {
				variables.put("http_proxy", "a");
				variables.put("HTTPS_PROXY", "b");
				variables.put("no_proxy", "x");
				variables.put("Foo_Proxy", "c");
				variables.put("ALL_PROXY", "d");
				variables.put("ftp_proxy", "");
			}
			case "lower beats upper" -> {
				variables.put("http_proxy", "low");
				variables.put("HTTP_PROXY", "up");
			}
			case "empty lower removes upper" -> {
				variables.put("HTTP_PROXY", "up");
				variables.put("http_proxy", "");
			}
			case "REQUEST_METHOD (CGI) ignores HTTP_PROXY" -> {
				variables.put("HTTP_PROXY", "up");
				variables.put("REQUEST_METHOD", "GET");
			}
			case "REQUEST_METHOD keeps http_proxy" -> {
				variables.put("REQUEST_METHOD", "GET");
				variables.put("HTTP_PROXY", "up");
				variables.put("http_proxy", "low");
			}
			default -> throw new IllegalArgumentException(label);
		}
		return EnvironmentVariables.getproxies(variables);
	}

	/**
	 * The proxy for {@code http://h/}, without the scheme that values of the environment
	 * have got.
	 */
	private record Selection(@Nullable String url) {
	}

	private static Selection selected(String label) {
		Map<String, @Nullable String> none = Map.of();
		Map<String, String> http = Map.of("http_proxy", "env");
		Map<String, @Nullable String> session = Map.of("http", "sess");
		return switch (label) {
			case "env beats session.proxies in request()", "send(): session.proxies beat env" ->
				select(none, session, http);
			case "request proxies beat env" -> select(Map.of("http", "req"), session, http);
			case "request proxy None removes" -> {
				Map<String, @Nullable String> removed = new LinkedHashMap<>();
				removed.put("http", null);
				yield select(removed, none, http);
			}
			case "trust_env False" -> select(none, session, Map.of());
			case "no_proxy in request proxies" -> select(Map.of("no_proxy", "h"), none, http);
			case "no_proxy in session proxies ignored" -> select(none, Map.of("no_proxy", "h"), http);
			case "caller's dict is mutated" -> {
				Map<String, @Nullable String> mine = new LinkedHashMap<>();
				select(mine, none, http);
				yield new Selection(mine.get("http"));
			}
			case "send(): all_proxy env" -> select(none, none, Map.of("all_proxy", "env"));
			case "send(): env http over all" -> select(none, none, Map.of("http_proxy", "h", "all_proxy", "a"));
			case "send(): bypassed keeps given" ->
				select(none, Map.of("http", "p"), Map.of("http_proxy", "env", "no_proxy", "h"));
			default -> throw new IllegalArgumentException(label);
		};
	}

	private static Selection select(Map<String, @Nullable String> request, Map<String, @Nullable String> session,
			Map<String, String> variables) {
		Proxies explicit = Proxies.of(request).orElse(Proxies.of(session));
		Proxies filled = EnvironmentProxies.fill(explicit, ParsedUrl.parse("http://h/"), environment(variables));
		String url = filled.select("http", "h");
		return new Selection((url != null) ? url.replace("http://", "") : null);
	}

	private static RequestsEnvironment environment(Map<String, String> variables) {
		return new RequestsEnvironment() {

			@Override
			public Map<String, String> variables() {
				return variables;
			}

			@Override
			public @Nullable String property(String name) {
				return null;
			}

		};
	}

	private static Object verify(String label) {
		if (label.equals("env CA with trust_env False")) {
			return verify("None", "True", false, Map.of("REQUESTS_CA_BUNDLE", "/env"));
		}
		if (label.equals("SSL_CERT_FILE ignored")) {
			return verify("None", "True", true, Map.of("SSL_CERT_FILE", "/env"));
		}
		String[] words = label.split(" ");
		return verify(words[1].substring("req=".length()), words[2].substring("sess=".length()), true,
				words[3].equals("with") ? Map.of("REQUESTS_CA_BUNDLE", "/env") : Map.of());
	}

	private static Object verify(String request, String session, boolean trustEnv, Map<String, String> variables) {
		// In requests every session has the setting True; here it was then never set
		Verify chosen = EnvironmentCertificates.verify(setting(request),
				session.equals("True") ? null : setting(session), trustEnv, environment(variables));
		return (chosen.authorities() != null) ? chosen.authorities().toString() : chosen.isEnabled();
	}

	private static @Nullable Verify setting(String repr) {
		return switch (repr) {
			case "None" -> null;
			case "True" -> Verify.enabled();
			case "False" -> Verify.disabled();
			default -> Verify.authorities(Path.of((String) Objects.requireNonNull(literal(repr))));
		};
	}

	static List<String> noProxy() throws IOException {
		return section("no_proxy");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("noProxy")
	@DisplayName("172-174: no_proxy matches the results recorded from requests")
	void noProxyMatchesRequests(String line) {
		PythonRepr reader = new PythonRepr(line, "no_proxy=".length());
		String value = (String) Objects.requireNonNull(reader.next());
		Url url = ParsedUrl.split(line.substring(reader.index() + 1, line.indexOf(" (arg, env)")));
		boolean expected = result(line).equals("(True, True, True)") || DIRECT.contains(label(line));
		assertThat(result(line)).isIn("(True, True, True)", "(False, False, False)");
		assertThat(NoProxy.of(value).matches(url)).isEqualTo(expected);
		for (String variable : List.of("no_proxy", "NO_PROXY")) {
			Map<String, String> variables = Map.of("all_proxy", PROXY_OF_ENVIRONMENT, variable, value);
			Proxies filled = EnvironmentProxies.fill(Proxies.NONE, url, environment(variables));
			assertThat(filled.select(url)).isEqualTo(expected ? null : ProxyUrl.parse(PROXY_OF_ENVIRONMENT));
		}
		MATCHED.incrementAndGet();
	}

	static List<String> selections() throws IOException {
		return section("select_proxy / prepend");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("selections")
	@DisplayName("181, 182: selected proxies match those recorded from requests")
	@SuppressWarnings("unchecked")
	void selectionMatchesRequests(String line) {
		Object expected = literal(result(line));
		if (line.startsWith("prepend ")) {
			String url = (String) Objects.requireNonNull(new PythonRepr(line, "prepend ".length()).next());
			assertThat(ProxyUrl.prependSchemeIfNeeded(url, "http")).isEqualTo(expected);
		}
		else {
			String[] words = label(line).split(" ", 3);
			Url url = ParsedUrl.split(words[1]);
			Object map = literal(words[2]);
			Proxies proxies = (map == null) ? Proxies.NONE : Proxies.of((Map<String, String>) map);
			assertThat(proxies.select(String.valueOf(url.scheme()), url.host()))
				.isEqualTo("".equals(expected) ? null : expected);
		}
		MATCHED.incrementAndGet();
	}

	static List<String> parsings() throws IOException {
		try (Stream<String> lines = section("misc utils").stream()) {
			return lines.filter((line) -> line.startsWith("parse_")).toList();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("parsings")
	@DisplayName("245: parsed headers match those recorded from requests")
	void parsingMatchesRequests(String line) {
		String value = (String) Objects.requireNonNull(new PythonRepr(line, line.indexOf(' ') + 1).next());
		Object actual = line.startsWith("parse_dict_header") ? HeaderValues.parseDict(value)
				: HeaderValues.parseList(value);
		assertThat(actual).isEqualTo(literal(result(line)));
		assertThat(String.valueOf(actual)).isEqualTo(String.valueOf(literal(result(line))));
		MATCHED.incrementAndGet();
	}

}
