package io.github.requests4j.adapters;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Unrequested bytes never become the next caller's response.
 */
class PoisoningTests {

	private static final String EVIL = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";

	private static SSLContext tls;

	@BeforeAll
	static void makeCertificate() {
		tls = new TestCertificates().localhostContext();
	}

	@ParameterizedTest(name = "{0}, {1}, late: {2}")
	@CsvSource({ "length, http, false", "length, http, true", "length, https, false", "length, https, true",
			"chunked, http, false", "chunked, http, true", "chunked, https, false", "chunked, https, true",
			"204, http, false", "204, http, true", "204, https, false", "204, https, true", "304, http, false",
			"304, https, true", "head, http, false", "head, http, true", "head, https, false", "head, https, true",
			"timeout, http, true", "timeout, https, true" })
	@DisplayName("threat 21 (CWE-444, response poisoning): leftover bytes discard the connection")
	void connectionWithLeftoverDataIsDiscarded(String shape, String scheme, boolean late) throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch poisoned = new CountDownLatch(1);
		RawServer.Script script = (conversation) -> serve(conversation, shape, late, read, poisoned);
		try (RawServer server = scheme.equals("http") ? RawServer.start(script) : RawServer.start(tls, script);
				HttpAdapter adapter = HttpAdapter.builder().build()) {
			String method = shape.equals("head") ? "HEAD" : "GET";
			Calls.text(adapter, Calls.request(method, server.url("/first"), null), Calls.verify(Verify.disabled()));
			read.countDown();
			assertThat(poisoned.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(Calls.text(adapter, Calls.get(server.url("/second")), Calls.verify(Verify.disabled())))
				.isEqualTo("good");
			assertThat(server.connectionCount()).isEqualTo(2);
		}
	}

	private static void serve(RawConversation conversation, String shape, boolean late, CountDownLatch read,
			CountDownLatch poisoned) throws IOException, InterruptedException {
		RawRequest request = conversation.readRequest();
		if (request == null || request.target().equals("/second")) {
			conversation.respond(200, "good");
			return;
		}
		if (late) {
			conversation.send(response(shape));
			assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
			conversation.send(leftover(shape));
		}
		else {
			conversation.send(response(shape) + leftover(shape));
		}
		poisoned.countDown();
		conversation.awaitClientClose();
	}

	private static String response(String shape) {
		return switch (shape) {
			case "chunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\n";
			case "204" -> "HTTP/1.1 204 No Content\r\n\r\n";
			case "304" -> "HTTP/1.1 304 Not Modified\r\n\r\n";
			default -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (shape.equals("head") ? "" : "first");
		};
	}

	private static String leftover(String shape) {
		return shape.equals("timeout") ? "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n" : EVIL;
	}

}
