package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Bodies that are being sent, and servers that respond before they have received them.
 */
class UploadTests {

	private static final int LARGE = 32 * 1024 * 1024;

	private final HttpAdapter adapter = HttpAdapter.builder().build();

	@AfterEach
	void close() {
		assertThat(this.adapter.poolStatistics().leased()).isZero();
		this.adapter.close();
	}

	@Test
	@DisplayName("fault: an upload to a server that stops reading ends at the read timeout or the deadline")
	void stalledUploadEndsAtTheTimeoutOrDeadline() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			done.await();
		})) {
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> this.adapter
				.send(Calls.post(server.url("/"), Body.of(new byte[LARGE])), Calls.readTimeout(200)));
			assertThatExceptionOfType(RequestTimeoutException.class).isThrownBy(
					() -> this.adapter.send(Calls.post(server.url("/"), Body.of(new byte[LARGE])), Calls.deadline(200)))
				.withMessageContaining("the deadline of 200ms");
			done.countDown();
		}
	}

	@Test
	@DisplayName("a slow upload that makes progress does not time out")
	void slowUploadDoesNotTimeOut() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			String head = conversation.readHead();
			for (int i = 0; i < 8; i++) {
				conversation.in().readNBytes(LARGE / 8 - 1);
				Thread.sleep(250);
			}
			conversation.in().readNBytes(8);
			conversation.respond(200, head.substring(0, 4));
		})) {
			assertThat(
					Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(chunks())), Calls.readTimeout(1500)))
				.isEqualTo("POST");
		}
	}

	@Test
	@DisplayName("fault: an upload that was cut off at the read timeout fails even if the server accepts it")
	void successAfterATruncatedUploadIsDiscarded() throws IOException {
		CountDownLatch cut = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readHead();
			await(cut);
			conversation.in().readAllBytes();
			conversation.respond(200, "all of it");
			answered.countDown();
		})) {
			// The first item is larger than the system's buffers, so the next one is
			// requested when the upload has ended.
			Iterator<byte[]> items = items(3, LARGE, (index) -> {
				if (index == 1) {
					cut.countDown();
					await(answered);
				}
			});
			assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(
					() -> this.adapter.send(Calls.post(server.url("/"), Body.of(items)), Calls.readTimeout(200)));
		}
	}

	@Test
	@DisplayName("204: one large block that the server reads slowly does not time out")
	void slowlyReadLargeBlockDoesNotTimeOut() throws IOException {
		try (RawServer server = RawServer.start((conversation) -> {
			String head = conversation.readHead();
			for (int i = 0; i < 8; i++) {
				Thread.sleep(250);
				conversation.in().readNBytes(LARGE / 8);
			}
			conversation.respond(200, head.substring(0, 4));
		})) {
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(new byte[LARGE])),
					Calls.readTimeout(1000)))
				.isEqualTo("POST");
		}
	}

	@Test
	@DisplayName("204: a source that takes longer than the read timeout does not time out")
	void slowSourceDoesNotTimeOut() throws IOException {
		try (TestHttpServer server = TestHttpServer
			.start((request) -> Reply.ok(String.valueOf(request.body().length)))) {
			Iterator<byte[]> items = items(3, 4, (index) -> {
				if (index == 1) {
					pause(2000);
				}
			});
			assertThat(Calls.text(this.adapter, Calls.post(server.url("/"), Body.of(items)), Calls.readTimeout(1000)))
				.isEqualTo("12");
		}
	}

	private static Iterator<byte[]> items(int count, int size, IntConsumer before) {
		return IntStream.range(0, count).mapToObj((index) -> {
			before.accept(index);
			return new byte[size];
		}).iterator();
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Iterator<byte[]> chunks() {
		List<byte[]> chunks = new ArrayList<>();
		for (int i = 0; i < LARGE / 65_536; i++) {
			chunks.add(new byte[65_536]);
		}
		return chunks.iterator();
	}

	@Test
	@DisplayName("fault: Throwing hook or decoder: the error of a body's source is kept, and the connection is closed")
	void errorOfTheSourceIsKept() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x"))) {
			InputStream broken = new InputStream() {
				@Override
				public int read() throws IOException {
					throw new IOException("disk on fire");
				}
			};
			assertThatExceptionOfType(RequestException.class)
				.isThrownBy(() -> this.adapter.send(Calls.post(server.url("/"), Body.of(broken)), SendOptions.DEFAULTS))
				.withMessageContaining("disk on fire");
			Iterator<String> throwing = new Iterator<>() {
				@Override
				public boolean hasNext() {
					return true;
				}

				@Override
				public String next() {
					throw new IllegalStateException("own error");
				}
			};
			assertThatIllegalStateException()
				.isThrownBy(
						() -> this.adapter.send(Calls.post(server.url("/"), Body.of(throwing)), SendOptions.DEFAULTS))
				.withMessage("own error");
			assertThat(Calls.text(this.adapter, server.url("/"))).isEqualTo("x");
		}
	}

	@Test
	@DisplayName("threat 19: Content-Length and Transfer-Encoding together, or ambiguous ones, are rejected")
	void ambiguousFramingIsRejected() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo()) {
			List<String[]> pairs = List.of(new String[] { "content-LENGTH", "3", "Transfer-Encoding", "chunked" },
					new String[] { "Content-Length", "3, 3" }, new String[] { "Content-Length", "+3" },
					new String[] { "Content-Length", "4" }, new String[] { "Content-Length", "" },
					new String[] { "Transfer-Encoding", "gzip, chunked" });
			for (String[] headers : pairs) {
				PreparedRequest request = Calls.post(server.url("/"), Body.of("abc"));
				request.headers().remove("Content-Length");
				for (int i = 0; i < headers.length; i += 2) {
					request.headers().put(headers[i], headers[i + 1]);
				}
				assertThatExceptionOfType(InvalidHeaderException.class).as(String.join(" ", headers))
					.isThrownBy(() -> this.adapter.send(request, SendOptions.DEFAULTS));
			}
			PreparedRequest twice = Calls.post(server.url("/"), Body.of("abc"));
			twice.headers().add("Content-Length", "3");
			assertThatExceptionOfType(InvalidHeaderException.class)
				.isThrownBy(() -> this.adapter.send(twice, SendOptions.DEFAULTS));
			assertThat(server.connectionCount()).isZero();
		}
	}

	@Test
	@DisplayName("progress is reported in both directions")
	void progressIsReported() throws IOException {
		List<String> reported = new ArrayList<>();
		ProgressListener listener = (direction, bytes, total) -> reported.add(direction + " " + bytes + "/" + total);
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("answer"))) {
			Calls.text(this.adapter, Calls.post(server.url("/"), Body.of("abc")),
					SendOptions.of((o) -> o.onProgress(listener)));
			assertThat(reported).startsWith("UPLOAD 3/3").endsWith("DOWNLOAD 6/6");
		}
	}

}
