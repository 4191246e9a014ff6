package io.github.requests4j.adapters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.FaultySockets.Failure;
import io.github.requests4j.adapters.FaultySockets.Operation;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.ChunkedEncodingException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.SocksProxyServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Common calls whose socket operations (options, connects, reads, peeks, writes, flushes
 * and closes, also those of handshakes) fail one by one. A build runs a sample of the
 * operations, {@code -Ddeep=true} all of them.
 */
class OperationTortureTests {

	private static final Logger logger = LoggerFactory.getLogger(OperationTortureTests.class);

	private static final boolean DEEP = Boolean.getBoolean("deep");

	private static final int SAMPLE = 4;

	private static final int LARGE = 300_000;

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final SSLContext SERVER = CERTIFICATES.localhostContext();

	private static final TlsMaterial CLIENT = TlsMaterial.of(CERTIFICATES.clientContext())
		.withProxyContext(CERTIFICATES.clientContext());

	private static final TlsMaterial KNOWN_CLIENT = TlsMaterial
		.of(CERTIFICATES.serverContext(CERTIFICATES.issue("client")));

	private static final AtomicInteger CALLS = new AtomicInteger();

	private static final AtomicInteger OPERATIONS = new AtomicInteger();

	private static final AtomicInteger FAILED = new AtomicInteger();

	@TempDir
	static Path folder;

	/** The way to the server. */
	enum Way {

		PLAIN, TLS, MUTUAL_TLS, PROXY, TUNNEL, SECURE_TUNNEL, SOCKS

	}

	/** An action with a session. */
	@FunctionalInterface
	interface Calls {

		/** Returns the result as text. */
		String run(Session session, String base) throws IOException;

	}

	/** A call, or a few. */
	enum Flow {

		GET(Way.PLAIN, (session, base) -> text(session.get(base + "/length"))),

		CHUNKS(Way.PLAIN, (session, base) -> text(session.get(base + "/chunks"))),

		HEAD(Way.PLAIN, (session, base) -> text(session.head(base + "/length"))),

		POST(Way.PLAIN, (session, base) -> text(session.post(base + "/echo", (call) -> call.data("0123456789")))),

		UPLOAD_CHUNKS(Way.PLAIN,
				(session, base) -> text(
						session.post(base + "/echo", (call) -> call.data(List.of("0123", "456", "789").iterator())))),

		UPLOAD_LARGE(Way.TLS,
				(session, base) -> text(session.put(base + "/count", (call) -> call.data(new byte[LARGE])))),

		MULTIPART(Way.PLAIN, (session, base) -> text(session.post(base + "/count",
				(call) -> call.data(Map.of("a", "b")).files(FilePart.of("file", "name.txt", "x".repeat(1000)))))),

		CONTINUE(Way.PLAIN,
				(session,
						base) -> text(session.put(base + "/continue",
								(call) -> call.data("0123456789").header("Expect", "100-continue")))),

		EARLY_REPLY(Way.PLAIN,
				(session, base) -> text(session.post(base + "/early", (call) -> call.data(new byte[LARGE])))),

		REDIRECT(Way.PLAIN, (session, base) -> text(session.get(base + "/redirect"))),

		DIGEST(Way.PLAIN,
				(session, base) -> text(
						session.get(base + "/digest", (call) -> call.auth(new HttpDigestAuth("user", "pass"))))),

		COOKIES(Way.PLAIN, (session, base) -> text(session.get(base + "/set")) + text(session.get(base + "/cookies"))),

		RETRY(Way.PLAIN, (session, base) -> text(session.get(base + "/busy"))),

		REUSE(Way.PLAIN,
				(session, base) -> text(session.get(base + "/length")) + text(session.get(base + "/chunks"))
						+ text(session.get(base + "/length"))),

		REUSE_TLS(Way.TLS,
				(session, base) -> text(session.get(base + "/length")) + text(session.get(base + "/chunks"))),

		GZIP(Way.PLAIN, (session, base) -> text(session.get(base + "/gzip"))),

		STREAM(Way.TLS, (session, base) -> {
			try (Response response = session.get(base + "/large", (call) -> call.stream(true))) {
				long sum = 0;
				for (Iterator<byte[]> pieces = response.iterContent(8192); pieces.hasNext();) {
					sum += pieces.next().length;
				}
				return response.statusCode() + " " + sum;
			}
		}),

		STREAM_LEFT(Way.PLAIN, (session, base) -> {
			try (Response response = session.get(base + "/large", (call) -> call.stream(true));
					InputStream body = response.bodyStream()) {
				return response.statusCode() + " " + body.readNBytes(10).length;
			}
		}),

		EVENTS(Way.PLAIN, (session, base) -> {
			try (Response response = session.get(base + "/events", (call) -> call.stream(true));
					Stream<String> lines = response.lines()) {
				return response.statusCode() + " " + lines.limit(4).toList();
			}
		}),

		SAVE(Way.PLAIN, (session, base) -> {
			Path file = folder.resolve("saved");
			try {
				return String.valueOf(session.get(base + "/large", (call) -> call.stream(true)).saveTo(file));
			}
			finally {
				Files.deleteIfExists(file);
				try (Stream<Path> left = Files.list(folder)) {
					assertThat(left).as("files left").isEmpty();
				}
			}
		}),

		CLOSE_DELIMITED(Way.PLAIN, (session, base) -> text(session.get(base + "/close"))),

		CLOSE_DELIMITED_TLS(Way.TLS, (session, base) -> text(session.get(base + "/close"))),

		TLS(Way.TLS, (session, base) -> text(session.get(base + "/length"))),

		MUTUAL_TLS(Way.MUTUAL_TLS, (session, base) -> text(session.get(base + "/length"))),

		PROXY(Way.PROXY, (session, base) -> text(session.get(base + "/length"))),

		TUNNEL(Way.TUNNEL, (session, base) -> text(session.get(base + "/length"))),

		SECURE_TUNNEL(Way.SECURE_TUNNEL, (session, base) -> text(session.get(base + "/length"))),

		SOCKS(Way.SOCKS, (session, base) -> text(session.get(base + "/length")));

		private final Way way;

		private final Calls calls;

		Flow(Way way, Calls calls) {
			this.way = way;
			this.calls = calls;
		}

		/**
		 * If the end of a body cannot be distinguished from its loss, the body is
		 * shorter.
		 */
		boolean mayBeCut(Failure failure) {
			return this == CLOSE_DELIMITED && failure == Failure.END;
		}

	}

	private static String text(Response response) {
		return response.statusCode() + " " + response.text() + "\n";
	}

	/** Server and proxy, which outlive the adapters that call them. */
	private static final class Peer implements AutoCloseable {

		private final Way way;

		private final RawServer server;

		private final @Nullable AutoCloseable proxy;

		private final @Nullable String proxyUrl;

		Peer(Way way) throws IOException {
			this.way = way;
			this.server = switch (way) {
				case PLAIN, PROXY, SOCKS -> RawServer.start(new Script());
				case MUTUAL_TLS -> RawServer.start(SERVER, true, new Script());
				default -> RawServer.start(SERVER, new Script());
			};
			if (way == Way.SOCKS) {
				SocksProxyServer socks = SocksProxyServer.start();
				this.proxy = socks;
				this.proxyUrl = "socks5://" + socks.authority();
			}
			else if (way == Way.PROXY || way == Way.TUNNEL || way == Way.SECURE_TUNNEL) {
				HttpProxyServer http = (way == Way.SECURE_TUNNEL) ? HttpProxyServer.start(SERVER)
						: HttpProxyServer.start();
				this.proxy = http;
				this.proxyUrl = http.url();
			}
			else {
				this.proxy = null;
				this.proxyUrl = null;
			}
		}

		Session session(HttpAdapter adapter, Duration readTimeout) {
			Session.Builder builder = Session.builder()
				.trustEnv(false)
				.timeout(readTimeout)
				.mount("http://", adapter)
				.mount("https://", adapter);
			return ((this.proxyUrl != null) ? builder.proxy("all", this.proxyUrl) : builder).build();
		}

		HttpAdapter adapter(FaultySockets sockets) {
			return sockets.adapter(HttpAdapter.builder()
				.maxRetries(Retry.builder().total(2).connect(0).read(0).statusForcelist(503).build())
				.tlsMaterial(() -> (this.way == Way.MUTUAL_TLS) ? KNOWN_CLIENT : CLIENT)
				.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1"))));
		}

		@Override
		public void close() throws Exception {
			if (this.proxy != null) {
				this.proxy.close();
			}
			this.server.close();
		}

	}

	/** Answers each path in its own way. */
	private static final class Script implements RawServer.Script {

		private static final String OK = "HTTP/1.1 200 OK\r\n";

		private final AtomicInteger busy = new AtomicInteger();

		@Override
		public void run(RawConversation peer) throws Exception {
			String head = peer.readHead();
			while (head != null && answer(peer, head)) {
				head = peer.readHead();
			}
		}

		private boolean answer(RawConversation peer, String head) throws IOException {
			String path = head.split(" ")[1];
			if (path.equals("/early")) {
				peer.respond(413, "too long", "Connection: close");
				peer.awaitClientClose();
				return false;
			}
			if (path.equals("/continue")) {
				peer.send("HTTP/1.1 100 Continue\r\n\r\n");
			}
			RawRequest request = peer.readBody(head);
			switch (path) {
				case "/chunks" ->
					peer.send(OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nT: x\r\n\r\n");
				case "/redirect" -> peer.respond(302, "elsewhere", "Location: /length");
				case "/set" -> peer.respond(200, "set", "Set-Cookie: a=b");
				case "/cookies" -> peer.respond(200, String.valueOf(request.header("Cookie")));
				case "/busy" -> peer.respond((this.busy.getAndIncrement() % 2 == 0) ? 503 : 200, "hello");
				case "/gzip" -> sendZipped(peer);
				case "/large" -> peer.respond(200, "x".repeat(LARGE));
				case "/count" -> peer.respond(200, String.valueOf(request.body().length));
				case "/echo", "/continue" -> peer.respond(200, request.bodyText());
				case "/digest" -> challenge(peer, request);
				case "/events" -> peer.send(OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
						+ "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n9\r\ndata: 3\n\n\r\n");
				case "/close" -> {
					peer.send(OK + "\r\nhello");
					return false;
				}
				default -> peer.respond(200, head.startsWith("HEAD") ? "" : "hello");
			}
			return !"close".equals(request.header("Connection"));
		}

		private static void challenge(RawConversation peer, RawRequest request) throws IOException {
			if (request.header("Authorization") == null) {
				peer.respond(401, "who?", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
			}
			else {
				peer.respond(200, "welcome");
			}
		}

		private static void sendZipped(RawConversation peer) throws IOException {
			ByteArrayOutputStream zipped = new ByteArrayOutputStream();
			try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
				out.write("hello".repeat(100).getBytes(StandardCharsets.US_ASCII));
			}
			peer.send(OK + "Content-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
			peer.send(zipped.toByteArray());
		}

	}

	private static String base(Peer peer) {
		return peer.server.url("localhost", "");
	}

	@ParameterizedTest
	@EnumSource(Flow.class)
	@DisplayName("torture: whichever socket operation fails, a call succeeds completely or fails with its exception")
	void failureOfAnyOperationIsHandled(Flow flow) throws Exception {
		FaultySockets counting = new FaultySockets();
		String whole;
		try (Peer peer = new Peer(flow.way);
				Session session = peer.session(peer.adapter(counting), Duration.ofSeconds(10))) {
			whole = flow.calls.run(session, base(peer));
		}
		List<Operation> operations = counting.operations();
		OPERATIONS.addAndGet(operations.size());
		FaultInvariants.checkNoLeaks(() -> {
			try (Peer peer = new Peer(flow.way)) {
				int step = DEEP ? 1 : Math.max(1, operations.size() / SAMPLE);
				for (int at = 0; at < operations.size(); at += step) {
					for (Failure failure : failures(operations.get(at))) {
						fail(peer, flow, at, failure, whole);
					}
				}
			}
		});
	}

	private static List<Failure> failures(Operation operation) {
		List<Failure> failures = new ArrayList<>(List.of(Failure.BREAK, Failure.ONCE));
		if (operation == Operation.READ) {
			failures.add(Failure.END);
		}
		return failures;
	}

	private static void fail(Peer peer, Flow flow, int at, Failure failure, String whole) throws IOException {
		FaultySockets sockets = new FaultySockets();
		sockets.fail(at, failure);
		String what = flow + ", " + failure + " at operation " + at;
		HttpAdapter adapter = peer.adapter(sockets);
		try (Session session = peer.session(adapter, Duration.ofMillis(300))) {
			CALLS.incrementAndGet();
			try {
				String result = flow.calls.run(session, base(peer));
				assertThat(result.equals(whole) || flow.mayBeCut(failure)).as(what + ": " + result).isTrue();
			}
			catch (RequestException ex) {
				FAILED.incrementAndGet();
				assertThat(ex).as(what)
					.isInstanceOfAny(ConnectionException.class, ChunkedEncodingException.class, RetryException.class);
				assertThat(ex.request()).as(what).isNotNull();
			}
			PoolStatistics after = adapter.poolStatistics();
			assertThat(after.leased()).as(what + ": leased").isZero();
			assertThat(after.pending()).as(what + ": pending").isZero();
			assertThat(sockets.open()).as(what + ": open sockets").isEqualTo(after.available());
			sockets.heal();
			Response next = session.get(base(peer) + "/length", (call) -> call.timeout(Duration.ofSeconds(10)));
			assertThat(text(next)).as(what + ": the next call").isEqualTo("200 hello\n");
		}
		assertThat(sockets.open()).as(what + ": open sockets in the end").isZero();
	}

	@Test
	@DisplayName("fault: RST in handshake, headers, body, upload: the connection is released even if closing it fails")
	void connectionIsReturnedIfClosingItFails() throws Exception {
		for (Flow flow : List.of(Flow.GET, Flow.STREAM, Flow.UPLOAD_LARGE, Flow.TUNNEL)) {
			try (Peer peer = new Peer(flow.way)) {
				FaultySockets counting = new FaultySockets();
				String whole;
				try (Session session = peer.session(peer.adapter(counting), Duration.ofSeconds(10))) {
					whole = flow.calls.run(session, base(peer));
				}
				List<Operation> operations = counting.operations();
				int failed = FAILED.get();
				// Closing a broken socket fails, too.
				fail(peer, flow, operations.indexOf(Operation.READ), Failure.BREAK, whole);
				fail(peer, flow, operations.indexOf(Operation.WRITE), Failure.BREAK, whole);
				assertThat(FAILED.get() - failed).as(flow.name()).isEqualTo(2);
				fail(peer, flow, operations.size() / 2, Failure.BREAK, whole);
			}
		}
	}

	@AfterAll
	static void report() {
		logger.info("{} flows with {} operations: {} calls with a failing operation, of which {} ended by an exception",
				Flow.values().length, OPERATIONS, CALLS, FAILED);
	}

}
