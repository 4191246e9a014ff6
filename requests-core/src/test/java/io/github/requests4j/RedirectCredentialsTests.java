package io.github.requests4j;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.OriginServer;
import io.github.requests4j.testserver.OriginServer.Arrival;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of credentials over every kind of redirect, on real sockets: what arrives at
 * the last hop. The table of {@code docs/security.md} is written from here, with
 * {@code -Dredirects.write=true}.
 */
@Tag("once")
class RedirectCredentialsTests {

	private static final Path PAGE = Path.of("../docs/security.md");

	private static final String BEGIN = "<!-- redirects: written by RedirectCredentialsTests -->\n";

	private static final String END = "<!-- end of redirects -->\n";

	private static final String CANARY = "c4n4ry";

	private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";

	@TempDir
	static Path folder;

	private static OriginServer one;

	private static OriginServer two;

	private static Path authority;

	private static Path client;

	private static Path netrc;

	/**
	 * Without an entry for the first host, which would take precedence over credentials
	 * in the URL.
	 */
	private static Path netrcOfOther;

	@BeforeAll
	static void start() throws IOException {
		TestCertificates certificates = new TestCertificates();
		one = OriginServer.start(certificates.serverContext(certificates.issue("a.test", "b.test")));
		two = OriginServer.start(certificates.serverContext(certificates.issue("a.test", "b.test")));
		authority = certificates.writeAuthority(folder);
		client = TestCertificates.writeBoth(folder.resolve("client.pem"), certificates.issue("client"));
		netrc = Files.writeString(folder.resolve("netrc"),
				"machine a.test login netrc password a\nmachine b.test login netrc password b\n");
		netrcOfOther = Files.writeString(folder.resolve("other"), "machine b.test login netrc password b\n");
	}

	@AfterAll
	static void stop() {
		one.close();
		two.close();
	}

	static Stream<Arguments> cells() {
		return Stream.of(Credentials.values())
			.flatMap((credentials) -> Step.all().stream().map((step) -> Arguments.of(credentials, step)));
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("cells")
	@DisplayName("threats 1 to 7: after a redirect, credentials arrive as the table in docs/security.md states")
	void credentialsArriveAsDocumented(Credentials credentials, Step step) {
		boolean proxied = credentials == Credentials.PROXY || step.kind == Step.Kind.DEFAULT_PORTS;
		List<String> urls = step.urls(one.port(), two.port());
		for (OriginServer server : List.of(one, two)) {
			server.answer((arrival) -> reply(credentials, arrival, urls));
		}
		try (Session session = session(credentials, proxied)) {
			String url = (credentials == Credentials.URL) ? urls.get(0).replace("://", "://user:" + CANARY + "@")
					: urls.get(0);
			try (Response response = session.get(url, (options) -> credentials.call.accept(options, urls.get(0)))) {
				assertThat(response.url()).endsWith("/" + (urls.size() - 1));
			}
		}
		List<Arrival> arrivals = Stream.of(one, two).flatMap((server) -> server.arrivals().stream()).toList();
		List<Arrival> last = arrivals.stream()
			.filter((arrival) -> arrival.request().path().endsWith("/" + (urls.size() - 1)))
			.toList();
		assertThat(last).isNotEmpty();
		assertThat(Outcome.of(credentials, last)).isEqualTo(credentials.expected.apply(step));
		// Whatever happens to the call's own credentials, others do not take their place
		if (credentials.isOwnAuth()) {
			assertThat(arrivals).allSatisfy((arrival) -> assertThat(authorization(arrival)).doesNotContain("bmV0cmM6"));
		}
		assertThat(arrivals)
			.filteredOn((arrival) -> arrival.request().path().endsWith("/0") && credentials.isAtFirst(arrival))
			.as("at the first hop")
			.isNotEmpty();
		if (proxied) {
			assertProxyGetsItsOwn(arrivals, credentials == Credentials.PROXY);
		}
	}

	/**
	 * A tunnel carries only the origin's credentials, and the proxy receives only its
	 * own.
	 */
	private static void assertProxyGetsItsOwn(List<Arrival> arrivals, boolean credentials) {
		String expected = credentials ? basic("proxy", CANARY) : null;
		assertThat(one.tunnels()).allSatisfy((tunnel) -> {
			assertThat(tunnel.header("Proxy-Authorization")).isEqualTo(expected);
			assertThat(tunnel.header("Authorization")).isNull();
			assertThat(tunnel.header("Cookie")).isNull();
		});
		assertThat(arrivals).allSatisfy((arrival) -> {
			assertThat(arrival.proxied()).isTrue();
			assertThat(arrival.request().header("Proxy-Authorization")).isEqualTo(arrival.isSecure() ? null : expected);
		});
	}

	private static Reply reply(Credentials credentials, Arrival arrival, List<String> urls) {
		int hop = Integer.parseInt(arrival.request().path().substring(1));
		boolean challenged = credentials == Credentials.DIGEST && (hop == 0 || hop == urls.size() - 1)
				&& !authorization(arrival).startsWith("Digest ");
		if (challenged) {
			return Reply.of(401, "", CHALLENGE);
		}
		return (hop + 1 < urls.size()) ? Reply.redirect(302, urls.get(hop + 1)) : Reply.ok("");
	}

	private static Session session(Credentials credentials, boolean proxied) {
		HttpAdapter adapter = HttpAdapter.builder()
			.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
			.build();
		Session.Builder builder = Session.builder()
			.environment(new MapEnvironment(
					Map.of("NETRC", ((credentials == Credentials.URL) ? netrcOfOther : netrc).toString())))
			.mount("http://", adapter)
			.mount("https://", adapter)
			.verify(authority)
			.stripHeadersOnRedirect("X-Secret");
		if (credentials == Credentials.SESSION_AUTH) {
			builder.auth("user", CANARY);
		}
		if (credentials == Credentials.CERTIFICATE) {
			builder.cert(client);
		}
		if (proxied) {
			String user = (credentials == Credentials.PROXY) ? "proxy:" + CANARY + "@" : "";
			String proxy = "http://" + user + "127.0.0.1:" + one.port();
			builder.proxy("http", proxy).proxy("https", proxy);
		}
		Session session = builder.build();
		if (credentials == Credentials.JAR || credentials == Credentials.SECURE_JAR) {
			session.cookies()
				.set("jar", CANARY,
						(cookie) -> cookie.domain("a.test")
							.hostOnly(true)
							.secure(credentials == Credentials.SECURE_JAR));
		}
		return session;
	}

	private static String authorization(Arrival arrival) {
		return Objects.requireNonNullElse(arrival.request().header("Authorization"), "");
	}

	private static String basic(String user, String password) {
		return new BasicCredentials(user, password).headerValue();
	}

	@Test
	@DisplayName("docs/security.md contains the table that the tests check")
	void pageIsUpToDate() throws IOException {
		String page = Files.readString(PAGE);
		int begin = page.indexOf(BEGIN) + BEGIN.length();
		int end = page.indexOf(END);
		assertThat(page).contains(BEGIN, END);
		String expected = page.substring(0, begin) + table() + page.substring(end);
		if (Boolean.getBoolean("redirects.write")) {
			Files.writeString(PAGE, expected);
		}
		assertThat(Files.readString(PAGE)).as("docs/security.md; write it again with -Dredirects.write=true")
			.isEqualTo(expected);
	}

	private static String table() {
		StringBuilder table = new StringBuilder("\n| Scheme | Host | Port |");
		StringBuilder line = new StringBuilder("|---|---|---|");
		for (Credentials credentials : Credentials.values()) {
			table.append(' ').append(credentials.label).append(" |");
			line.append("---|");
		}
		table.append('\n').append(line).append('\n');
		for (Step step : Step.all()) {
			table.append("| ").append(step.cells()).append(" |");
			for (Credentials credentials : Credentials.values()) {
				table.append(' ').append(credentials.expected.apply(step).shown).append(" |");
			}
			table.append('\n');
		}
		return table.append('\n').toString();
	}

	/** What arrives at the last hop. */
	enum Outcome {

		SENT("sent"), DROPPED("–"), OF_NEW_HOST("the new host's");

		private final String shown;

		Outcome(String shown) {
			this.shown = shown;
		}

		static Outcome of(Credentials credentials, List<Arrival> last) {
			if (last.stream().anyMatch(credentials.arrived)) {
				return SENT;
			}
			boolean other = credentials == Credentials.NETRC
					&& last.stream().anyMatch((arrival) -> authorization(arrival).equals(basic("netrc", "b")));
			return other ? OF_NEW_HOST : DROPPED;
		}

		static Outcome sentIf(boolean sent) {
			return sent ? SENT : DROPPED;
		}

	}

	/**
	 * A way from one URL to another, and perhaps back.
	 *
	 * @param kind what happens to the scheme
	 * @param host whether the host changes
	 * @param port whether the port changes
	 */
	record Step(Kind kind, boolean host, boolean port) {

		enum Kind {

			SAME("same", "https", "https"), UP("http to https", "http", "https"),
			DOWN("https to http", "https", "http"), DEFAULT_PORTS("http to https", "http", "https"),
			BACK("same", "https", "https");

			private final String label;

			private final String from;

			private final String to;

			Kind(String label, String from, String to) {
				this.label = label;
				this.from = from;
				this.to = to;
			}

		}

		static List<Step> all() {
			List<Step> all = new ArrayList<>();
			for (Kind kind : List.of(Kind.SAME, Kind.UP, Kind.DOWN)) {
				for (boolean host : new boolean[] { false, true }) {
					all.add(new Step(kind, host, false));
					all.add(new Step(kind, host, true));
				}
			}
			all.add(new Step(Kind.DEFAULT_PORTS, false, true));
			all.add(new Step(Kind.BACK, true, false));
			all.add(new Step(Kind.BACK, false, true));
			return all;
		}

		List<String> urls(int first, int second) {
			if (this.kind == Kind.DEFAULT_PORTS) {
				return List.of("http://a.test/0", "https://a.test/1");
			}
			String to = this.kind.to + "://" + (this.host ? "b" : "a") + ".test:" + (this.port ? second : first);
			String from = this.kind.from + "://a.test:" + first;
			return (this.kind == Kind.BACK) ? List.of(from + "/0", to + "/1", from + "/2")
					: List.of(from + "/0", to + "/1");
		}

		boolean isSameOrigin() {
			return this.kind == Kind.SAME && !this.host && !this.port;
		}

		/** Whether the last hop has the same host as the first. */
		boolean endsAtHost() {
			return !this.host || this.kind == Kind.BACK;
		}

		boolean keepsAuthorization() {
			return isSameOrigin() || this.kind == Kind.DEFAULT_PORTS;
		}

		String cells() {
			if (this.kind == Kind.DEFAULT_PORTS) {
				return this.kind.label + " | same | 80 to 443";
			}
			String changed = (this.kind == Kind.BACK) ? "another, and back" : "another";
			return this.kind.label + " | " + (this.host ? changed : "same") + " | " + (this.port ? changed : "same");
		}

		@Override
		public String toString() {
			return cells();
		}

	}

	/** The columns. */
	enum Credentials {

		BASIC("Basic, per call", (options, url) -> options.auth("user", CANARY),
				header("Authorization", "Basic dXNlcjp"), (step) -> Outcome.sentIf(step.keepsAuthorization())),

		SESSION_AUTH("auth of the session", (options, url) -> {
		}, header("Authorization", "Basic dXNlcjp"), (step) -> Outcome.sentIf(step.keepsAuthorization())),

		URL("in the URL", (options, url) -> {
		}, header("Authorization", "Basic dXNlcjp"), (step) -> Outcome.sentIf(step.keepsAuthorization())),

		BEARER("Bearer", (options, url) -> options.auth(new BearerAuth(CANARY)), header("Authorization", "Bearer "),
				(step) -> Outcome.sentIf(step.keepsAuthorization())),

		DIGEST("Digest", (options, url) -> options.auth(new HttpDigestAuth("user", CANARY)),
				header("Authorization", "Digest "), (step) -> Outcome.sentIf(step.isSameOrigin())),

		HEADER("`Authorization` header", (options, url) -> options.header("Authorization", "Custom " + CANARY),
				header("Authorization", "Custom "), (step) -> Outcome.sentIf(step.keepsAuthorization())),

		NETRC("netrc", (options, url) -> {
		}, header("Authorization", "Basic bmV0cmM6YQ=="), Credentials::netrc),

		JAR("cookies of the jar", (options, url) -> {
		}, header("Cookie", "jar="), (step) -> Outcome.sentIf(step.endsAtHost())),

		SECURE_JAR("`Secure` cookies of the jar", (options, url) -> {
		}, header("Cookie", "jar="), (step) -> Outcome.sentIf(step.endsAtHost() && step.kind().to.equals("https"))),

		CALL_COOKIE("cookies of the call", (options, url) -> options.cookie("call", CANARY), header("Cookie", "call="),
				(step) -> Outcome.sentIf(step.endsAtHost())),

		COOKIE_HEADER("`Cookie` header", (options, url) -> options.header("Cookie", "own=" + CANARY),
				header("Cookie", "own="), (step) -> Outcome.DROPPED),

		SECRET_HEADER("`stripHeadersOnRedirect`", (options, url) -> options.header("X-Secret", CANARY),
				header("X-Secret", CANARY), (step) -> Outcome.sentIf(step.isSameOrigin())),

		OTHER_HEADER("other headers", (options, url) -> options.header("X-Other", CANARY), header("X-Other", CANARY),
				(step) -> Outcome.SENT),

		CERTIFICATE("client certificate", (options, url) -> {
		}, Arrival::certificate, (step) -> Outcome.sentIf(step.kind().to.equals("https"))),

		PROXY("proxy credentials, at the origin", (options, url) -> {
		}, (arrival) -> arrival.isSecure() && arrival.request().header("Proxy-Authorization") != null,
				(step) -> Outcome.DROPPED);

		private final String label;

		private final BiConsumer<RequestOptions, String> call;

		private final Predicate<Arrival> arrived;

		private final Function<Step, Outcome> expected;

		Credentials(String label, BiConsumer<RequestOptions, String> call, Predicate<Arrival> arrived,
				Function<Step, Outcome> expected) {
			this.label = label;
			this.call = call;
			this.arrived = arrived;
			this.expected = expected;
		}

		private static Predicate<Arrival> header(String name, String start) {
			return (arrival) -> {
				RawRequest request = arrival.request();
				return request.headers(name).stream().anyMatch((value) -> value.startsWith(start));
			};
		}

		/** A host that was left, and plain http after https, receive none. */
		private static Outcome netrc(Step step) {
			if (step.keepsAuthorization()) {
				return Outcome.SENT;
			}
			boolean asked = step.host() && step.kind() != Step.Kind.DOWN && step.kind() != Step.Kind.BACK;
			return asked ? Outcome.OF_NEW_HOST : Outcome.DROPPED;
		}

		boolean isOwnAuth() {
			return ordinal() <= HEADER.ordinal();
		}

		boolean isAtFirst(Arrival arrival) {
			boolean secureOnly = this == SECURE_JAR || this == CERTIFICATE;
			return this == PROXY || this.arrived.test(arrival) || (secureOnly && !arrival.isSecure());
		}

	}

}
