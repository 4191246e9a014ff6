package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ContentDecodingException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The rows of the fault table about sending a request and reading its response.
 */
class ExchangeFaultTests {

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	/** Sends this after the first request, and nothing more. */
	private static RawServer.Script partly(String text) {
		return (conversation) -> {
			conversation.readRequest();
			conversation.send(text);
			conversation.awaitClientClose();
		};
	}

	private static SendOptions readTimeout(Rig rig, long millis) {
		return rig.options((o) -> o.timeouts(Timeouts.of(null, Duration.ofMillis(millis))));
	}

	/** An endless body. */
	static InputStream endless() {
		return new InputStream() {
			@Override
			public int read() {
				return 'x';
			}

			@Override
			public int read(byte[] buffer, int offset, int length) {
				return length;
			}
		};
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: No first byte; stall in headers; stall in body")
	void stalledResponseIsAReadTimeout(Wire wire) throws Exception {
		List<FaultInvariants.Fault> faults = new ArrayList<>();
		for (String part : List.of("", "HTT", OK + "X-A: b", OK + "X-A: b\r\n")) {
			faults.add((rig) -> {
				rig.script(partly(part));
				FaultInvariants.fails(rig, ReadTimeoutException.class,
						() -> rig.adapter().send(rig.get(), readTimeout(rig, 100)));
			});
		}
		// The head must arrive within the limit, even on a busy machine.
		for (String part : List.of("Content-Length: 9\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n9\r\nhalf",
				"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\nTrail", "Connection: close\r\n\r\nhalf")) {
			faults.add((rig) -> {
				Response response = rig.script(partly(OK + part)).adapter().send(rig.get(), readTimeout(rig, 600));
				FaultInvariants.failsInBody(rig, ReadTimeoutException.class, () -> Calls.read(response));
			});
		}
		FaultInvariants.checkConcurrently(List.of(wire), faults);
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: RST in handshake, headers, body, upload: in the headers")
	void resetInTheHeadersIsReported(Wire wire) throws Exception {
		for (String part : List.of("", "HTTP/1.1 2", OK + "X-A: b\r\n")) {
			FaultInvariants.check(wire, (rig) -> {
				rig.script((conversation) -> {
					conversation.readRequest();
					conversation.send(part);
					rig.network().resetAll();
				});
				FaultInvariants.fails(rig, ConnectionException.class, () -> rig.send(rig.get()));
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: RST in handshake, headers, body, upload: in the body")
	void resetInTheBodyIsReported(Wire wire) throws Exception {
		for (String part : List.of("Content-Length: 9\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n9\r\nhalf",
				"Connection: close\r\n\r\nhalf")) {
			FaultInvariants.check(wire, (rig) -> {
				Response response = rig.script(partly(OK + part)).send(rig.get());
				assertThat(response.raw().readNBytes(4)).hasSize(4);
				rig.network().resetAll();
				FaultInvariants.failsInBody(rig, ConnectionException.class, () -> Calls.read(response));
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: RST in handshake, headers, body, upload: in the upload")
	void resetInTheUploadIsReported(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			rig.script((conversation) -> {
				conversation.readHead();
				conversation.in().readNBytes(100_000);
				rig.network().resetAll();
			});
			FaultInvariants.fails(rig, ConnectionException.class,
					() -> rig.send(rig.request("POST", Body.of(endless()))));
		});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Stale pooled connection: the request is sent again if that is safe")
	void requestOnAStaleConnectionIsSentAgain(Wire wire) throws Exception {
		for (boolean reset : new boolean[] { false, true }) {
			FaultInvariants.check(wire, (rig) -> {
				rig.script((conversation) -> dieAtSecond(conversation, reset)).text();
				assertThat(rig.text()).isEqualTo("GET");
				Body stream = Body.of(new ByteArrayInputStream("again".getBytes(StandardCharsets.US_ASCII)));
				assertThat(Calls.read(rig.send(rig.request("PUT", stream)))).isEqualTo("PUT again");
				assertThat(rig.network().connectionCount()).isEqualTo(3);
				assertThat(rig.failures()).isZero();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Stale pooled connection: neither a POST nor a body that cannot be rewound is sent twice")
	void unsafeRequestIsNeverSentTwice(Wire wire) throws Exception {
		for (boolean reset : new boolean[] { false, true }) {
			for (String method : List.of("POST", "PUT")) {
				FaultInvariants.check(wire, (rig) -> {
					rig.script((conversation) -> dieAtSecond(conversation, reset)).text();
					Body body = method.equals("POST") ? Body.of("once") : Body.of(List.of("once").iterator());
					FaultInvariants.fails(rig, ConnectionException.class, () -> rig.send(rig.request(method, body)));
					assertThat(rig.server().requests()).filteredOn((request) -> request.method().equals(method))
						.hasSize(1);
				});
			}
		}
	}

	/**
	 * Answers one request, reads another, and closes the connection without a response.
	 */
	private static void dieAtSecond(RawConversation conversation, boolean reset) throws IOException {
		RawRequest request = conversation.readRequest();
		if (request != null) {
			conversation.respond(200, (request.method() + " " + request.bodyText()).strip());
			if (conversation.readRequest() != null && reset) {
				conversation.reset();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: 100, 103; 100 never comes: interim responses are ignored, and the body waits for a requested 100")
	void bodyWaitsFor100Continue(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			rig.script((conversation) -> {
				String head = conversation.readHead();
				boolean early = conversation.in().available() > 0;
				conversation.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
				String body = conversation.readBody(head).bodyText();
				conversation.send("HTTP/1.1 102 Processing\r\n\r\n");
				conversation.respond(200, early + " " + body);
			});
			PreparedRequest request = rig.request("POST", Body.of("body"), "Expect", "100-continue");
			assertThat(Calls.read(rig.send(request))).isEqualTo("false body");
		});
	}

	@Test
	@DisplayName("fault: 100, 103; 100 never comes: the body is sent after a second")
	void bodyIsSentAfterASecondWithout100() throws Exception {
		FaultInvariants.checkConcurrently(EnumSet.allOf(Wire.class), List.of((rig) -> {
			long start = System.nanoTime();
			assertThat(Calls.read(rig.send(rig.request("POST", Body.of("body"), "Expect", "100-continue"))))
				.isEqualTo("POST / body");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(rig.wire().name())
				.isBetween(Duration.ofMillis(950), Duration.ofSeconds(3));
		}));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Final status instead of 100")
	void bodyIsNotSentAfterAFinalStatus(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			CountDownLatch closed = new CountDownLatch(1);
			rig.script((conversation) -> {
				conversation.readHead();
				conversation.respond(417, "no");
				assertThat(conversation.in().read()).isEqualTo(-1);
				closed.countDown();
			});
			Response response = rig.send(rig.request("POST", Body.of("body"), "Expect", "100-continue"));
			assertThat(response.statusCode()).isEqualTo(417);
			assertThat(Calls.read(response)).isEqualTo("no");
			assertThat(rig.adapter().poolStatistics().available()).isZero();
			assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
		});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Early 413 during upload")
	void earlyResponseIsReturned(Wire wire) throws Exception {
		for (String ending : List.of("close", "reset", "stall")) {
			FaultInvariants.check(wire, (rig) -> {
				CountDownLatch done = new CountDownLatch(1);
				rig.script((conversation) -> {
					conversation.readHead();
					conversation.send("HTTP/1.1 102 Processing\r\n\r\n");
					conversation.in().readNBytes(3_000_000);
					if (ending.equals("stall")) {
						conversation.respond(413, "too large");
					}
					else {
						conversation.respond(413, "too large", "Connection: close");
					}
					if (ending.equals("close")) {
						conversation.awaitClientClose();
					}
					else if (ending.equals("stall")) {
						done.await(30, TimeUnit.SECONDS);
					}
				});
				try {
					Response response = rig.adapter()
						.send(rig.request("POST", Body.of(endless())), readTimeout(rig, 500));
					assertThat(response.statusCode()).isEqualTo(413);
					assertThat(Calls.read(response)).isEqualTo("too large");
				}
				catch (ConnectionException ex) {
					// A reset may overtake what was sent before it (RFC 9112, section
					// 9.6).
					assertThat(ending).isEqualTo("reset");
				}
				assertThat(rig.adapter().poolStatistics().available()).isZero();
				done.countDown();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: 408 on an idle connection; 421")
	void idle408IsDiscarded(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			CountDownLatch read = new CountDownLatch(1);
			CountDownLatch delivered = new CountDownLatch(1);
			rig.network().downstream(signallingEnd(delivered));
			rig.script((conversation) -> {
				if (conversation.readRequest().path().equals("/first")) {
					conversation.respond(200, "first");
					read.await(30, TimeUnit.SECONDS);
					conversation.respond(408, "too late");
					return;
				}
				conversation.respond(421, "not here");
				conversation.awaitClientClose();
			});
			Calls.read(rig.send(Calls.get(rig.url("/first"))));
			read.countDown();
			assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
			Response response = rig.send(rig.request("POST", Body.of("x")));
			assertThat(response.statusCode()).isEqualTo(421);
			assertThat(Calls.read(response)).isEqualTo("not here");
			assertThat(rig.network().connectionCount()).isEqualTo(2);
			assertThat(rig.server().requests()).hasSize(2);
			response.close();
			rig.server().closeConnections();
		});
	}

	/** Signals when all data of a connection has been forwarded to the client. */
	private static Toxic signallingEnd(CountDownLatch delivered) {
		return (next, link) -> new Toxic.Stage() {

			@Override
			public void data(byte[] bytes, int offset, int length) throws IOException {
				next.data(bytes, offset, length);
			}

			@Override
			public void end() throws IOException {
				next.end();
				delivered.countDown();
			}

		};
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: 503 with Retry-After: seconds, date, past, junk, 10^9")
	void retryAfterIsObeyed(Wire wire) throws Exception {
		InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
		for (String[] one : new String[][] { { "7", "7" }, { "Fri, 02 Jan 2026 03:04:25 GMT", "20" },
				{ "1000000000", "21600" }, { "0", "" }, { "Thu, 01 Jan 2026 00:00:00 GMT", "" }, { "soon", "" } }) {
			FaultInvariants.check(wire, (builder) -> builder.maxRetries(2).clock(clock), (rig) -> {
				rig.script(busyOnce(one[0]));
				SendOptions options = rig.options((o) -> o.deadline(Duration.ofSeconds(5)));
				if (one[1].isEmpty()) {
					assertThat(Calls.read(rig.adapter().send(rig.get(), options))).isEqualTo("GET /");
					assertThat(rig.server().requests()).hasSize(2);
				}
				else {
					assertThat(catchThrowableOfType(RequestTimeoutException.class,
							() -> rig.adapter().send(rig.get(), options)))
						.hasMessageContaining("would start in " + one[1] + "s");
				}
			});
		}
	}

	private static RawServer.Script busyOnce(String retryAfter) {
		AtomicInteger count = new AtomicInteger();
		return (conversation) -> {
			while (conversation.readRequest() != null) {
				if (count.getAndIncrement() == 0) {
					conversation.respond(503, "busy", "Retry-After: " + retryAfter);
				}
				else {
					conversation.respond(200, "GET /");
				}
			}
		};
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: HTTP/1.0; close-delimited body")
	void http10ResponseIsAccepted(Wire wire) throws Exception {
		for (String head : List.of("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n",
				OK + "X-A: b\r\n\r\n", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n")) {
			FaultInvariants.check(wire, (rig) -> {
				rig.answering(head + "hello");
				assertThat(rig.text()).isEqualTo("hello");
				assertThat(rig.adapter().poolStatistics().available()).isZero();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: 204, 304, HEAD with a body")
	void bodyOfAnEmptyResponseIsDiscarded(Wire wire) throws Exception {
		String body = "Content-Length: 4\r\n\r\nevil";
		for (String head : List.of("HTTP/1.1 204 No Content\r\n", "HTTP/1.1 304 Not Modified\r\n", OK)) {
			FaultInvariants.check(wire, (rig) -> {
				rig.answering(head + body);
				Response response = rig.send(rig.request(head.equals(OK) ? "HEAD" : "GET", null));
				assertThat(Calls.read(response)).isEmpty();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Bad chunk, bad gzip; unknown coding")
	void invalidCodingsAreReported(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			Response response = rig.script(partly(OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n"))
				.send(rig.get());
			FaultInvariants.failsInBody(rig, ChunkedEncodingException.class, response::content);
		});
		FaultInvariants.check(wire, (rig) -> {
			Response response = rig.answering(OK + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello")
				.send(rig.get());
			FaultInvariants.failsInBody(rig, ContentDecodingException.class, response::content);
		});
		FaultInvariants.check(wire, (rig) -> {
			rig.answering(OK + "Content-Encoding: own\r\nContent-Length: 5\r\n\r\nhello");
			assertThat(rig.send(rig.get()).text()).isEqualTo("hello");
		});
	}

	@ParameterizedTest
	@EnumSource(value = Wire.class, names = { "TLS", "CONNECT" })
	@DisplayName("threat 28: a body that ends with the connection is truncated if TLS does not announce the end")
	void truncatedTlsBodyIsReported(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			Response response = rig.script(partly(OK + "X-A: b\r\n\r\nhalf")).send(rig.get());
			assertThat(response.raw().readNBytes(4)).hasSize(4);
			rig.network().closeAll();
			FaultInvariants.failsInBody(rig, ChunkedEncodingException.class, () -> Calls.read(response));
		});
	}

}
