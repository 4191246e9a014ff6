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

import io.github.requests4j.Session;
import io.github.requests4j.adapters.EgressRules;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;
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
 * Checks that the messages in docs/troubleshooting.md are those that callers see.
 */
class TroubleshootingTests extends GuideSupport {

	private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

	@ParameterizedTest
	@EnumSource
	@Timeout(60)
	void messageIsShown(Mishap mishap) throws IOException {
		String message = mishap.provoke(site());
		assertThat(message).contains(mishap.parts);
		String page = Files.readString(PAGE);
		assertThat(page).contains("\n" + message + "\n");
		String below = page.substring(page.indexOf("\n" + message + "\n") + message.length() + 2);
		assertThat(below.lines().filter((line) -> !line.isBlank() && !line.startsWith("```")).findFirst()).as("the fix")
			.hasValueSatisfying((line) -> assertThat(line).doesNotStartWith("#"));
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
		}), "GET http://api.example.com:8080/items: connection refused (api.example.com:8080).",
				"Check the host and port"),

		UNKNOWN_HOST((site) -> failing("http://no-such-host.invalid/items", (request) -> {
		}), "GET http://no-such-host.invalid/items: the host name 'no-such-host.invalid' cannot be resolved.",
				"Check its spelling and the DNS configuration"),

		NO_REPLY((site) -> with(RawServer.start((conversation) -> conversation.readRequest()),
				(server) -> failing(server.url("/items"), (request) -> {
				})), "GET http://api.example.com:8080/items: the server closed the connection without a response",
				"Check the log of the server.", "only if repeating it is safe"),

		CONNECT_TIMEOUT(
				(site) -> with(BlackHole.open(),
						(hole) -> failing(hole.url("http") + "items",
								(request) -> request.timeout(Duration.ofMillis(250)))),
				"GET http://api.example.com:8080/items: connect timed out after 250ms (api.example.com:8080).",
				"Check the host, the port and any firewall", "raise the connect timeout"),

		READ_TIMEOUT((site) -> with(RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.readRequest();
		}), (server) -> failing(server.url("/items"), (request) -> request.timeout(Duration.ofMillis(250)))),
				"GET http://api.example.com:8080/items: read timed out after 250ms while waiting for the response",
				"raise the read timeout"),

		DEADLINE(
				(site) -> with(BlackHole.open(),
						(hole) -> failing(hole.url("http") + "items",
								(request) -> request.deadline(Duration.ofSeconds(1)))),
				"GET http://api.example.com:8080/items: ", "deadline of 1s", "while connecting", "Raise the deadline"),

		UNTRUSTED((site) -> with(HttpbinServer.start(new TestCertificates().localhostContext()),
				(server) -> failing(server.url("/get"), (request) -> {
				})), "GET https://api.example.com:8080/get: no trusted authority signed",
				"set verify to the PEM file of its authority"),

		NO_TLS((site) -> with(RawServer.start(TroubleshootingTests::answerPlainly),
				(server) -> failing(server.url("/get").replace("http:", "https:"), (request) -> {
				})), "GET https://api.example.com:8080/get: ", "does not use TLS on this port",
				"use http instead of https"),

		NO_CA_FILE(
				(site) -> failing(site.replace("http:", "https:") + "/get",
						(request) -> request.verify(Path.of("ca.pem"))),
				"ca.pem", "Could not find", "is resolved against the working directory"),

		PROXY_REFUSES(
				(site) -> with(HttpProxyServer.start("me", "pass"),
						(proxy) -> failing("https://127.0.0.1:1/get",
								(request) -> request.proxy("https", "http://" + proxy.url().substring(7)))),
				"GET https://api.example.com:8080/get: ", "407 Proxy Authentication Required",
				"Add the user name and the password to the URL of the proxy."),

		STATUS((site) -> failing(() -> get(site + "/status/404", (request) -> {
		}).raiseForStatus()), "404 Client Error: Not Found for url: http://api.example.com:8080/status/404 (GET)",
				"Check the base URL, the path and the URI variables."),

		SERVER_STATUS((site) -> failing(() -> get(site + "/status/503", (request) -> {
		}).raiseForStatus()), "503 Server Error: Service Unavailable for url: ", "Try again later"),

		REDIRECTS((site) -> failing(site + "/redirect/40", (request) -> {
		}), "Exceeded 30 redirects", "response().history() lists every hop"),

		NO_SCHEME((site) -> failing("api.example.com/items", (request) -> {
		}), "'api.example.com/items'", "No scheme", "Perhaps you meant https://api.example.com/items"),

		RELATIVE_URL((site) -> failing("/items", (request) -> {
		}), "'/items'", "A relative URL requires a session with a base URL", "Set the base URL of the session"),

		BAD_SCHEME((site) -> failing("ftp://api.example.com/items", (request) -> {
		}), "'ftp://api.example.com/items'", "No connection adapters", "the URL must start with one of these"),

		NO_HOST((site) -> failing("http:///items", (request) -> {
		}), "'http:///items'", "No host supplied. ", "A variable may be empty"),

		BAD_HEADER((site) -> failing(site + "/get", (request) -> request.header("X-Note", "two\nlines")),
				"return character(s)", "'two\\nlines'", "X-Note", "Remove line breaks"),

		PROXY_SCHEME((site) -> failing(site + "/get", (request) -> request.proxy("http", "proxy.example:3128")),
				"proxy.example:3128", "no scheme", "such as http://proxy.example:3128"),

		PROXY_URL((site) -> failing(site + "/get", (request) -> request.proxy("http", "http:///")), "http:///",
				"missing the host", "Please check proxy URL"),

		NAN((site) -> failing(site + "/post", (request) -> request.json(new TreeMap<>(Map.of("price", Double.NaN)))),
				"[\"price\"]", "not JSON compliant", "Use null or a string instead"),

		NO_JSON((site) -> failing(() -> get(site + "/html", (request) -> {
		}).json()), "Unexpected character ('<'", ": line 1 column 1 (char 0). ", "GET http://api.example.com:8080/html",
				"(status 200, text/html", "Check text()"),

		OTHER_JSON((site) -> failing(() -> get(site + "/get", (request) -> {
		}).json(Integer.class)), "GET http://api.example.com:8080/get", "cannot be converted to java.lang.Integer",
				"Compare the type"),

		CUT_CHUNKS((site) -> with(answeringOnce("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
				(server) -> failing(server.url("/items"), (request) -> {
				})), "GET http://api.example.com:8080/items: ", "before the last chunk", "Send the request again"),

		BAD_CHUNKS((site) -> with(answeringOnce("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"),
				(server) -> failing(server.url("/items"), (request) -> {
				})), "GET http://api.example.com:8080/items: ", "a chunk has no size in hexadecimal digits",
				"check the server and any proxy in front of it"),

		CUT_BODY((site) -> with(answeringOnce("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"),
				(server) -> failing(server.url("/items"), (request) -> {
				})), "GET http://api.example.com:8080/items: ", "5 of 10 bytes", "Send the request again"),

		BAD_GZIP((site) -> with(
				answeringOnce("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"),
				(server) -> failing(server.url("/items"), (request) -> {
				})), "GET http://api.example.com:8080/items", "gzip", "does not start with a gzip header"),

		CONSUMED((site) -> {
			Response response = get(site + "/bytes/10", (request) -> request.stream(true));
			response.iterContent().forEachRemaining((piece) -> {
			});
			return failing(response::text);
		}, "already consumed by streaming", "Call content() before streaming"),

		RETRIES((site) -> failing(
				HttpAdapter.builder().maxRetries(Retry.builder().total(2).statusForcelist(503).build()),
				site + "/status/503", (request) -> {
				}), "GET http://api.example.com:8080/status/503 failed after 3 attempts",
				"the last response has status 503", "raiseOnStatus(false)"),

		UNREWINDABLE((site) -> {
			Body once = Body
				.of(new SequenceInputStream(new ByteArrayInputStream(new byte[3]), InputStream.nullInputStream()));
			return failing(site + "/redirect-to?url=/post&status_code=307", (request) -> request.data(once));
		}, "for redirect", "can be read only once", "Use bytes, a file or a supplier"),

		EGRESS((site) -> failing(HttpAdapter.builder().egress(EgressRules.builder().denyPrivate(true).build()),
				site + "/get", (request) -> {
				}), "GET http://api.example.com:8080/get: ", "'api.example.com'", "the address is not public",
				"'allow'"),

		TOO_LONG((site) -> failing(HttpAdapter.builder().limits(Limits.DEFAULTS.withBody(100, -1, -1)),
				site + "/bytes/1000", (request) -> {
				}), "GET http://api.example.com:8080/bytes/1000: ", "limit of 100 bytes", "Raise maxBody");

		private final Provocation provocation;

		private final String[] parts;

		/** The parts say where, why and, unless the page alone does, what to do. */
		Mishap(Provocation provocation, String... parts) {
			this.provocation = provocation;
			this.parts = parts;
		}

		/** The message, without the addresses of a test and the words of one JDK. */
		String provoke(String site) throws IOException {
			return this.provocation.message(site)
				.replaceAll("127\\.0\\.0\\.1:\\d+", "api.example.com:8080")
				.replace("127.0.0.1", "api.example.com");
		}

	}

	/** Causes the failure. */
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

	/** Reads to the end, because closing earlier could discard the response. */
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

	static String failing(String url, Consumer<RequestOptions> options) {
		return failing(() -> get(url, options));
	}

	static String failing(HttpAdapter.Builder adapter, String url, Consumer<RequestOptions> options) {
		try (Session session = Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", adapter.build())
			.build()) {
			return failing(() -> session.get(url, options));
		}
	}

	static String failing(Runnable call) {
		RuntimeException thrown = catchThrowableOfType(RuntimeException.class, call::run);
		assertThat(thrown).isNotNull();
		return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
	}

	private static Response get(String url, Consumer<RequestOptions> options) {
		try (Session session = Session.builder().environment(RequestsEnvironment.EMPTY).build()) {
			return session.request("GET", url, options);
		}
	}

}
