package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.Together;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls to peers that have stopped. Each must end with the exception of its limit, in
 * time, and leave an adapter that works as before. A timer beside the call and the same
 * request to a server that works measure what "in time" means, because a busy machine is
 * late for all of them. A call that is late although the timer was not is repeated: a
 * machine is late at random, and a limit that is not applied is late every time.
 */
final class StalledCalls {

	static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final Duration LIMIT = Duration.ofSeconds(1);

	/** The tolerance of limits. */
	private static final Duration INEXACT = Duration.ofMillis(50);

	private static final Duration SLACK = Duration.ofMillis(250);

	/** After this time a call counts as one that never ends. */
	private static final Duration NEVER = Duration.ofMinutes(1);

	private static final int MAX_ATTEMPTS = 3;

	private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "test-timer");
		thread.setDaemon(true);
		return thread;
	});

	private StalledCalls() {
	}

	/** What ends a call. */
	enum Limit {

		READ_TIMEOUT(ReadTimeoutException.class), CONNECT_TIMEOUT(ConnectTimeoutException.class),
		DEADLINE(RequestTimeoutException.class);

		private final Class<? extends RequestException> type;

		Limit(Class<? extends RequestException> type) {
			this.type = type;
		}

		RequestOptions options() {
			return switch (this) {
				case READ_TIMEOUT -> new RequestOptions().timeouts(Timeouts.of(null, LIMIT));
				case CONNECT_TIMEOUT -> new RequestOptions().timeouts(Timeouts.of(LIMIT, null));
				default -> new RequestOptions().deadline(LIMIT);
			};
		}

	}

	static HttpAdapter adapter() {
		return HttpAdapter.builder()
			.tlsMaterial(() -> TlsMaterial.of(CERTIFICATES.clientContext()))
			.hostResolver((host) -> List.of(InetAddress.getByName(host.endsWith(".example") ? "127.0.0.1" : host)))
			.build();
	}

	/** Large heads and bodies, under each limit that may end them. */
	static List<Together.Check> uploads(String url, String healthy) {
		List<Together.Check> checks = new ArrayList<>();
		for (Limit limit : List.of(Limit.READ_TIMEOUT, Limit.DEADLINE)) {
			for (int size : new int[] { 100_000, 2_000_000 }) {
				checks.add(check("head of " + size, limit, url, (to) -> Calls.get(to, "X-Large", "x".repeat(size)),
						healthy));
			}
			for (int size : new int[] { 1_000, 10_000, 40_000, 70_000, 100_000, 5_000_000 }) {
				byte[] content = new byte[size];
				checks.add(check("body of " + size, limit, url, (to) -> Calls.post(to, Body.of(content)), healthy));
				checks.add(check("chunked body of " + size, limit, url,
						(to) -> Calls.post(to, Body.of(Collections.nCopies(10, new byte[size / 10]).iterator())),
						healthy));
				checks.add(check("multipart body of " + size, limit, url, (to) -> multipart(to, content), healthy));
			}
		}
		return checks;
	}

	private static PreparedRequest multipart(String url, byte[] content) {
		PreparedRequest request = Calls.post(url, null);
		request.headers().remove("Content-Length");
		request.prepareBody(null, List.of(FilePart.of("file", content)), null);
		return request;
	}

	private static Together.Check check(String name, Limit limit, String url, Function<String, PreparedRequest> request,
			String healthy) {
		return () -> endsInTime(name, limit, UnaryOperator.identity(), url, request, healthy);
	}

	/**
	 * Makes a call that only its limit can end, and then one to a server that works.
	 * @param request creates the request to a URL for each attempt, because some bodies
	 * can be sent only once
	 */
	static void endsInTime(String name, Limit limit, UnaryOperator<RequestOptions> change, String url,
			Function<String, PreparedRequest> request, String healthy) throws Exception {
		Lateness lateness = attempt(name, limit, change, url, request, healthy);
		for (int attempt = 1; attempt < MAX_ATTEMPTS && lateness.isTooLate(); attempt++) {
			lateness = attempt(name, limit, change, url, request, healthy);
		}
		assertThat(lateness.took()).as(lateness.description()).isLessThanOrEqualTo(lateness.allowed());
	}

	private static Lateness attempt(String name, Limit limit, UnaryOperator<RequestOptions> change, String url,
			Function<String, PreparedRequest> requests, String healthy) throws Exception {
		PreparedRequest request = requests.apply(url);
		String what = name + " to " + request.parsedUrl().origin() + ", " + limit;
		try (HttpAdapter adapter = adapter()) {
			assertThat(Calls.text(adapter, healthy)).isEqualTo("GET /");
			Duration usual = usual(requests.apply(healthy));
			long start = System.nanoTime();
			Future<Long> timer = TIMER.schedule(System::nanoTime, LIMIT.toNanos(), TimeUnit.NANOSECONDS);
			SendOptions options = change.apply(limit.options()).toSendOptions();
			Outcome outcome = outcome(adapter, request, options, what);
			Duration took = Duration.ofNanos(outcome.end() - start);
			Duration late = Duration.ofNanos(Math.max(0, timer.get() - start - LIMIT.toNanos()));
			assertThat(outcome.thrown()).as(what).isExactlyInstanceOf(limit.type);
			assertThat(took).as(what).isGreaterThanOrEqualTo(LIMIT.minus(INEXACT));
			assertThat(adapter.poolStatistics().leased()).as("leased after " + what).isZero();
			assertThat(Calls.text(adapter, healthy)).as("the next call after " + what).isEqualTo("GET /");
			assertThat(adapter.poolStatistics().leased()).as("leased after " + what).isZero();
			Duration allowed = LIMIT.plus(INEXACT).plus(SLACK).plus(late.multipliedBy(5)).plus(usual.multipliedBy(2));
			return new Lateness(what + ", beside a timer that was late by " + late + ", usually done in " + usual, took,
					allowed);
		}
	}

	/** How long the request takes with a server that works, even if that rejects it. */
	private static Duration usual(PreparedRequest request) {
		long start = System.nanoTime();
		try (HttpAdapter adapter = adapter()) {
			Calls.text(adapter, request, Limit.DEADLINE.options().toSendOptions());
		}
		catch (RequestException ex) {
			// The time still counts.
			return Duration.ofNanos(System.nanoTime() - start);
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static Outcome outcome(HttpAdapter adapter, PreparedRequest request, SendOptions options, String what)
			throws Exception {
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		FutureTask<Void> call = new FutureTask<>(() -> {
			Throwable thrown = null;
			try {
				Calls.text(adapter, request, options);
			}
			catch (Throwable ex) {
				thrown = ex;
			}
			outcome.complete(new Outcome(thrown, System.nanoTime()));
			return null;
		});
		Thread thread = new Thread(call, "test-call");
		thread.setDaemon(true);
		thread.start();
		try {
			return outcome.get(NEVER.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError(what + " did not end", ex);
		}
	}

	/**
	 * How long a call took.
	 *
	 * @param description the call and what was measured beside it
	 * @param took how long it took
	 * @param allowed how long it may take on a machine that is as late as the timer was
	 */
	private record Lateness(String description, Duration took, Duration allowed) {

		boolean isTooLate() {
			return this.took.compareTo(this.allowed) > 0;
		}

	}

	/**
	 * How a call ended.
	 *
	 * @param thrown what it threw
	 * @param end when it did
	 */
	private record Outcome(Throwable thrown, long end) {
	}

}
