package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A prepared request that a session sends is subject to every setting of that session,
 * like one that the session prepares and sends in a single step.
 */
class SendPreparedTests {

	private static final String START = "http://a.example/start?nick=4711";

	@ParameterizedTest
	@EnumSource
	void sendAppliesTheSettingLikeRequest(Setting setting) {
		List<String> requested = observe(setting, (session) -> session.get(START));
		List<String> sent = observe(setting,
				(session) -> session.send(session.prepare("GET", START, (options) -> options.client(""))));
		assertThat(sent).isEqualTo(requested);
		assertThat(requested).as("the setting makes a difference").isNotEqualTo(observe(null, (s) -> s.get(START)));
	}

	@Test
	void everySettingIsCovered() {
		Set<String> tried = Arrays.stream(Setting.values())
			.map((setting) -> setting.component)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Set<String> components = Stream
			.concat(Arrays.stream(SessionSettings.class.getRecordComponents()),
					Stream.concat(Arrays.stream(SessionSettings.Redirects.class.getRecordComponents()),
							Arrays.stream(SendOptions.class.getRecordComponents())))
			.map(RecordComponent::getName)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		// The parts of the redirects and the defaults are tried one by one. A frozen
		// session only rejects updates, and adapters have their own tests. Keys and
		// compression belong to preparing, and have tests of their own. What is left
		// belongs to a single call or hop.
		components.removeAll(List.of("redirects", "defaults", "frozen", "adapters", "idempotencyKeys", "compressFrom",
				"progress", "context", "kind"));
		assertThat(tried).isEqualTo(components);
	}

	@Test
	void deadlineStartsAgainForEachSend() throws IOException {
		List<Deadline> deadlines = new ArrayList<>();
		FixedAdapter adapter = new FixedAdapter((request, options) -> deadlines.add(options.deadline()));
		try (Session session = Session.builder().mount("http://", adapter).deadline(Duration.ofMinutes(3)).build()) {
			PreparedRequest prepared = session.prepare("GET", START, (options) -> options.client(""));
			session.send(prepared);
			session.send(prepared);
			Deadline own = Deadline.after(Duration.ofMinutes(9));
			session.send(prepared, SendOptions.DEFAULTS.withDeadline(own));
			assertThat(deadlines.get(0).limit()).isEqualTo(Duration.ofMinutes(3));
			assertThat(deadlines.get(1)).isNotSameAs(deadlines.get(0));
			assertThat(deadlines.get(2)).as("that of the call wins").isSameAs(own);
		}
	}

	@Test
	void deadlineEndsAnUnansweredCall() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.awaitClientClose();
		});
				HttpAdapter adapter = HttpAdapter.builder().build();
				Session session = Session.builder()
					.mount("http://", adapter)
					.deadline(Duration.ofMillis(300))
					.build()) {
			PreparedRequest prepared = session.prepare("GET", server.url("/"), (options) -> options.client(""));
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(() -> session.send(prepared))
				.withMessageContaining("300ms");
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	/** Everything that the caller and the server can observe of a call. */
	private static List<String> observe(Setting setting, Call call) {
		List<String> seen = new ArrayList<>();
		Session.Builder builder = Session.builder().mount("http://", new Replies(seen)).trustEnv(false);
		if (setting != null) {
			setting.change.accept(builder);
			setting.watch.watch(builder, seen);
		}
		try (Session session = builder.build()) {
			Response response = call.on(session);
			seen.add("status " + response.statusCode() + ", read: " + response.isContentConsumed());
			seen.add("json " + response.json(Item.class));
			response.history().forEach((hop) -> seen.add("history " + hop.url()));
			seen.add(raised(response));
			session.cookies().forEach((cookie) -> seen.add("jar " + cookie.name()));
		}
		catch (RequestException ex) {
			seen.add(ex.getClass().getSimpleName());
		}
		return seen;
	}

	private static String raised(Response response) {
		try {
			response.raiseForStatus();
			return "";
		}
		catch (RequestException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	/** One way to make a call. */
	@FunctionalInterface
	private interface Call {

		Response on(Session session);

	}

	/** Adds a setting to a session that records what it receives. */
	@FunctionalInterface
	private interface Watch {

		void watch(Session.Builder builder, List<String> seen);

	}

	/** The parts of a body that the tests check. */
	record Item(String firstName) {
	}

	/** A setting of a session, with a value that changes what can be seen of a call. */
	private enum Setting {

		NAME("name", (builder) -> builder.name("books")),

		BASE_URL("baseUrl", (builder) -> builder.baseUrl("http://a.example/").header("X-Own", "1")),

		TRUSTED_ORIGINS("trustedOrigins",
				(builder) -> builder.baseUrl("http://c.example/")
					.trustedOrigins("http://a.example")
					.header("X-Own", "1")),

		HEADERS("headers", (builder) -> builder.header("X-Own", "1")),

		PARAMS("params", (builder) -> builder.param("page", 2)),

		AUTH("auth", (builder) -> builder.auth("ann", "secret")),

		TIMEOUTS("timeouts", (builder) -> builder.timeouts(Timeouts.of(Duration.ofSeconds(2), Duration.ofSeconds(3)))),

		DEADLINE("deadline", (builder) -> builder.deadline(Duration.ofMinutes(3))),

		PROXIES("proxies", (builder) -> builder.proxy("http", "http://proxy.example:3128")),

		VERIFY("verify", (builder) -> builder.verify(Verify.of(false))),

		CERT("cert", (builder) -> builder.cert(ClientCert.of(Path.of("client.pem")))),

		MAX_REDIRECTS("max", (builder) -> builder.maxRedirects(1)),

		ALLOW_REDIRECTS("allowRedirects", (builder) -> builder.allowRedirects(false)),

		REDIRECT_RULES("rules", (builder) -> builder.redirectRules(new RedirectRules() {
			@Override
			public String redirectTarget(Response response) {
				return null;
			}
		})),

		STRICT_REDIRECTS("strict",
				(builder) -> builder.auth("ann", "secret").strictRedirects(true).redirectRules(new RedirectRules() {
					@Override
					public boolean shouldStripAuth(RedirectContext context, String oldUrl, String newUrl) {
						return context.strict();
					}
				})),

		SECRET_HEADERS("secretHeaders",
				(builder) -> builder.header("X-Own", "1").stripHeadersOnRedirect("X-Own", "User-Agent")),

		STREAM("stream", (builder) -> builder.stream(true)),

		CACHE("cache", (builder) -> builder.cache(false)),

		ATTRIBUTES("attributes", (builder) -> builder.attribute(String.class, "own")),

		TRUST_ENV("trustEnv",
				(builder) -> builder.environment(new MapEnvironment(Map.of("http_proxy", "http://proxy.example:3128")))
					.trustEnv(true)),

		ENVIRONMENT("environment",
				(builder) -> builder.environment(new MapEnvironment(Map.of("all_proxy", "http://env.example:3128")))
					.trustEnv(true)),

		COOKIES("cookieScope", (builder) -> builder.cookieScope(CookieScope.NONE)),

		HOOKS("hooks", (builder) -> builder.hooks(Hooks.NONE), (builder, seen) -> builder.hook((response, options) -> {
			seen.add("hook " + response.url());
			return null;
		})),

		LISTENERS("hooks", (builder) -> builder.listener((exchange) -> new ExchangeListener.Scope() {
		})),

		INTERCEPTORS("interceptors", (builder) -> builder.stream(false),
				(builder, seen) -> builder.interceptor((request, options, chain) -> {
					seen.add("interceptor " + request.url());
					return chain.proceed(request, options);
				})),

		JSON_MAPPER("jsonMapper",
				(builder) -> builder.jsonMapper(
						JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())),

		MASKED_PARAMS("maskedParams", (builder) -> builder.maskedParams(Set.of("nick"))),

		SETTING_NAMES("settingNames", (builder) -> builder.settingNames((name) -> "key of " + name),
				(builder, seen) -> builder.interceptor((request, options, chain) -> {
					seen.add(new RequestException("maxBody").attach(request, null).getMessage());
					return chain.proceed(request, options);
				}));

		private final String component;

		private final Consumer<Session.Builder> change;

		private final Watch watch;

		Setting(String component, Consumer<Session.Builder> change) {
			this(component, change, (builder, seen) -> {
			});
		}

		Setting(String component, Consumer<Session.Builder> change, Watch watch) {
			this.component = component;
			this.change = change;
			this.watch = watch;
		}

	}

	/** Leads to the same host, then to another, and fails there. */
	private record Replies(List<String> seen) implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			this.seen.add(request.method() + " " + request.url());
			request.headers().forEach((name, value) -> this.seen.add(name + ": " + value));
			this.seen.add(describe(options));
			CookieJar cookies = new CookieJar();
			cookies.setCookie(Cookie.create("c" + this.seen.size(), "1"));
			CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
			if (request.url().contains("/start")) {
				headers.put("Location", "/next?nick=4711");
			}
			else if (request.url().contains("/next")) {
				headers.put("Location", "http://b.example/end?nick=4711");
			}
			return Response.builder(headers.isEmpty() ? 500 : 302)
				.headers(headers)
				.request(request)
				.url(request.url())
				.cookies(cookies)
				.raw(new ByteArrayInputStream("{\"first_name\": \"Ann\"}".getBytes(StandardCharsets.UTF_8)))
				.build();
		}

		private static String describe(SendOptions options) {
			// An adapter verifies certificates unless it is configured otherwise.
			Verify verify = (options.verify() != null) ? options.verify() : Verify.enabled();
			return "timeouts " + options.timeouts() + ", deadline "
					+ ((options.deadline() != null) ? options.deadline().limit() : null) + ", stream "
					+ options.stream() + ", redirects " + options.allowRedirects() + ", verify " + verify + ", cert "
					+ options.cert() + ", proxies " + options.proxies() + ", session " + options.context().session()
					+ ", listeners " + options.context().listeners().size() + ", kind " + options.kind() + ", cache "
					+ options.cache() + ", attributes " + options.attributes();
		}

		@Override
		public void close() {
		}

	}

}
