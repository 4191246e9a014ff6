package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolKey;
import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.auth.HttpProxyAuth;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.LinkHeader;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProblemDetail;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Urls;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.body.BodySources;
import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlCredentials;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Secrets in text of every kind: invalid URLs, addresses in headers, bodies in curl
 * commands, and the {@code toString} of every public type. The types are found by
 * reflection so that none is missed.
 */
@Tag("once")
class SecretShapesTests {

	private static final String CANARY = "c4n4ry";

	private static final String USER = "u:" + CANARY + "@";

	private static final String SUFFIX = "?a=b&token=" + CANARY + "&next=%2Fp%3Fsig%3D" + CANARY + "#access_token="
			+ CANARY;

	private static final Path SOURCES = Path.of("src/main/java");

	/** With user information before the host and secrets behind the path. */
	static Stream<String> brokenUrls() {
		return Stream.of("http://%shost:99999/p%s", "http://%shost:80a/p%s", "http://%shost:-1/p%s", "%shost/p%s",
				"//%shost/p%s", "http:///p%2$s", "http://%s/p%s", "http://%s%s", "http//%shost/p%s", "ftp://%shost/p%s",
				"htps://%shost/p%s", "http://%s[::/p%s", "http://%s[::1]x/p%s", "http://%s*.host/p%s",
				"http://%s.host/p%s", "http://%shost\\@evil/p%s", "http://%sho%%0ast/p%s", "http://%sho st/p%s",
				"http://%shost\u0001/p%s", "http://%s0177.0.0.1/p%s", "http://%s\u00df\u0378/p%s",
				"http://%sxn--\u00e4/p%s", "../x%2$s", "/a/../../x%2$s", "%%2e%%2e/x%2$s", "%s:%s", "http:%shost/p%s",
				"mailto:%shost%s", "http://%shost:%%41/p%s", "http://host/%%zz%2$s")
			.map((shape) -> String.format(shape, USER, SUFFIX));
	}

	@ParameterizedTest
	@MethodSource("brokenUrls")
	@DisplayName("threat 40: an invalid URL shows no secret in any message")
	void invalidUrlShowsNoSecret(String url) {
		try (Session session = Session.builder()
			.environment(new MapEnvironment(Map.of()))
			.timeout(Duration.ofMillis(1))
			.mount("https://" + USER + "mounted/" + SUFFIX, new FixedAdapter((request, options) -> {
			}))
			.unmount("http://")
			.build();
				Session based = session.derive((builder) -> builder.baseUrl("https://" + USER + "host.invalid/v1"))) {
			List<ThrowingCallable> uses = List.of(() -> session.get(url), () -> based.get(url.replace(USER, "")),
					() -> Request.of("GET", url).prepare(), () -> Urls.split(url), () -> Urls.getAuthFromUrl(url),
					() -> Session.builder().baseUrl(url), () -> Session.builder().trustedOrigins(url),
					() -> session.getAdapter(url), () -> ProxyUrl.parse(url),
					() -> Session.builder().proxy("http", url).build(), () -> {
						PreparedRequest prepared = new PreparedRequest();
						prepared.method("GET");
						prepared.url(url);
						session.send(prepared);
					});
			for (ThrowingCallable use : uses) {
				Throwable thrown = catchThrowable(use);
				if (thrown != null) {
					assertThat(Throwables.getStackTrace(thrown)).doesNotContain(CANARY);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("brokenUrls")
	@DisplayName("threat 40: a redirect that cannot be followed shows no secret of its target")
	void invalidLocationShowsNoSecret(String location) throws IOException {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.send("HTTP/1.1 302 Found\r\nLocation: " + location.replace("\u0001", "%01")
					+ "\r\nContent-Length: 0\r\n\r\n");
		});
				Session session = Session.builder()
					.environment(new MapEnvironment(Map.of()))
					.mount("http://mock", new FixedAdapter((request, options) -> {
					}))
					.maxRedirects(1)
					.mount("http://", HttpAdapter.builder().hostResolver((host) -> {
						if (!host.equals("127.0.0.1")) {
							throw new java.net.UnknownHostException(host);
						}
						return List.of(java.net.InetAddress.getByName(host));
					}).build())
					.build()) {
			Throwable thrown = catchThrowable(() -> session.get(server.url("/")));
			if (thrown != null) {
				assertThat(Throwables.getStackTrace(thrown)).doesNotContain(CANARY);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://" + USER + "host/p" + SUFFIX, "https://host/" + SUFFIX,
			"http://host/p?client_assertion=" + CANARY, "http://host?%74oken=" + CANARY,
			"http://host#id_token=" + CANARY, "http://host/?next=http%253A%252F%252Fh%252F%253Ftoken%253D" + CANARY,
			"http://host/?u=http%3A%2F%2Fu%3A" + CANARY + "%40h", "http://host/?a=b;pwd=" + CANARY,
			"http://host/?key=" + CANARY + ";more?" + CANARY })
	@DisplayName("threat 40: toString() of a URL shows no secret, and the URL itself keeps it")
	void secretsInUrlsAreMasked(String url) {
		assertThat(ParsedUrl.split(url)).asString().doesNotContain(CANARY).startsWith("http");
		assertThat(ParsedUrl.split(url).text()).isEqualTo(url);
		for (String header : List.of("Location", "Content-Location", "Referer", "Origin", "X-Original-Url")) {
			assertThat(new CaseInsensitiveHeaders(Map.of(header, url)).toString()).doesNotContain(CANARY);
		}
		assertThat(new CaseInsensitiveHeaders(Map.of("Link", "<" + url + ">; rel=next, <" + url + ">; rel=last"))
			.toString()).doesNotContain(CANARY).contains("rel=next", "rel=last");
		assertThat(new CaseInsensitiveHeaders(Map.of("Refresh", "5; URL=" + url)).toString()).doesNotContain(CANARY)
			.contains("5; URL=http");
		PreparedRequest request = Request.of("GET", "http://host/", (o) -> o.header("Referer", url)).prepare();
		assertThat(request.toCurl()).doesNotContain(CANARY);
	}

	@Test
	@DisplayName("text that is not secret is shown")
	void harmlessTextIsNotMasked() {
		String url = "http://host/p?page=2&q=a@b.c&author=x&keyword=y&monkey=z&status_code=1#part";
		assertThat(ParsedUrl.split(url)).hasToString(url);
		assertThat(new CaseInsensitiveHeaders(
				Map.of("User-Agent", "a/1 (key=b)", "Idempotency-Key", "i", "Sec-WebSocket-Key", "w", "X-Author", "n"))
			.toString()).contains("(key=b)", "Idempotency-Key=i", "Sec-WebSocket-Key=w", "X-Author=n");
	}

	static Stream<Arguments> bodies() {
		return Stream.of(Arguments.of("application/x-www-form-urlencoded", "@a=b&token=" + CANARY),
				Arguments.of("application/x-www-form-urlencoded", "a=\u00e9&token=" + CANARY),
				Arguments.of("Application/X-WWW-Form-Urlencoded; charset=x", "a=b&client%5Fassertion=" + CANARY),
				Arguments.of("application/json",
						"{\"a\":{\"password\":\"" + CANARY + "\"},\"credentials\":{\"v\":[\"" + CANARY + "\"]}}"),
				Arguments.of("application/vnd.x+JSON", "\ufeff{\"access_token\" : \"" + CANARY + "\"}"),
				Arguments.of("multipart/form-data; boundary=\"x\"",
						"--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n" + CANARY
								+ "\r\n--x\r\nContent-Disposition: form-data; name=j\r\nContent-Type: application/json\r\n\r\n"
								+ "{\"secret\":\"" + CANARY + "\"}\r\n--x--"));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	@DisplayName("threat 40: a curl command shows no secret of its body")
	void curlCommandHidesSecretsOfTheBody(String type, String body) {
		for (byte[] bytes : List.of(body.getBytes(StandardCharsets.UTF_8),
				body.getBytes(StandardCharsets.ISO_8859_1))) {
			PreparedRequest request = Request
				.of("POST", "http://host/", (o) -> o.header("Content-Type", type).data(Body.of(bytes)))
				.prepare();
			assertThat(request.toCurl()).doesNotContain(CANARY).contains("***");
			assertThat(request.toCurlWithSecrets()).contains(CANARY);
		}
	}

	@Test
	@DisplayName("threat 40: a curl command shows no secret of a streamed form")
	void curlCommandHidesSecretsOfAStreamedForm() {
		PreparedRequest request = Request
			.of("POST", "http://host/",
					(o) -> o.data(Map.of("password", CANARY))
						.files(FilePart.of("f", "n", new ByteArrayInputStream(new byte[1]))
							.withHeaders(Map.of("X-Token", CANARY))))
			.prepare();
		assertThat(request.toCurl()).doesNotContain(CANARY).contains("-F 'password=\"***\"'");
	}

	/** One instance of each public type, with a secret wherever it can contain one. */
	private static Map<String, Object> samples() {
		String url = "http://" + USER + "host/p" + SUFFIX;
		CookieJar jar = new CookieJar();
		jar.set("id", CANARY);
		Body body = Body.form(Map.of("password", CANARY));
		Request request = Request.of("POST", url, (o) -> o.header("Authorization", CANARY).cookies(jar).data(body));
		PreparedRequest prepared = request.prepare();
		Response response = Response.builder(302)
			.request(prepared)
			.url(url)
			.headers(new CaseInsensitiveHeaders(Map.of("Location", url)))
			.cookies(jar)
			.build();
		Proxies proxies = Proxies.of(Map.of("http", "http://" + USER + "proxy:1"));
		ClientCert cert = ClientCert.of(Path.of("c.pem")).withPassword(CANARY);
		Map<String, Object> samples = new HashMap<>();
		for (Object sample : List.of(jar, Cookie.create("id", CANARY), body, request, prepared, response, proxies, cert,
				prepared.headers(), new RedirectContext(prepared, response, proxies, Set.of(), false, null),
				new BearerAuth(CANARY), new HttpBasicAuth("user", CANARY), new HttpDigestAuth("user", CANARY),
				new HttpProxyAuth("user", CANARY), new BasicCredentials("user", CANARY),
				ProxyUrl.parse("http://" + USER + "proxy:1"), SendOptions.of((o) -> o.proxies(proxies).cert(cert)),
				FilePart.of("f", "n", CANARY).withHeaders(Map.of("X-Key", CANARY)),
				new LinkHeader(url, Map.of("rel", "next")), KeyValues.of("token", CANARY),
				new Attempt("GET", url, null, 503, Duration.ZERO),
				new ProblemDetail(url, "Not found", 404, CANARY, url, Map.of("token", CANARY)), ParsedUrl.split(url),
				BaseUrl.of("http://" + USER + "host/v1"), UrlCredentials.from(ParsedUrl.split(url)),
				new MultipartPart("f", "n", null, Map.of("X-Key", CANARY),
						BodySources.ofBytes(CANARY.getBytes(StandardCharsets.UTF_8))),
				new PoolKey("http", "host", 80, "http://" + USER + "proxy:1", Verify.enabled(), cert, null, null))) {
			samples.put(sample.getClass().getName(), sample);
		}
		return samples;
	}

	/**
	 * Types that contain no text of users, or only text that is not secret by its
	 * meaning.
	 */
	private static final Set<String> WITHOUT_SECRETS = Set.of("CacheStatistics", "CacheStatus", "CallContext",
			"ConcurrentAttempt", "ConnectionHandle", "Deadline", "DecodeLimits", "AddressRange", "HedgingStatistics",
			"HostPattern", "Limits", "NoProxy", "PoolSettings", "PoolStatistics", "ReplyFraming", "Retry",
			"RetryBudget", "StoredBody", "StoredResponse", "TextCodec", "Timeouts", "Timings", "TlsMaterial", "Upload",
			"UriTemplate", "Verify", "WireSocket");

	@Test
	@DisplayName("threat 40: toString() of every public type shows no secret")
	void toStringOfPublicTypesShowsNoSecret() {
		Map<String, Object> samples = samples();
		List<String> missing = new ArrayList<>();
		for (JavaClass type : new ClassFileImporter().withImportOption((location) -> !location.contains("test-classes"))
			.importPackages("io.github.requests4j")) {
			boolean shown = type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isInterface() && !type.isEnum()
					&& type.tryGetMethod("toString").isPresent();
			if (shown && !samples.containsKey(type.getName()) && !WITHOUT_SECRETS.contains(type.getSimpleName())) {
				missing.add(type.getName());
			}
		}
		assertThat(missing).as("add a sample with secrets to this test").isEmpty();
		assertThat(samples.values()).allSatisfy((sample) -> assertThat(sample.toString()).doesNotContain(CANARY));
	}

	/** Statements that were reviewed for secrets, by class. */
	private static final Map<String, Integer> LOG_STATEMENTS = Map.ofEntries(Map.entry("CachingAdapter", 2),
			Map.entry("Refreshes", 1), Map.entry("ExchangeRecord", 1), Map.entry("ResponseContent", 1),
			Map.entry("ContentFile", 1), Map.entry("CookieRules", 2), Map.entry("LeakDetector", 1),
			Map.entry("NetrcFile", 2), Map.entry("WireLog", 5), Map.entry("LimitWatch", 1), Map.entry("HedgedHop", 1));

	@Test
	@DisplayName("threat 40: every log statement was reviewed for secrets")
	void everyLogStatementWasReviewed() throws IOException {
		Pattern statement = Pattern.compile("\\blogger\\.(trace|debug|info|warn|error)\\(");
		Map<String, Integer> found = new TreeMap<>();
		for (Path file : sources()) {
			Matcher matcher = statement.matcher(Files.readString(file));
			int count = (int) matcher.results().count();
			if (count > 0) {
				found.put(file.getFileName().toString().replace(".java", ""), count);
			}
		}
		assertThat(found).as("check whether it can show a secret, cover it in SecretCanaryTests, and count it here")
			.isEqualTo(LOG_STATEMENTS);
	}

	@Test
	@DisplayName("threat 40: no message contains an unmasked URL")
	void messagesDoNotContainRawUrls() throws IOException {
		Pattern raw = Pattern.compile("Exception\\([^;]*(\\burl\\(\\)|\\.text\\(\\)|\\blocation\\b)[^;]*;");
		Set<String> suspicious = new TreeSet<>();
		for (Path file : sources()) {
			raw.matcher(Files.readString(file))
				.results()
				.forEach((found) -> suspicious.add(file.getFileName() + ": " + found.group()));
		}
		assertThat(suspicious).isEmpty();
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java")).sorted().collect(Collectors.toList());
		}
	}

}
