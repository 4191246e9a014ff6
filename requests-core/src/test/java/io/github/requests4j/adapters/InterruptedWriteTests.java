package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Threads that are interrupted while they write to a peer that does not read.
 */
class InterruptedWriteTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	/** Larger than all buffers between the two. */
	private static final int LARGE = 64 * 1024 * 1024;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void interruptEndsAWriteOfAPlatformThread(boolean secure) throws Exception {
		endsTheWrite(secure, (call) -> {
			Thread thread = new Thread(call, "interrupted-writer");
			thread.setDaemon(true);
			thread.start();
			return thread;
		});
	}

	@Tag("jdk25")
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void interruptEndsAWriteOfAVirtualThread(boolean secure) throws Exception {
		endsTheWrite(secure,
				(call) -> (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, call));
	}

	private static void endsTheWrite(boolean secure, Starter starter) throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		SSLContext tls = secure ? CERTIFICATES.localhostContext() : null;
		try (RawServer server = RawServer.startNarrow(tls, 1024, (conversation) -> {
			if (conversation.socket() instanceof SSLSocket socket) {
				socket.startHandshake();
			}
			over.await();
		}); RawServer healthy = RawServer.start(Rig::answerAll); HttpAdapter adapter = adapter()) {
			List<PreparedRequest> requests = List.of(Calls.post(server.url("/"), Body.of(new byte[LARGE])),
					Calls.get(server.url("/"), "X-Large", "x".repeat(8_000_000)));
			for (PreparedRequest request : requests) {
				Caller caller = new Caller(adapter, request);
				Thread thread = starter.start(caller);
				awaitBlocked(thread, adapter);
				thread.interrupt();
				assertThat(caller.ended.await(30, TimeUnit.SECONDS)).as("the write has ended").isTrue();
				assertThat(caller.thrown.get()).isInstanceOf(ConnectionException.class);
				assertThat(caller.flag).as("interrupt flag").isTrue();
				assertThat(adapter.poolStatistics().leased()).isZero();
				assertThat(Calls.text(adapter, healthy.url("/"))).isEqualTo("GET /");
			}
		}
		finally {
			over.countDown();
		}
	}

	private static HttpAdapter adapter() {
		return HttpAdapter.builder()
			.tlsMaterial(() -> TlsMaterial.of(CERTIFICATES.clientContext()))
			.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
			.build();
	}

	/** Waits until the thread is blocked and makes no more progress. */
	private static void awaitBlocked(Thread thread, HttpAdapter adapter) {
		await().until(() -> adapter.poolStatistics().leased() == 1);
		AtomicReference<List<StackTraceElement>> last = new AtomicReference<>(List.of());
		await().pollInterval(100, TimeUnit.MILLISECONDS).until(() -> {
			List<StackTraceElement> now = List.of(thread.getStackTrace());
			return !now.isEmpty() && now.equals(last.getAndSet(now));
		});
	}

	/** Starts a thread. */
	@FunctionalInterface
	private interface Starter {

		Thread start(Runnable call) throws Exception;

	}

	/** Sends a request, and remembers how that ended. */
	private static final class Caller implements Runnable {

		private final HttpAdapter adapter;

		private final PreparedRequest request;

		private final CountDownLatch ended = new CountDownLatch(1);

		private final AtomicReference<Throwable> thrown = new AtomicReference<>();

		private final AtomicBoolean flag = new AtomicBoolean();

		Caller(HttpAdapter adapter, PreparedRequest request) {
			this.adapter = adapter;
			this.request = request;
		}

		@Override
		public void run() {
			try {
				Calls.text(this.adapter, this.request, SendOptions.DEFAULTS);
			}
			catch (Throwable ex) {
				this.thrown.set(ex);
			}
			this.flag.set(Thread.currentThread().isInterrupted());
			this.ended.countDown();
		}

	}

}
