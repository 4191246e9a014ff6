package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Responses that another thread closes while they are being read. Whatever the order of
 * events, a connection is returned once.
 */
class ConcurrentCloseTests {

	private static final int TIMES = 60;

	private static final int PIECES = 3;

	/** JSON, so that everything can read it. */
	private static final String PIECE = "[\"" + "x".repeat(500) + "\"]\n";

	private static final String BODY = "[" + (PIECE + ",").repeat(PIECES - 1) + PIECE + "]";

	@TempDir
	Path folder;

	private final Random random = new Random(5);

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	private final Gate gate = new Gate();

	private final HttpAdapter adapter = HttpAdapter.builder().poolBlock(true).poolMaxsize(1).build();

	private RawServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = RawServer.start(this::serve);
	}

	@AfterEach
	void stop() {
		this.other.shutdownNow();
		this.adapter.close();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsReturnedOnce(Reading reading) throws Exception {
		for (Framing framing : Framing.values()) {
			for (int i = 0; i < TIMES; i++) {
				Response response = Calls.send(this.adapter, this.server.url("/" + framing));
				Throwable thrown = whileItIsClosed(response, () -> reading.of.read(response, this.folder));
				if (thrown != null) {
					assertThat(thrown).as(reading + " of " + framing)
						.isInstanceOfAny(RequestException.class, IOException.class);
				}
				assertThat(this.adapter.poolStatistics().leased()).as("leased after " + reading + " of " + framing)
					.isZero();
			}
		}
		atMostOneRequestIsUnderWay();
	}

	@ParameterizedTest
	@EnumSource(names = "CLOSE_DELIMITED", mode = EnumSource.Mode.EXCLUDE)
	void bodyIsNeverSilentlyTruncated(Framing framing) throws Exception {
		for (int i = 0; i < 5 * TIMES; i++) {
			Response response = Calls.send(this.adapter, this.server.url("/" + framing));
			List<String> text = new ArrayList<>();
			Throwable thrown = whileItIsClosed(response, () -> text.add(response.text()));
			if (thrown == null) {
				// Empty, as in requests, if it was closed before it was read.
				assertThat(text.get(0)).isIn("", BODY);
			}
			assertThat(this.adapter.poolStatistics().leased()).isZero();
		}
	}

	@Test
	@DisplayName("233: whoever reads a body that another thread closes learns that, instead of a failed connection")
	void readerLearnsThatTheResponseWasClosed() throws Exception {
		Response response = Calls.send(this.adapter, this.server.url("/stalled"));
		CountDownLatch begun = new CountDownLatch(1);
		Future<Throwable> reader = this.other.submit(() -> catchThrowable(() -> {
			response.raw().readNBytes(2);
			begun.countDown();
			response.raw().readAllBytes();
		}));
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		response.close();
		assertThat(reader.get(30, TimeUnit.SECONDS)).isInstanceOf(ConnectionException.class)
			.hasMessageContaining("the response was closed while its body was being read");
	}

	/** Reads on one thread and closes on another, at about the same time. */
	private Throwable whileItIsClosed(Response response, Callable<?> reading) throws Exception {
		int head = this.random.nextInt(4000);
		Future<?> closed = this.other.submit(() -> {
			spin(head);
			response.close();
		});
		Throwable thrown = catchThrowable(reading::call);
		while (!closed.isDone()) {
			assertThat(this.adapter.poolStatistics().leased()).as("leased").isBetween(0, 1);
		}
		closed.get();
		response.close();
		return thrown;
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	/** If the pool has miscounted, more of these run at the same time. */
	private void atMostOneRequestIsUnderWay() throws Exception {
		ExecutorService callers = Executors.newFixedThreadPool(3);
		try {
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				calls.add(callers.submit(() -> Calls.text(this.adapter, this.server.url("/gate"))));
			}
			for (Future<?> call : calls) {
				call.get(30, TimeUnit.SECONDS);
			}
			assertThat(this.gate.most).as("requests in flight").hasValue(1);
		}
		finally {
			callers.shutdownNow();
		}
	}

	private void serve(RawConversation conversation) throws Exception {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			if (request.path().equals("/gate")) {
				this.gate.pass();
				conversation.respond(200, "through");
			}
			else if (request.path().equals("/stalled")) {
				conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
				conversation.awaitClientClose();
				return;
			}
			else {
				Framing framing = Framing.valueOf(request.path().substring(1));
				framing.send(conversation);
				if (framing == Framing.CLOSE_DELIMITED) {
					return;
				}
			}
			request = conversation.readRequest();
		}
	}

	/** Counts concurrent users of a connection. */
	private static final class Gate {

		private final AtomicInteger present = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final Semaphore second = new Semaphore(0);

		void pass() throws InterruptedException {
			int now = this.present.incrementAndGet();
			this.most.accumulateAndGet(now, Math::max);
			if (now > 1) {
				this.second.release();
			}
			// Time for a second one, which must not come.
			this.second.tryAcquire(30, TimeUnit.MILLISECONDS);
			this.present.decrementAndGet();
		}

	}

	/** How the end of a body is determined. */
	enum Framing {

		LENGTH("Content-Length: " + BODY.length()), CHUNKED("Transfer-Encoding: chunked"),
		CLOSE_DELIMITED("Connection: close");

		private final String header;

		Framing(String header) {
			this.header = header;
		}

		/** In several pieces, so that the last read may wait. */
		void send(RawConversation conversation) throws IOException {
			conversation.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + this.header + "\r\n\r\n");
			int step = BODY.length() / PIECES + 1;
			for (int start = 0; start < BODY.length(); start += step) {
				String piece = BODY.substring(start, Math.min(start + step, BODY.length()));
				conversation
					.send((this == CHUNKED) ? Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n" : piece);
			}
			if (this == CHUNKED) {
				conversation.send("0\r\n\r\n");
			}
		}

	}

	/** Reads a response in one way. */
	@FunctionalInterface
	private interface Way {

		Object read(Response response, Path folder) throws IOException;

	}

	/** Reads from a stream in one way. */
	@FunctionalInterface
	private interface StreamWay {

		Object read(InputStream raw) throws IOException;

	}

	/** All ways to read a response. */
	enum Reading {

		CONTENT((response, folder) -> response.content()), TEXT((response, folder) -> response.text()),
		JSON((response, folder) -> response.json()), JSON_TYPE((response, folder) -> response.json(List.class)),
		SAVE_TO((response, folder) -> response.saveTo(folder.resolve("body"))),
		DRAIN((response, folder) -> drained(response)), CLOSE((response, folder) -> closed(response)),
		ITERATOR((response, folder) -> count(response.iterator())),
		ITER_CONTENT((response, folder) -> count(response.iterContent())),
		ITER_TEXT((response, folder) -> count(response.iterText())),
		ITER_LINES((response, folder) -> count(response.iterLines())),
		ITER_TEXT_LINES((response, folder) -> count(response.iterTextLines())),
		LINES((response, folder) -> response.lines().count()),
		BODY_STREAM((response, folder) -> response.bodyStream().readAllBytes()),
		BODY_STREAM_CLOSE((response, folder) -> closed(response.bodyStream())),
		RAW_READ((response, folder) -> loop(response, InputStream::read)),
		RAW_READ_ARRAY((response, folder) -> loop(response, (raw) -> raw.read(new byte[700]))),
		RAW_READ_PART((response, folder) -> loop(response, (raw) -> raw.read(new byte[700], 3, 90))),
		RAW_READ_ALL((response, folder) -> response.raw().readAllBytes()),
		RAW_READ_N((response, folder) -> response.raw().readNBytes(BODY.length())),
		RAW_SKIP((response, folder) -> response.raw().skip(BODY.length())),
		RAW_AVAILABLE((response, folder) -> available(response.raw())),
		RAW_TRANSFER((response, folder) -> response.raw().transferTo(OutputStream.nullOutputStream())),
		RAW_CLOSE((response, folder) -> closed(response.raw()));

		private final Way of;

		Reading(Way of) {
			this.of = of;
		}

		private static Object drained(Response response) {
			response.drain();
			return response;
		}

		private static Object closed(AutoCloseable resource) throws IOException {
			try {
				resource.close();
			}
			catch (IOException | RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			return resource;
		}

		private static long count(Iterator<?> items) {
			long count = 0;
			while (items.hasNext()) {
				items.next();
				count++;
			}
			return count;
		}

		private static Object available(InputStream raw) throws IOException {
			int most = 0;
			for (int i = 0; i < 50; i++) {
				most = Math.max(most, raw.available());
			}
			return most;
		}

		private static Object loop(Response response, StreamWay way) throws IOException {
			InputStream raw = response.raw();
			int count = 0;
			while ((int) way.read(raw) >= 0) {
				count++;
			}
			return count;
		}

	}

}
