package io.github.requests4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.auth.BearerAuth;
import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.auth.HttpProxyAuth;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.LogCapture;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A secret in every place that can contain one, in successful calls and calls that fail
 * in every way, is in no log at any level, no {@code toString}, and no message of an
 * exception, its causes and its suppressed exceptions.
 */
@Tag("once")
class SecretCanaryTests {

	private static final String CANARY = "c4n4ry";

	private static final String OK = "HTTP/1.1 200 OK\r\nSet-Cookie: id=" + CANARY + "; Path=/\r\nX-Auth-Token: "
			+ CANARY + "\r\nLocation: http://u:" + CANARY + "@h/?token=" + CANARY + "\r\nContent-Length: 6\r\n\r\n"
			+ CANARY;

	@RegisterExtension
	private final LogCapture log = LogCapture.of(Logger.ROOT_LOGGER_NAME, Level.TRACE);

	private final List<String> seen = new ArrayList<>();

	@TempDir
	Path folder;

	/** Checks everything that was logged and collected. */
	private void nothingShows() {
		for (ILoggingEvent event : this.log.events()) {
			this.seen.add(event.getFormattedMessage());
			if (event.getThrowableProxy() != null) {
				this.seen.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
			}
		}
		String user = Base64.getEncoder()
			.encodeToString(("user:" + CANARY).getBytes(StandardCharsets.UTF_8))
			.substring(8, 14);
		assertThat(this.seen).isNotEmpty()
			.allSatisfy((text) -> assertThat(text).doesNotContain(CANARY).doesNotContain(user));
	}

	private void look(Object... objects) {
		for (Object object : objects) {
			this.seen.add(String.valueOf(object));
		}
	}

	/**
	 * The whole of an exception: messages, causes, what was suppressed, and whom it is
	 * about.
	 */
	private void look(Throwable thrown) {
		assertThat(thrown).isNotNull();
		this.seen.add(Throwables.getStackTrace(thrown));
		if (thrown instanceof RequestException ex) {
			look(String.valueOf(ex.request()), String.valueOf(ex.response()));
		}
	}

	private Session.Builder session() {
		return Session.builder()
			.environment(new MapEnvironment(Map.of()))
			.timeout(Duration.ofSeconds(20))
			.auth("user", CANARY)
			.header("X-Api-Key", CANARY)
			.param("api_key", CANARY)
			.param("no telling name", CANARY)
			.maskedParams(Set.of("no telling name"));
	}

	/** Secrets in everything that a call can carry. */
	private static void secrets(RequestOptions call) {
		call.param("token", CANARY)
			.header("Proxy-Authorization", CANARY)
			.header("X-Auth-Token", CANARY)
			.cookie("session", CANARY)
			.data(CANARY);
	}

	private static List<Consumer<RequestOptions>> calls() {
		return List.of(SecretCanaryTests::secrets, (call) -> call.data(Map.of("password", CANARY)),
				(call) -> call.json(Map.of("password", CANARY)),
				(call) -> call.data(Map.of("a", CANARY)).files(FilePart.of("f", "name.txt", CANARY)),
				(call) -> call.auth(new BearerAuth(CANARY)), (call) -> call.auth(new HttpProxyAuth("user", CANARY)),
				(call) -> call.auth(new HttpDigestAuth("user", CANARY)));
	}

	@Test
	@DisplayName("threat 40: successful calls show no secret at any log level")
	void successfulCallsShowNoSecret() throws IOException {
		try (RawServer server = RawServer.start((peer) -> {
			while (peer.readRequest() != null) {
				peer.send(OK);
			}
		}); Session session = session().build()) {
			for (Consumer<RequestOptions> secrets : calls()) {
				Response response = session.post(
						"http://user:" + CANARY + "@" + server.authority() + "/?access_token=" + CANARY + "#" + CANARY,
						secrets);
				assertThat(response.text()).isEqualTo(CANARY);
				look(session, session.cookies(), session.headers(), session.auth(), session.params(), response,
						response.request(), response.headers(), response.cookies(), response.request().headers(),
						response.request().body(), response.history(), response.attempts());
			}
		}
		assertThat(this.log.messages()).anyMatch((line) -> line.startsWith("send: "))
			.anyMatch((line) -> line.startsWith("header: "));
		nothingShows();
	}

	@Test
	@DisplayName("threat 40: failed calls show no secret in any message, cause or trace")
	void failedCallsShowNoSecret() throws IOException {
		List<String> answers = List.of("", "HTTP/1.1 200 OK\r\nX-Auth-Token: " + CANARY + "\r\nContent-Le",
				"HTTP/1.1 200 OK\r\n" + CANARY + "\r\n\r\n", CANARY + "\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + CANARY,
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CANARY + "\r\n",
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\n" + CANARY,
				"HTTP/1.1 302 Found\r\nLocation: http://u:" + CANARY + "@[::\r\nContent-Length: 0\r\n\r\n",
				"HTTP/1.1 302 Found\r\nLocation: ftp://u:" + CANARY + "@h/?access_token=" + CANARY
						+ "\r\nContent-Length: 0\r\n\r\n");
		for (String answer : answers) {
			try (RawServer server = RawServer.start((peer) -> {
				peer.readRequest();
				peer.send(answer);
			}); Session session = session().build()) {
				String url = "http://user:" + CANARY + "@" + server.authority() + "/?access_token=" + CANARY;
				for (Consumer<RequestOptions> secrets : calls()) {
					look(catchThrowable(() -> session.post(url, secrets)));
				}
			}
		}
		nothingShows();
	}

	@Test
	@DisplayName("threat 40: error responses, JSON errors and redirect errors show no secret")
	void errorResponsesShowNoSecret() throws IOException {
		try (RawServer server = RawServer.start((peer) -> {
			String head = peer.readHead();
			while (head != null) {
				peer.readBody(head);
				String path = head.substring(head.indexOf(' ') + 1, head.indexOf('?'));
				peer.send(switch (path) {
					case "/loop" -> "HTTP/1.1 302 Found\r\nLocation: /loop?access_token=" + CANARY
							+ "\r\nContent-Length: 0\r\n\r\n";
					case "/busy" -> "HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 6\r\n\r\n" + CANARY;
					default -> OK.replace("200 OK", "404 Not here");
				});
				head = peer.readHead();
			}
		});
				Session session = session().maxRedirects(2)
					.mount("http://",
							HttpAdapter.builder()
								.maxRetries(Retry.builder().total(1).statusForcelist(503).build())
								.build())
					.build()) {
			String url = "http://user:" + CANARY + "@" + server.authority();
			Response missing = session.get(url + "/?access_token=" + CANARY, SecretCanaryTests::secrets);
			look(catchThrowable(missing::raiseForStatus));
			look(catchThrowable(missing::json));
			look(catchThrowable(() -> session.get(url + "/loop?access_token=" + CANARY, SecretCanaryTests::secrets)));
			look(catchThrowable(() -> session.get(url + "/busy?access_token=" + CANARY, SecretCanaryTests::secrets)));
		}
		nothingShows();
	}

	@Test
	@DisplayName("threat 40: failures of proxies show no secret")
	void proxiesShowNoSecret() throws IOException {
		try (HttpProxyServer strict = HttpProxyServer.start("user", "other");
				HttpProxyServer odd = HttpProxyServer.answering(CANARY + "\r\n\r\n");
				SocksProxyServer socks = SocksProxyServer.start("user:other")) {
			List<String> urls = List.of("http://user:" + CANARY + "@127.0.0.1:1",
					strict.url().replace("://", "://user:" + CANARY + "@"),
					odd.url().replace("://", "://user:" + CANARY + "@"),
					"socks5://user:" + CANARY + "@" + socks.authority(), "socks5h://user:" + CANARY + "@127.0.0.1:1",
					"https://user:" + CANARY + "@" + strict.url().substring(7), "http://user:" + CANARY + "@",
					"ftp://user:" + CANARY + "@host", "http://user:" + CANARY + "@[::",
					"http://user:" + CANARY + "\u0001@host:1", "user:" + CANARY + "@host");
			for (String url : urls) {
				for (String target : List.of("http://127.0.0.1:1/?access_token=",
						"https://127.0.0.1:1/?access_token=")) {
					try (Session session = session().timeout(Duration.ofSeconds(1))
						.proxy("http", url)
						.proxy("https", url)
						.build()) {
						Object result = null;
						try {
							result = session.get(target + CANARY, SecretCanaryTests::secrets);
						}
						catch (RequestException ex) {
							look(ex);
						}
						look(String.valueOf(result), session, session.proxies());
					}
					catch (RequestException ex) {
						look(ex);
					}
				}
			}
		}
		nothingShows();
	}

	@Test
	@DisplayName("threat 40: the content of a netrc file and the password of a key are not shown")
	void filesShowNoSecret() throws IOException {
		Path netrc = Files.writeString(this.folder.resolve("netrc"),
				"machine 127.0.0.1 login user password " + CANARY + "\n");
		Path odd = Files.writeString(this.folder.resolve("odd"), "machine 127.0.0.1 login user " + CANARY + " x\n");
		for (Path file : List.of(netrc, odd)) {
			try (RawServer server = RawServer.answering(OK);
					Session session = Session.builder()
						.environment(new MapEnvironment(Map.of("NETRC", file.toString())))
						.build()) {
				Response response = session.get(server.url("/"));
				look(session, response, response.request());
			}
		}
		TestCertificates certificates = new TestCertificates();
		Path pem = TestCertificates.writeBoth(this.folder.resolve("client.pem"), certificates.issue("client"));
		String text = Files.readString(pem);
		Path broken = Files.writeString(this.folder.resolve("broken.pem"),
				text.replaceAll("(?s)(BEGIN PRIVATE KEY-----\\s).*(\\s-----END PRIVATE)", "$1" + CANARY + "$2"));
		for (Path file : List.of(broken, this.folder.resolve("none.pem"))) {
			ClientCert cert = ClientCert.of(file).withPassword(CANARY);
			try (Session session = session().cert(cert).build()) {
				look(catchThrowable(() -> session.get("https://127.0.0.1:1/")));
				look(cert, session, session.cert());
			}
		}
		nothingShows();
	}

	@Test
	@DisplayName("threat 40: toString() of objects with a secret does not show it")
	void toStringShowsNoSecret() {
		CookieJar jar = new CookieJar();
		jar.set("id", CANARY);
		Auth digest = new HttpDigestAuth("user", CANARY);
		Request request = Request.of("POST", "http://u:" + CANARY + "@host/p?access_token=" + CANARY,
				(o) -> o.header("Authorization", CANARY)
					.params(Map.of("token", CANARY))
					.cookies(jar)
					.auth(digest)
					.data(CANARY));
		PreparedRequest prepared = request.prepare();
		Response response = Response.builder(200)
			.request(prepared)
			.raw(new ByteArrayInputStream(CANARY.getBytes(StandardCharsets.UTF_8)))
			.cookies(jar)
			.build();
		Proxies proxies = Proxies.of(Map.of("http", "http://u:" + CANARY + "@h:1"));
		SendOptions options = SendOptions
			.of((o) -> o.proxies(proxies).cert(ClientCert.of(Path.of("c.pem")).withPassword(CANARY)));
		look(jar, Cookie.create("id", CANARY), digest, request, prepared, prepared.headers(), prepared.body(), response,
				proxies, options, new HttpBasicAuth("user", CANARY), new HttpProxyAuth("user", CANARY),
				new BearerAuth(CANARY), Body.of(CANARY), Body.form(Map.of("password", CANARY)),
				FilePart.of("f", "name.txt", CANARY), options.cert(),
				new Attempt("GET", "http://host/?token=" + CANARY, null, 503, Duration.ZERO));
		nothingShows();
	}

}
