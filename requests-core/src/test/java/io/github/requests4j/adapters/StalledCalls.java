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
import java.util.function.Supplier;
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
 * Calls to peers that have stopped, and what must hold of each: the exception of the
 * limit that ended it, in time, and an adapter that works as before. What "in time" means
 * is measured by a timer beside the call and by an ordinary call before it, because a
 * busy machine is late for all of them.
 */
final class StalledCalls {

	static final TestCertificates CERTIFICATES = new TestCertificates();

	private static final Duration LIMIT = Duration.ofSeconds(1);

	/** How inexact limits may be. */
	private static final Duration INEXACT = Duration.ofMillis(50);

	private static final Duration SLACK = Duration.ofMillis(250);

	/** After that a call counts as one that never ends. */
	private static final Duration NEVER = LIMIT.multipliedBy(6);

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
				checks.add(check("head of " + size, limit, () -> Calls.get(url, "X-Large", "x".repeat(size)), healthy));
			}
			for (int size : new int[] { 1_000, 10_000, 40_000, 70_000, 100_000, 5_000_000 }) {
				byte[] content = new byte[size];
				checks.add(check("body of " + size, limit, () -> Calls.post(url, Body.of(content)), healthy));
				checks.add(check("chunked body of " + size, limit,
						() -> Calls.post(url, Body.of(Collections.nCopies(10, new byte[size / 10]).iterator())),
						healthy));
				checks.add(check("multipart body of " + size, limit, () -> multipart(url, content), healthy));
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

	private static Together.Check check(String name, Limit limit, Supplier<PreparedRequest> request, String healthy) {
		return () -> endsInTime(name, limit, UnaryOperator.identity(), request.get(), healthy);
	}

	/** Makes a call that only its limit can end, and then one to a server that works. */
	static void endsInTime(String name, Limit limit, UnaryOperator<RequestOptions> change, PreparedRequest request,
			String healthy) throws Exception {
		String what = name + " to " + request.parsedUrl().origin() + ", " + limit;
		try (HttpAdapter adapter = adapter()) {
			Duration usual = took(() -> assertThat(Calls.text(adapter, healthy)).isEqualTo("GET /"));
			long start = System.nanoTime();
			Future<Long> timer = TIMER.schedule(System::nanoTime, LIMIT.toNanos(), TimeUnit.NANOSECONDS);
			SendOptions options = change.apply(limit.options()).toSendOptions();
			Outcome outcome = outcome(adapter, request, options, what);
			Duration took = Duration.ofNanos(outcome.end() - start);
			Duration late = Duration.ofNanos(Math.max(0, timer.get() - start - LIMIT.toNanos()));
			assertThat(outcome.thrown()).as(what).isExactlyInstanceOf(limit.type);
			Duration most = LIMIT.plus(INEXACT).plus(SLACK).plus(late.multipliedBy(5)).plus(usual.multipliedBy(2));
			assertThat(took).as(what + ", after a call of " + usual + ", beside a timer that was late by " + late)
				.isBetween(LIMIT.minus(INEXACT), most);
			assertThat(adapter.poolStatistics().leased()).as("leased after " + what).isZero();
			assertThat(Calls.text(adapter, healthy)).as("the next call after " + what).isEqualTo("GET /");
			assertThat(adapter.poolStatistics().leased()).as("leased after " + what).isZero();
		}
	}

	private static Duration took(Runnable call) {
		long start = System.nanoTime();
		call.run();
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
	 * How a call ended.
	 *
	 * @param thrown what it threw
	 * @param end when it did
	 */
	private record Outcome(Throwable thrown, long end) {
	}

}
