package io.github.requests4j.hedging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.AttemptCancelledException;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class HedgingTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final Duration NEVER = Duration.ofHours(1);

	private final List<HttpAdapter> transports = new CopyOnWriteArrayList<>();

	private final List<String> exchanges = new CopyOnWriteArrayList<>();

	private final CountDownLatch lateClosed = new CountDownLatch(1);

	@AfterEach
	void noConnectionStaysLeased() {
		for (HttpAdapter transport : this.transports) {
			await().until(() -> transport.poolStatistics().leased() == 0);
		}
	}

	private Session session(Hedging hedging) {
		return session(hedging, (builder) -> {
		});
	}

	private Session session(Hedging hedging, Consumer<Session.Builder> settings) {
		HttpAdapter transport = HttpAdapter.builder().build();
		this.transports.add(transport);
		Session.Builder builder = Session.builder().mount("http://", hedging.wrap(transport)).listener(new Recorder());
		settings.accept(builder);
		return builder.build();
	}

	private static Hedging soon() {
		return Hedging.builder().after(SOON).build();
	}

	/** Reads a request and returns the kind of its attempt, or null if there is none. */
	private static @Nullable String kind(RawConversation conversation) throws IOException {
		RawRequest request = conversation.readRequest();
		return (request != null) ? request.header("X-Kind") : null;
	}

	/** A server that reads a first attempt and never answers it. */
	private RawServer lateOnce(String body) throws IOException {
		CountDownLatch late = new CountDownLatch(1);
		return RawServer.start((conversation) -> {
			for (String kind = kind(conversation); kind != null; kind = kind(conversation)) {
				if (kind.equals("FIRST")) {
					late.countDown();
					conversation.awaitClientClose();
					this.lateClosed.countDown();
					return;
				}
				late.await();
				conversation.respond(200, body);
			}
		});
	}

	@Test
	void hedgeAnswersWhileTheFirstAttemptIsLateAndItsConnectionIsClosed() throws Exception {
		Hedging hedging = soon();
		try (RawServer server = lateOnce("hedge"); Session session = session(hedging)) {
			Response response = session.get(server.url("/items?id=1"));
			assertThat(response.text()).isEqualTo("hedge");
			assertThat(response.url()).isEqualTo(server.url("/items?id=1"));
			this.lateClosed.await();
			await().until(() -> this.exchanges.size() == 4);
			assertThat(this.exchanges).containsExactlyInAnyOrder("FIRST", "HEDGE", "HEDGE 200",
					"FIRST AttemptCancelledException");
			assertThat(hedging.statistics()).isEqualTo(new HedgingStatistics(1, 1));
			assertThat(this.transports.get(0).poolStatistics().available()).isEqualTo(1);
		}
	}

	@Test
	void firstAttemptWinsAndTheConnectionOfTheHedgeIsClosed() throws Exception {
		CountDownLatch hedged = new CountDownLatch(1);
		Hedging hedging = soon();
		try (RawServer server = RawServer.start((conversation) -> {
			String kind = kind(conversation);
			if ("FIRST".equals(kind)) {
				hedged.await();
				conversation.respond(200, "first");
				conversation.readRequest();
			}
			else {
				hedged.countDown();
				conversation.awaitClientClose();
				this.lateClosed.countDown();
			}
		}); Session session = session(hedging)) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("first");
			this.lateClosed.await();
			await().until(() -> this.exchanges.size() == 4);
			assertThat(this.exchanges).contains("FIRST 200", "HEDGE AttemptCancelledException");
			assertThat(hedging.statistics()).isEqualTo(new HedgingStatistics(1, 0));
		}
	}

	@Test
	void quickResponseIsNotHedged() throws Exception {
		Hedging hedging = Hedging.builder().after(NEVER).build();
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok("quick"));
				Session session = session(hedging)) {
			for (int i = 0; i < 3; i++) {
				assertThat(session.get(server.url("/")).text()).isEqualTo("quick");
			}
			assertThat(server.requests()).hasSize(3);
			assertThat(server.connectionCount()).isEqualTo(1);
			assertThat(hedging.statistics()).isEqualTo(new HedgingStatistics(0, 0));
		}
	}

	@Test
	void badHedgeDoesNotReplaceTheFirstResponse() throws Exception {
		CountDownLatch refused = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			String kind = kind(conversation);
			if ("FIRST".equals(kind)) {
				refused.await();
				conversation.respond(200, "first");
			}
			else {
				conversation.respond(503, "busy");
				conversation.awaitClientClose();
				refused.countDown();
			}
		}); Session session = session(soon())) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("first");
		}
	}

	@Test
	void hedgeReplacesBadFirstResponseThatArrivesBeforeIt() throws Exception {
		CountDownLatch hedged = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			String kind = kind(conversation);
			if ("FIRST".equals(kind)) {
				hedged.await();
				conversation.respond(500, "broken");
				conversation.awaitClientClose();
			}
			else {
				hedged.countDown();
				await().until(() -> this.exchanges.contains("FIRST 500"));
				conversation.respond(200, "hedge");
			}
		}); Session session = session(soon())) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("hedge");
		}
	}

	@Test
	void callEndsWithTheResponseOfTheFirstAttemptIfBothAreBad() throws Exception {
		CountDownLatch hedged = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			String kind = kind(conversation);
			if ("FIRST".equals(kind)) {
				hedged.await();
			}
			hedged.countDown();
			conversation.respond(503, "attempt " + kind);
		}); Session session = session(soon())) {
			Response response = session.get(server.url("/"));
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.text()).isEqualTo("attempt FIRST");
		}
	}

	@Test
	void callEndsWithTheErrorOfTheFirstAttemptIfBothFail() throws Exception {
		CountDownLatch hedged = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			String kind = kind(conversation);
			if ("FIRST".equals(kind)) {
				hedged.await();
				conversation.send("nonsense\r\n\r\n");
			}
			hedged.countDown();
		}); Session session = session(soon())) {
			assertThatThrownBy(() -> session.get(server.url("/"))).isInstanceOf(ConnectionException.class)
				.hasMessageContaining("not valid HTTP/1.1");
		}
	}

	@Test
	void firstErrorBeforeTheDelayIsNotHedged() throws Exception {
		try (RawServer server = RawServer.start(RawConversation::readRequest);
				Session session = session(Hedging.builder().after(NEVER).build())) {
			assertThatThrownBy(() -> session.get(server.url("/"))).isInstanceOf(ConnectionException.class);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void emptyBudgetAllowsNoHedge() throws Exception {
		RetryBudget budget = RetryBudget.ofPercent(20);
		for (int i = 0; i < RetryBudget.FLOOR; i++) {
			budget.withdraw();
		}
		Hedging hedging = Hedging.builder().after(SOON).budget(budget).build();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			await().until(() -> budget.suppressed() == 1);
			conversation.respond(200, "first");
		}); Session session = session(hedging)) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("first");
			assertThat(server.requests()).hasSize(1);
			assertThat(hedging.statistics().sent()).isZero();
		}
	}

	@Test
	void hedgeThatALimitRejectsIsReturnedToTheBudget() throws Exception {
		RetryBudget budget = RetryBudget.ofPercent(20);
		CountDownLatch rejected = new CountDownLatch(1);
		Adapter limited = new Adapter() {

			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				if (options.kind() == Exchange.Kind.HEDGE) {
					rejected.countDown();
					throw new ThrottledException("No place is free.", null);
				}
				await().until(() -> rejected.getCount() == 0 && budget.available() == RetryBudget.FLOOR);
				return Response.builder(200).request(request).build();
			}

			@Override
			public void close() {
			}

		};
		Hedging hedging = Hedging.builder().after(SOON).budget(budget).build();
		try (Session session = Session.builder().mount("http://", hedging.wrap(limited)).build()) {
			assertThat(session.get("http://a.example/").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void eachRequestAddsItsShareToTheBudgetOnceAlsoWithRetries() throws Exception {
		RetryBudget budget = RetryBudget.ofPercent(20);
		Retry retry = Retry.builder().total(1).budget(budget).build();
		HttpAdapter retrying = HttpAdapter.builder().maxRetries(retry).build();
		for (int i = 0; i < RetryBudget.FLOOR; i++) {
			budget.withdraw();
		}
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.ok(""));
				Session session = Session.builder()
					.mount("http://", Hedging.builder().after(NEVER).retry(retry).build().wrap(retrying))
					.build();
				Session alone = session(Hedging.builder().after(NEVER).budget(budget).build())) {
			for (int i = 0; i < 9; i++) {
				session.get(server.url("/"));
			}
			assertThat(budget.available()).isEqualTo(1);
			for (int i = 0; i < 6; i++) {
				alone.get(server.url("/"));
			}
			assertThat(budget.available()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "HEAD", "OPTIONS" })
	void idempotentMethodsAreHedged(String method) throws Exception {
		CountDownLatch late = new CountDownLatch(1);
		try (RawServer server = RawServer.start((conversation) -> {
			if ("FIRST".equals(kind(conversation))) {
				late.countDown();
			}
			else {
				late.await();
				conversation.send("HTTP/1.1 204 No Content\r\n\r\n");
			}
			conversation.awaitClientClose();
		}); Session session = session(soon())) {
			assertThat(session.request(method, server.url("/")).statusCode()).isEqualTo(204);
			assertThat(server.requests()).extracting((request) -> request.method()).containsExactly(method, method);
		}
	}

	@Test
	void postIsHedgedOnlyWithAnIdempotencyKey() throws Exception {
		Hedging hedging = soon();
		try (RawServer server = RawServer.start(this::answerAfterAnotherHedge); Session session = session(hedging)) {
			assertThat(session.post(server.url("/"), (request) -> request.data("text")).text()).isEqualTo("first");
			assertThat(hedging.statistics().sent()).isZero();
		}
		try (RawServer server = lateOnce("hedge"); Session session = session(hedging)) {
			assertThat(session.post(server.url("/"), (request) -> request.data("text").header("Idempotency-Key", "one"))
				.text()).isEqualTo("hedge");
		}
	}

	/** Answers when a hedge of the request would have been sent. */
	private void answerAfterAnotherHedge(RawConversation conversation) throws IOException {
		conversation.readRequest();
		try (RawServer other = lateOnce("hedge"); Session session = session(soon())) {
			session.get(other.url("/"));
		}
		conversation.respond(200, "first");
	}

	@Test
	void eachAttemptSendsTheWholeBody(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("body"), "abc".repeat(100_000));
		List<Consumer<RequestOptions>> bodies = List.of((request) -> request.json(List.of(1, 2)),
				(request) -> request.data("text"), (request) -> request.data(Body.of(file)),
				(request) -> request.file("name", file));
		for (Consumer<RequestOptions> body : bodies) {
			try (RawServer server = lateOnce("hedge"); Session session = session(soon())) {
				assertThat(session.put(server.url("/"), body).text()).isEqualTo("hedge");
				assertThat(server.requests()).hasSize(2);
				assertThat(server.requests().get(1).body()).isEqualTo(server.requests().get(0).body()).isNotEmpty();
			}
		}
	}

	@Test
	void bodiesThatAttemptsWouldShareAreNotHedged() throws Exception {
		byte[] bytes = "text".getBytes(StandardCharsets.UTF_8);
		List<Consumer<RequestOptions>> bodies = List.of(
				(request) -> request.data(Body.of(new ByteArrayInputStream(bytes))),
				(request) -> request.data(Body.supplied(() -> new ByteArrayInputStream(bytes))),
				(request) -> request.data(Body.of(List.of("te", "xt"))),
				(request) -> request.data("text").onProgress((direction, done, total) -> {
				}));
		Hedging hedging = soon();
		try (RawServer server = RawServer.start(this::answerAfterAnotherHedge); Session session = session(hedging)) {
			for (Consumer<RequestOptions> body : bodies) {
				assertThat(session.put(server.url("/"), body).text()).isEqualTo("first");
			}
			assertThat(server.requests()).hasSize(bodies.size());
			assertThat(hedging.statistics().sent()).isZero();
		}
	}

	@Test
	void streamedBodyOfTheHedgeIsReadByTheCaller() throws Exception {
		String body = "0123456789".repeat(100_000);
		try (RawServer server = lateOnce(body); Session session = session(soon())) {
			try (Response response = session.get(server.url("/"), (request) -> request.stream(true))) {
				assertThat(this.transports.get(0).poolStatistics().leased()).isPositive();
				assertThat(response.text()).isEqualTo(body);
			}
		}
	}

	@Test
	void brokenBodyOfTheHedgeIsReportedAsSuch() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			if ("FIRST".equals(kind(conversation))) {
				conversation.awaitClientClose();
			}
			conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
		}); Session session = session(soon())) {
			assertThatThrownBy(() -> session.get(server.url("/"))).isInstanceOf(RequestException.class)
				.isNotInstanceOf(AttemptCancelledException.class)
				.hasMessageContaining("3");
		}
	}

	@Test
	void hooksAndCookiesApplyOnce() throws Exception {
		AtomicInteger hooks = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> {
			if ("FIRST".equals(kind(conversation))) {
				conversation.awaitClientClose();
			}
			conversation.respond(200, "", "Set-Cookie: id=hedge");
		}); Session session = session(soon(), (builder) -> builder.hook((response, options) -> {
			hooks.incrementAndGet();
			return null;
		}))) {
			Response response = session.get(server.url("/"));
			assertThat(hooks).hasValue(1);
			assertThat(response.cookies().get("id")).isEqualTo("hedge");
			assertThat(session.cookies().get("id")).isEqualTo("hedge");
		}
	}

	@Test
	void interceptorSeesOneCall() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		try (RawServer server = lateOnce("hedge");
				Session session = session(soon(), (builder) -> builder.interceptor((request, options, chain) -> {
					calls.incrementAndGet();
					return chain.proceed(request, options);
				}))) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("hedge");
			assertThat(calls).hasValue(1);
		}
	}

	@Test
	void redirectsOfTheHedgeAreFollowed() throws Exception {
		try (RawServer server = RawServer.start((conversation) -> {
			for (RawRequest request = conversation.readRequest(); request != null; request = conversation
				.readRequest()) {
				if (request.head().startsWith("GET /next ")) {
					conversation.respond(200, "next");
				}
				else if ("FIRST".equals(request.header("X-Kind"))) {
					conversation.awaitClientClose();
				}
				else {
					conversation.respond(302, "", "Location: /next");
				}
			}
		}); Session session = session(soon())) {
			Response response = session.get(server.url("/"));
			assertThat(response.text()).isEqualTo("next");
			assertThat(response.url()).isEqualTo(server.url("/next"));
		}
	}

	@Test
	void severalHedgesFollowEachOther() throws Exception {
		CountDownLatch arrived = new CountDownLatch(3);
		AtomicInteger hedges = new AtomicInteger();
		CountDownLatch closed = new CountDownLatch(2);
		Hedging hedging = Hedging.builder().after(SOON).max(2).build();
		try (RawServer server = RawServer.start((conversation) -> {
			boolean answered = "HEDGE".equals(kind(conversation)) && hedges.incrementAndGet() == 2;
			arrived.countDown();
			if (answered) {
				arrived.await();
				conversation.respond(200, "third");
			}
			conversation.awaitClientClose();
			closed.countDown();
		}); Session session = session(hedging)) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("third");
			closed.await();
			assertThat(server.requests()).hasSize(3);
			assertThat(hedging.statistics()).isEqualTo(new HedgingStatistics(2, 1));
		}
	}

	@Test
	void retriesOfTheFirstAttemptGoOnWhileTheHedgeIsBad() throws Exception {
		Retry retry = Retry.builder().total(3).statusForcelist(404).build();
		HttpAdapter retrying = HttpAdapter.builder().maxRetries(retry).build();
		try (RawServer server = RawServer.start((conversation) -> {
			for (String kind = kind(conversation); kind != null; kind = kind(conversation)) {
				if (kind.equals("FIRST")) {
					await().until(() -> this.exchanges.contains("HEDGE 404"));
				}
				conversation.respond(kind.equals("RETRY") ? 200 : 404, kind);
			}
		});
				Session session = Session.builder()
					.mount("http://", Hedging.builder().after(SOON).retry(retry).build().wrap(retrying))
					.listener(new Recorder())
					.build()) {
			Response response = session.get(server.url("/"));
			assertThat(response.text()).isEqualTo("RETRY");
			assertThat(response.attempts()).hasSize(1);
			assertThat(this.exchanges).contains("HEDGE 404", "RETRY 200").doesNotContain("HEDGE 200");
		}
	}

	@Test
	void percentileOfTheLastResponsesDecides() throws Exception {
		Hedging hedging = Hedging.builder().afterPercentile(90).build();
		AtomicInteger requests = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> {
			while (conversation.readRequest() != null) {
				if (requests.getAndIncrement() == Latencies.ENOUGH + 200) {
					conversation.awaitClientClose();
					return;
				}
				conversation.respond(200, "quick");
			}
		}); Session session = session(hedging)) {
			for (int i = 0; i < Latencies.ENOUGH; i++) {
				session.get(server.url("/"));
			}
			assertThat(hedging.statistics().sent()).isZero();
			while (requests.get() <= Latencies.ENOUGH + 200) {
				assertThat(session.get(server.url("/")).text()).isEqualTo("quick");
			}
			assertThat(hedging.statistics().sent()).isPositive();
		}
	}

	@Test
	void hedgeRunsInTheContextOfTheCaller() throws Exception {
		List<String> steps = new CopyOnWriteArrayList<>();
		List<ClassLoader> loaders = new CopyOnWriteArrayList<>();
		Thread caller = Thread.currentThread();
		Hedging hedging = Hedging.builder().after(SOON).taskDecorator((task) -> {
			assertThat(Thread.currentThread()).isSameAs(caller);
			return () -> {
				steps.add(Thread.currentThread().getName());
				task.run();
				loaders.add(Thread.currentThread().getContextClassLoader());
			};
		}).build();
		try (RawServer server = lateOnce("hedge"); Session session = session(hedging)) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("hedge");
			assertThat(steps).containsExactly("requests4j-hedge");
			await().until(() -> !loaders.isEmpty());
			assertThat(loaders).containsExactly(caller.getContextClassLoader());
		}
	}

	@Test
	void failingDecoratorLeavesTheCallToItsFirstAttempt() throws Exception {
		CountDownLatch failed = new CountDownLatch(1);
		Hedging hedging = Hedging.builder().after(SOON).taskDecorator((task) -> () -> {
			Thread.currentThread().setUncaughtExceptionHandler((thread, ex) -> failed.countDown());
			throw new IllegalStateException("No context");
		}).build();
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			failed.await();
			conversation.respond(503, "first");
		}); Session session = session(hedging)) {
			assertThat(session.get(server.url("/")).text()).isEqualTo("first");
			assertThat(hedging.statistics().sent()).isZero();
		}
	}

	@Test
	void isFoundThroughOtherAdapters() {
		Hedging hedging = soon();
		HttpAdapter transport = HttpAdapter.builder().build();
		assertThat(Hedging.of(hedging.wrap(transport))).isSameAs(hedging);
		assertThat(Hedging.of(transport)).isNull();
	}

	@Test
	void settingsThatMakeNoSenseAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Hedging.builder().after(Duration.ZERO))
			.withMessage("The delay of a hedge must be longer than zero, not PT0S.");
		assertThatIllegalArgumentException().isThrownBy(() -> Hedging.builder().afterPercentile(100))
			.withMessage("The percentile of a hedge must be more than 0 and less than 100, not 100.0.");
		assertThatIllegalArgumentException().isThrownBy(() -> Hedging.builder().max(0))
			.withMessage("The number of hedges must be at least 1, not 0.");
	}

	/** Records what listeners see. */
	private final class Recorder implements ExchangeListener {

		@Override
		public Scope begin(Exchange exchange) {
			String kind = exchange.kind().name();
			HedgingTests.this.exchanges.add(kind);
			exchange.header("X-Kind", kind);
			return new Scope() {

				@Override
				public void responded(Response response, Duration elapsed) {
					HedgingTests.this.exchanges.add(kind + " " + response.statusCode());
				}

				@Override
				public void failed(RequestException error, Duration elapsed) {
					HedgingTests.this.exchanges.add(kind + " " + error.getClass().getSimpleName());
				}

			};
		}

	}

}
