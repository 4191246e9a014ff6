package io.github.requests4j.adapters;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.Session;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.UnrewindableBodyException;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The rows of the fault table about the pool, interrupts, closing, and failing code of
 * the caller.
 */
class LifecycleFaultTests {

	/** Sends half a body and then nothing more. */
	private static void half(RawConversation conversation) throws IOException {
		conversation.readRequest();
		conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
		conversation.awaitClientClose();
	}

	/** Reads a request and sends nothing. */
	private static void silent(RawConversation conversation) throws IOException {
		conversation.readRequest();
		conversation.awaitClientClose();
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Pool exhausted")
	void exhaustedPoolIsATimeout(Wire wire) throws Exception {
		FaultInvariants.check(wire,
				(builder) -> builder.poolBlock(true).poolMaxsize(1).poolTimeout(Duration.ofMillis(50)), (rig) -> {
					Response holding = rig.script(LifecycleFaultTests::half).send(rig.get());
					assertThatExceptionOfType(ConnectTimeoutException.class).isThrownBy(() -> rig.send(rig.get()))
						.withMessageContaining("the only connection of the pool is in use")
						.satisfies((ex) -> assertThat(ex.request()).isNotNull());
					assertThat(rig.adapter().poolStatistics().leased()).isEqualTo(1);
					try (TestHttpServer other = TestHttpServer.echo()) {
						assertThat(Calls.text(rig.adapter(), other.url("/"))).startsWith("GET / ");
						other.closeConnections();
					}
					holding.close();
				});
	}

	/** Where a thread can be when it is interrupted, or its adapter closed. */
	enum Place {

		LEASE, CONNECT, HANDSHAKE, READ, BODY, UPLOAD, BACK_OFF

	}

	private static HttpAdapter.Builder single(HttpAdapter.Builder builder) {
		return builder.poolBlock(true).poolMaxsize(1).maxRetries(Retry.builder().total(1).read(0).build());
	}

	/** A call that waits at this place, and how to detect that it does. */
	private static Waiting begin(Rig rig, Place place) throws IOException {
		CountDownLatch there = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		return switch (place) {
			case LEASE -> {
				Response holding = rig.script(LifecycleFaultTests::half).send(rig.get());
				yield new Waiting(rig, rig::text, () -> rig.adapter().poolStatistics().pending() == 1, holding::close);
			}
			case CONNECT -> {
				BlackHole hole = BlackHole.open();
				String authority = "127.0.0.1:" + hole.port();
				String proxy = rig.wire().proxyUrl(authority);
				PreparedRequest request = Calls.get((rig.wire().isSecure() ? "https://" : "http://")
						+ ((proxy != null) ? "origin.example" : authority) + "/");
				yield new Waiting(rig, () -> rig.adapter().send(request, rig.optionsBy(proxy)),
						() -> rig.adapter().poolStatistics().leased() == 1, hole::close);
			}
			case HANDSHAKE -> {
				rig.network().downstream(Toxic.timeout(Duration.ZERO));
				yield new Waiting(rig, rig::text, () -> rig.network().openConnections() == 1, () -> {
				});
			}
			case BODY -> new Waiting(rig, () -> {
				Response response = rig.script(LifecycleFaultTests::half).send(rig.get());
				there.countDown();
				Calls.read(response);
			}, () -> there.getCount() == 0, () -> {
			});
			case UPLOAD -> {
				rig.script((conversation) -> {
					conversation.readHead();
					there.countDown();
					done.await(30, TimeUnit.SECONDS);
				});
				yield new Waiting(rig, () -> rig.send(rig.request("POST", Body.of(new byte[32 * 1024 * 1024]))),
						() -> there.getCount() == 0, done::countDown);
			}
			case BACK_OFF -> {
				rig.script((conversation) -> {
					conversation.readRequest();
					conversation.respond(503, "busy", "Retry-After: 100", "Connection: close");
					there.countDown();
				});
				yield new Waiting(rig, rig::text,
						() -> there.getCount() == 0 && rig.adapter().poolStatistics().leased() == 0, () -> {
						});
			}
			default -> {
				rig.script((conversation) -> {
					conversation.readRequest();
					there.countDown();
					conversation.awaitClientClose();
				});
				yield new Waiting(rig, rig::text, () -> there.getCount() == 0, () -> {
				});
			}
		};
	}

	/** A thread that waits somewhere in a call. */
	private static final class Waiting {

		private final AtomicReference<Throwable> thrown = new AtomicReference<>();

		private final Thread thread;

		private final Runnable cleanUp;

		private volatile boolean interrupted;

		Waiting(Rig rig, Runnable call, Callable<Boolean> there, Runnable cleanUp) {
			this.cleanUp = cleanUp;
			this.thread = new Thread(() -> run(call), "waiting-at-" + rig.wire());
			this.thread.start();
			await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(there);
		}

		private void run(Runnable call) {
			try {
				call.run();
			}
			catch (RuntimeException ex) {
				this.thrown.set(ex);
			}
			this.interrupted = Thread.currentThread().isInterrupted();
		}

		/**
		 * Waits for its end, which must come immediately, and then cleans up.
		 */
		RequestException end() throws InterruptedException {
			long start = System.nanoTime();
			this.thread.join(20_000);
			assertThat(this.thread.isAlive()).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
			this.cleanUp.run();
			assertThat(this.thrown.get()).isExactlyInstanceOf(ConnectionException.class);
			return (RequestException) this.thrown.get();
		}

	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Thread interrupted in lease, connect, read, back-off")
	void interruptEndsACall(Wire wire) throws Exception {
		for (Place place : Place.values()) {
			FaultInvariants.check(wire, LifecycleFaultTests::single, (rig) -> {
				Waiting waiting = begin(rig, place);
				waiting.thread.interrupt();
				RequestException failure = waiting.end();
				assertThat(failure).as(place.name()).hasMessageContaining("interrupted");
				assertThat(failure.request()).isNotNull();
				assertThat(waiting.interrupted).as("flag kept, " + place).isTrue();
			});
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Thread interrupted in lease, connect, read, back-off: before the call nothing is sent")
	void interruptedThreadSendsNothing(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			Thread.currentThread().interrupt();
			FaultInvariants.fails(rig, ConnectionException.class, () -> rig.send(rig.get()));
			assertThat(Thread.interrupted()).isTrue();
			assertThat(rig.network().connectionCount()).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: `close()` while in flight, or twice")
	void closingTheAdapterEndsItsCalls(Wire wire) throws Exception {
		for (Place place : Place.values()) {
			if (place != Place.BODY) {
				try (Rig rig = Rig.open(wire, LifecycleFaultTests::single)) {
					Waiting waiting = begin(rig, place);
					rig.adapter().close();
					rig.adapter().close();
					assertThat(waiting.end()).as(place.name()).hasMessageContaining("the adapter was closed");
					assertThat(waiting.interrupted).isFalse();
					await().until(() -> rig.network().openConnections() == 0);
					assertThat(rig.adapter().poolStatistics()).isEqualTo(PoolStatistics.NONE);
					FaultInvariants.fails(rig, ConnectionException.class, () -> rig.send(rig.get()));
				}
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: `close()` while in flight, or twice: a body that is being read remains readable")
	void closingTheAdapterSparesOpenBodies(Wire wire) throws Exception {
		try (Rig rig = Rig.open(wire)) {
			Response response = rig.send(rig.get());
			rig.adapter().close();
			assertThat(Calls.read(response)).isEqualTo("GET /");
			await().until(() -> rig.network().openConnections() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Response never closed: its connection is recovered")
	void connectionOfAnAbandonedResponseIsRecovered(Wire wire) throws Exception {
		FaultInvariants.check(wire, (builder) -> builder.poolBlock(true).poolMaxsize(1), (rig) -> {
			forget(rig);
			assertThat(rig.adapter().poolStatistics().leased()).isEqualTo(1);
			await().until(() -> {
				System.gc();
				return rig.adapter().poolStatistics().leased() == 0;
			});
		});
	}

	private static void forget(Rig rig) {
		rig.adapter().send(rig.get(), rig.options((o) -> o.stream(true)));
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Body not rewindable")
	void unrewindableBodyIsReported(Wire wire) throws Exception {
		FaultInvariants.check(wire,
				(builder) -> builder.maxRetries(Retry.builder().total(2).statusForcelist(500).build()), (rig) -> {
					rig.answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
					PreparedRequest put = rig.request("PUT", Body.of(List.of("once").iterator()));
					assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(() -> rig.send(put))
						.satisfies((ex) -> assertThat(ex.request()).isSameAs(put));
					assertThat(rig.server().requests()).hasSize(1);
				});
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("fault: Throwing hook or decoder: a hook, a listener, the source of a body")
	void throwingCallbackReleasesTheConnection(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			Proxies proxies = rig.options().proxies();
			try (Session session = Session.builder()
				.trustEnv(false)
				.proxies((proxies != null) ? proxies : Proxies.NONE)
				.mountShared("http://", rig.adapter())
				.mountShared("https://", rig.adapter())
				.build()) {
				assertThatIllegalStateException()
					.isThrownBy(() -> session.get(rig.url("/"), (call) -> call.hook((response, options) -> {
						throw new IllegalStateException("hook");
					})));
			}
		});
		FaultInvariants.check(wire, (rig) -> {
			SendOptions options = rig.options((o) -> o.onProgress((direction, bytes, total) -> {
				throw new IllegalStateException("progress");
			}));
			assertThatIllegalStateException()
				.isThrownBy(() -> Calls.read(rig.adapter().send(rig.request("POST", Body.of("x")), options)));
		});
	}

	@Test
	@DisplayName("an error of a listener reaches the caller and leaks no connection")
	void errorOfAListenerReleasesTheConnection() throws IOException {
		AssertionError error = new AssertionError("listener");
		SendOptions options = SendOptions.DEFAULTS
			.withContext(CallContext.NONE.withListeners(List.of((exchange) -> new ExchangeListener.Scope() {
				@Override
				public void responded(Response response, Duration elapsed) {
					throw error;
				}
			})));
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("fine"));
				HttpAdapter adapter = HttpAdapter.builder().build()) {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> adapter.send(Calls.get(server.url("/")), options))
				.isSameAs(error);
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

}
