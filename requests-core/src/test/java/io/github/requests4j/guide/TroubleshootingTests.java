package io.github.requests4j.guide;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.RequestOptions;
import io.github.requests4j.RequestsEnvironment;
import io.github.requests4j.Session;
import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.HttpbinServer;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The messages in docs/troubleshooting.md are those that callers meet.
 */
class TroubleshootingTests extends GuideSupport {

	private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

	@ParameterizedTest
	@EnumSource
	@Timeout(60)
	void messageIsShown(Mishap mishap) throws IOException {
		String message = mishap.provoke(site());
		assertThat(message).isNotEmpty();
		assertThat(Files.readString(PAGE)).contains("\n" + message + "\n");
	}

	@Test
	void everyExceptionHasItsSection() throws IOException {
		String page = Files.readString(PAGE);
		Path sources = Path.of("src/main/java/io/github/requests4j/http");
		try (var files = Files.list(sources)) {
			assertThat(files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Exception.java"))).isNotEmpty()
				.allSatisfy((name) -> assertThat(page).contains("\n## " + name.replace(".java", "") + "\n"));
		}
	}

	/** What can go wrong, and how to make it happen. */
	enum Mishap {

		REFUSED((site) -> with(RawServer.answering(), (server) -> {
			String url = server.url("/items");
			server.close();
			return failing(url, (request) -> {
			});
		})),

		UNKNOWN_HOST((site) -> failing("http://no-such-host.invalid/items", (request) -> {
		})),

		NO_REPLY((site) -> with(RawServer.start((conversation) -> conversation.readRequest()),
				(server) -> failing(server.url("/items"), (request) -> {
				}))),

		CONNECT_TIMEOUT((site) -> with(BlackHole.open(),
				(hole) -> failing(hole.url("http") + "items", (request) -> request.timeout(Duration.ofMillis(250))))),

		READ_TIMEOUT((site) -> with(RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.readRequest();
		}), (server) -> failing(server.url("/items"), (request) -> request.timeout(Duration.ofMillis(250))))),

		DEADLINE((site) -> with(BlackHole.open(),
				(hole) -> failing(hole.url("http") + "items", (request) -> request.deadline(Duration.ofSeconds(1))))),

		UNTRUSTED((site) -> with(HttpbinServer.start(new TestCertificates().localhostContext()),
				(server) -> failing(server.url("/get"), (request) -> {
				}))),

		NO_TLS((site) -> with(RawServer.start(TroubleshootingTests::answerPlainly),
				(server) -> failing(server.url("/get").replace("http:", "https:"), (request) -> {
				}))),

		NO_CA_FILE((site) -> failing(site.replace("http:", "https:") + "/get",
				(request) -> request.verify(Path.of("ca.pem")))),

		PROXY_REFUSES((site) -> with(HttpProxyServer.start("me", "pass"),
				(proxy) -> failing("https://127.0.0.1:1/get",
						(request) -> request.proxy("https", "http://" + proxy.url().substring(7))))),

		STATUS((site) -> failing(() -> get(site + "/status/404", (request) -> {
		}).raiseForStatus())),

		REDIRECTS((site) -> failing(site + "/redirect/40", (request) -> {
		})),

		NO_SCHEME((site) -> failing("api.example.com/items", (request) -> {
		})),

		BAD_SCHEME((site) -> failing("ftp://api.example.com/items", (request) -> {
		})),

		NO_HOST((site) -> failing("http:///items", (request) -> {
		})),

		BAD_HEADER((site) -> failing(site + "/get", (request) -> request.header("X-Note", "two\nlines"))),

		PROXY_SCHEME((site) -> failing(site + "/get", (request) -> request.proxy("http", "proxy.example:3128"))),

		PROXY_URL((site) -> failing(site + "/get", (request) -> request.proxy("http", "http:///"))),

		NAN((site) -> failing(site + "/post", (request) -> request.json(new TreeMap<>(Map.of("price", Double.NaN))))),

		NO_JSON((site) -> failing(() -> get(site + "/html", (request) -> {
		}).json())),

		OTHER_JSON((site) -> failing(() -> get(site + "/get", (request) -> {
		}).json(Integer.class))),

		CUT_CHUNKS((site) -> with(answeringOnce("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
				(server) -> failing(server.url("/items"), (request) -> {
				}))),

		CUT_BODY((site) -> with(answeringOnce("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"),
				(server) -> failing(server.url("/items"), (request) -> {
				}))),

		BAD_GZIP((site) -> with(
				answeringOnce("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
				(server) -> failing(server.url("/items"), (request) -> {
				}))),

		CONSUMED((site) -> {
			Response response = get(site + "/bytes/10", (request) -> request.stream(true));
			response.iterContent().forEachRemaining((piece) -> {
			});
			return failing(response::text);
		}),

		RETRIES((site) -> failing(
				HttpAdapter.builder().maxRetries(Retry.builder().total(2).statusForcelist(503).build()),
				site + "/status/503", (request) -> {
				})),

		UNREWINDABLE((site) -> {
			Body once = Body
				.of(new SequenceInputStream(new ByteArrayInputStream(new byte[3]), InputStream.nullInputStream()));
			return failing(site + "/redirect-to?url=/post&status_code=307", (request) -> request.data(once));
		}),

		EGRESS((site) -> failing(HttpAdapter.builder().egress(EgressRules.builder().denyPrivate(true).build()),
				site + "/get", (request) -> {
				})),

		TOO_LONG((site) -> failing(HttpAdapter.builder().limits(Limits.DEFAULTS.withBody(100, -1, -1)),
				site + "/bytes/1000", (request) -> {
				}));

		private final Provocation provocation;

		Mishap(Provocation provocation) {
			this.provocation = provocation;
		}

		/** The message, without the addresses of a test and the words of one JDK. */
		String provoke(String site) throws IOException {
			return this.provocation.message(site)
				.replaceAll("127\\.0\\.0\\.1:\\d+", "api.example.com:8080")
				.replaceAll("port=\\d{4,}", "port=8080")
				.replaceAll("SSLError: .*?\\. (No trusted|The server)", "SSLError: ... $1")
				.replace("127.0.0.1", "api.example.com");
		}

	}

	/** Makes something go wrong. */
	@FunctionalInterface
	interface Provocation {

		String message(String site) throws IOException;

	}

	private static <S extends AutoCloseable> String with(S server, Function<S, String> use) {
		try (server) {
			return use.apply(server);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Reads to the end, since closing before would take the answer back. */
	private static void answerPlainly(RawConversation conversation) throws IOException {
		conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n");
		conversation.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
	}

	/** Closes the connection after what it sends. */
	private static RawServer answeringOnce(String response) throws IOException {
		return RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send(response);
		});
	}

	private static String failing(String url, Consumer<RequestOptions> options) {
		return failing(() -> get(url, options));
	}

	private static String failing(HttpAdapter.Builder adapter, String url, Consumer<RequestOptions> options) {
		try (Session session = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", adapter.build())
			.build()) {
			return failing(() -> session.get(url, options));
		}
	}

	private static String failing(Runnable call) {
		RequestException thrown = catchThrowableOfType(RequestException.class, call::run);
		assertThat(thrown).isNotNull();
		return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
	}

	private static Response get(String url, Consumer<RequestOptions> options) {
		try (Session session = Session.builder().environment(RequestsEnvironment.EMPTY).build()) {
			return session.request("GET", url, options);
		}
	}

}
