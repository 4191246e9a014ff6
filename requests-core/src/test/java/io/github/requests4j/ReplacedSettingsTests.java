package io.github.requests4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.PoolStatistics;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.session.Replaceable;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Replacing all settings of a session, as Spring does for a refresh.
 */
class ReplacedSettingsTests {

	private static void replace(Session session, Session.Builder settings) {
		((Replaceable) session).replaceWith(settings.build());
	}

	@Test
	void frozenSessionGetsAllSettingsAndKeepsItsCookies() throws IOException {
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = Session.builder().header("Old", "1").cookie("id", "7").frozen(true).build()) {
			replace(session, Session.builder().baseUrl(server.url("/v2/")).header("New", "2").frozen(true));
			assertThat(session.get("items").text()).contains("GET /v2/items", "New: 2", "Cookie: id=7")
				.doesNotContain("Old");
			assertThatIllegalStateException().isThrownBy(() -> session.update((builder) -> builder.header("A", "1")));
		}
	}

	@Test
	void replacedTransportClosesItsIdleConnectionsAndNoOther() throws IOException {
		HttpAdapter first = HttpAdapter.builder().build();
		HttpAdapter kept = HttpAdapter.builder().build();
		try (TestHttpServer server = TestHttpServer.echo(); TestHttpServer other = TestHttpServer.echo()) {
			try (Session session = Session.builder().mount("http://", first).mount(other.url("/"), kept).build()) {
				session.get(server.url("/"));
				session.get(other.url("/"));
				replace(session,
						Session.builder().mount("http://", HttpAdapter.builder().build()).mount(other.url("/"), kept));
				await().until(() -> server.openConnections() == 0);
				session.get(other.url("/"));
				assertThat(other.connectionCount()).isEqualTo(1);
			}
			await().until(() -> other.openConnections() == 0);
		}
	}

	@Test
	void callUnderWayFinishesWithItsAdapterThroughARedirect() throws Exception {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch replaced = new CountDownLatch(1);
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (TestHttpServer server = TestHttpServer.start((request) -> {
			if (request.target().equals("/new")) {
				return Reply.ok("done");
			}
			arrived.countDown();
			pass(replaced);
			return Reply.redirect(302, "/new");
		}); Session session = Session.create()) {
			Future<Response> call = executor.submit(() -> session.get(server.url("/old")));
			pass(arrived);
			replace(session, Session.builder().mount("http://", new Failing()).mount("https://", new Failing()));
			replaced.countDown();
			assertThat(call.get(30, TimeUnit.SECONDS).text()).isEqualTo("done");
			await().until(() -> server.openConnections() == 0);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void streamedBodyAndDerivedSessionSurvive() throws IOException {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("x".repeat(200_000)));
				Session session = Session.create()) {
			Session derived = session.derive((builder) -> builder.header("A", "1"));
			try (Response streamed = session.get(server.url("/"), (request) -> request.stream(true))) {
				replace(session, Session.builder());
				assertThat(streamed.text()).hasSize(200_000);
			}
			assertThat(derived.get(server.url("/")).text()).hasSize(200_000);
			await().until(() -> server.openConnections() == 0);
			session.get(server.url("/"));
			session.get(server.url("/"));
			await().until(() -> server.openConnections() == 1);
		}
	}

	@Test
	void callsWaitingForARetiredPoolAreSent() throws Exception {
		HttpAdapter full = HttpAdapter.builder().poolMaxsize(1).poolBlock(true).build();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = Session.builder().mount("http://", full).timeout(Duration.ofSeconds(30)).build()) {
			Response holding = session.get(server.url("/"), (request) -> request.stream(true));
			Future<Response> waiting = executor.submit(() -> session.get(server.url("/")));
			await().until(() -> full.poolStatistics().pending() == 1);
			replace(session, Session.builder());
			holding.close();
			assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
			assertThat(full.poolStatistics()).isEqualTo(new PoolStatistics(0, 0, 0, 1));
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void adapterAroundAKeptTransportIsDropped() throws IOException {
		HttpAdapter transport = HttpAdapter.builder().build();
		AtomicInteger closed = new AtomicInteger();
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = Session.builder().mount("http://", new Around(transport, closed)).build()) {
			session.get(server.url("/"));
			replace(session, Session.builder().mount("http://", new Around(transport, closed)));
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(1);
			((Replaceable) session).discard(Session.builder().mount("http://", new Around(transport, closed)).build());
			session.get(server.url("/"));
			assertThat(server.connectionCount()).isEqualTo(1);
			assertThat(closed).hasValue(0);
		}
		assertThat(closed).hasValue(1);
	}

	@Test
	void otherAdapterStaysOpenUntilTheSessionIsClosed() throws IOException {
		AtomicInteger closed = new AtomicInteger();
		try (TestHttpServer server = TestHttpServer.echo();
				Session session = Session.builder()
					.mount("http://", new Around(HttpAdapter.builder().build(), closed))
					.build()) {
			session.get(server.url("/"));
			replace(session, Session.builder());
			replace(session, Session.builder());
			await().until(() -> server.openConnections() == 0);
			assertThat(closed).hasValue(0);
		}
		assertThat(closed).hasValue(1);
	}

	@Test
	void closedSessionStaysClosedAndTheOtherIsDiscarded() {
		AtomicInteger closed = new AtomicInteger();
		Session session = Session.create();
		session.close();
		replace(session, Session.builder().mount("http://", new Around(new Failing(), closed)));
		assertThat(session.isClosed()).isTrue();
		assertThat(closed).hasValue(1);
		assertThatIllegalArgumentException().isThrownBy(() -> ((Replaceable) session).replaceWith("other"))
			.withMessageContaining("java.lang.String");
	}

	@Test
	void noCallFailsAndNoConnectionLeaksWhileSettingsAreReplaced() throws Exception {
		int callers = 4;
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try (TestHttpServer server = TestHttpServer.echo(); Session session = Session.create()) {
			CyclicBarrier together = new CyclicBarrier(callers);
			List<Future<?>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				calls.add(executor.submit(() -> {
					together.await(30, TimeUnit.SECONDS);
					for (int n = 0; n < 200; n++) {
						assertThat(session.get(server.url("/")).statusCode()).isEqualTo(200);
					}
					return null;
				}));
			}
			for (int n = 0; n < 100; n++) {
				replace(session, Session.builder().header("Round", "" + n));
			}
			for (Future<?> call : calls) {
				call.get(60, TimeUnit.SECONDS);
			}
			replace(session, Session.builder());
			await().until(() -> server.openConnections() == 0);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void pass(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Wraps an adapter and counts how often it is closed. */
	private record Around(Adapter delegate, AtomicInteger closed) implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			return this.delegate.send(request, options);
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
			this.delegate.close();
		}

	}

	/** Must not be called. */
	private static final class Failing implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			throw new AssertionError("The call began earlier");
		}

		@Override
		public void close() {
			// There is nothing to close
		}

	}

}
